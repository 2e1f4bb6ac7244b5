"""Forms of an acceptance council: naming it, declaring a conflict, a member's sheet, closing the meeting."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import User
from projects import seats
from projects.actions.council import judged
from projects.actions.council_naming import Call, Seats
from projects.council import REVIEWERS, Line, lines_of
from projects.models import Council, CouncilMember, CouncilRules, CouncilSheet, PilotProject, SheetGrade
from registry.forms import CleanTextMixin, day_input
from workflows.contexts.council import office_of

Seat = CouncilMember.Seat
Grade = CouncilSheet.Grade
# One select per seat that one person holds; a seat of several people has one select each.
SINGLE = (
    ("chair", Seat.CHAIR),
    ("vice_chair", Seat.VICE_CHAIR),
    *((f"reviewer_{number}", Seat.REVIEWER) for number in range(1, REVIEWERS + 1)),
    ("secretary", Seat.SECRETARY),
)
OPTIONAL = "vice_chair"
NOBODY = ""
RADIO = {"class": "form-check-input"}  # drawn side by side by workflows/_grades.html


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day, typed dd/mm/yyyy."""
    return forms.DateField(label=label, widget=day_input(), **options)


class CouncilForm(CleanTextMixin, forms.Form):
    """Who sits in the council, by which decision, and when and where it meets."""

    decision_number = forms.CharField(
        label=gettext_lazy("Number of the decision"),
        max_length=60,
        help_text=gettext_lazy("As on the paper, for example 12/QĐ-SKHCN."),
    )
    decision_date = day_field(gettext_lazy("Date of the decision"))
    meets_on = day_field(gettext_lazy("Day of the meeting"))
    meets_time = forms.TimeField(
        label=gettext_lazy("Time of the meeting"),
        input_formats=["%H:%M", "%Hh%M", "%Hh", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "08:00", "autocomplete": "off"}),
    )
    place = forms.CharField(label=gettext_lazy("Place of the meeting"), max_length=200)
    dossier_on = day_field(
        gettext_lazy("Dossier handed in on"),
        help_text=gettext_lazy("The rules compare this day with the end of the project."),
    )
    rules = forms.ChoiceField(label=gettext_lazy("Rules of the council"))

    def __init__(self, *args: Any, project: PilotProject, council: Council | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        self.known_rules = {str(rules.pk): rules for rules in _rules(council)}
        self.people = {str(user.pk): user for user in seats.eligible(project)}
        rules: Any = self.fields["rules"]
        rules.choices = [(key, str(rules)) for key, rules in self.known_rules.items()]
        people = [(key, _named(user)) for key, user in self.people.items()]
        for name, seat in SINGLE:
            empty = _("Nobody") if name == OPTIONAL else _("Choose a person")
            self.fields[name] = forms.ChoiceField(
                label=_seat_label(name, seat), choices=[(NOBODY, empty), *people], required=name != OPTIONAL
            )
        self.fields["members"] = forms.MultipleChoiceField(
            label=_("Members"),
            help_text=_("All others who sit in the council."),
            choices=people,
            widget=forms.CheckboxSelectMultiple,
        )
        self.initial = {**_initial(project, council), **self.initial}

    def clean(self) -> dict[str, Any]:
        """Days in their order, and every seat with a person of its own."""
        cleaned = super().clean()
        meets_on = cleaned.get("meets_on")
        for name, text in (
            ("decision_date", _("The decision cannot be later than the meeting.")),
            ("dossier_on", _("The dossier cannot come in after the meeting.")),
        ):
            if meets_on and cleaned.get(name) and cleaned[name] > meets_on:
                self.add_error(name, text)
        self._check_once(cleaned)
        return cleaned

    def _check_once(self, cleaned: dict[str, Any]) -> None:
        taken: set[str] = set()
        for name, _seat in SINGLE:
            key = cleaned.get(name)
            if key and key in taken:
                self.add_error(name, _("%(person)s has another seat already.") % {"person": self.people[key]})
            taken |= {key} if key else set()
        if twice := [self.people[key] for key in cleaned.get("members", []) if key in taken]:
            self.add_error(
                "members", _("Already on a seat above: %(people)s.") % {"people": ", ".join(map(str, twice))}
            )

    def call(self) -> Call:
        """Return what the decision says."""
        cleaned = self.cleaned_data
        meets_at = datetime.combine(cleaned["meets_on"], cleaned["meets_time"])
        return Call(
            rules=self.known_rules[cleaned["rules"]],
            decision_number=cleaned["decision_number"],
            decision_date=cleaned["decision_date"],
            meets_at=timezone.make_aware(meets_at),
            place=cleaned["place"],
            dossier_on=cleaned["dossier_on"],
        )

    def named(self) -> Seats:
        """Return the people with their seats."""
        single = [(self.people[key], str(seat)) for name, seat in SINGLE if (key := self.cleaned_data[name])]
        return [*single, *((self.people[key], str(Seat.MEMBER)) for key in self.cleaned_data["members"])]


def _rules(council: Council | None) -> list[CouncilRules]:
    rules = list(CouncilRules.objects.filter(is_active=True))
    return rules if council is None or council.rules in rules else [council.rules, *rules]


def _named(user: User) -> str:
    office = office_of(user)
    return f"{user} – {office}" if office else str(user)


def _seat_label(name: str, seat: CouncilMember.Seat) -> str:
    number = name.removeprefix("reviewer_")
    return f"{seat.label} {number}" if number != name else str(seat.label)


def _initial(project: PilotProject, council: Council | None) -> dict[str, Any]:
    """What an empty form proposes, or what the council has."""
    if council is None:
        return {"meets_time": time(8), "place": project.owner.name}
    meets_at = timezone.localtime(council.meets_at)
    names = ("decision_number", "decision_date", "place", "dossier_on")
    initial: dict[str, Any] = {name: getattr(council, name) for name in names}
    initial |= {"meets_on": meets_at.date(), "meets_time": meets_at.time(), "rules": str(council.rules_id)}
    by_seat: dict[str, list[str]] = {}
    for member in council.members.all():
        by_seat.setdefault(member.seat, []).append(str(member.user_id))
    initial["members"] = by_seat.pop(Seat.MEMBER, [])
    for name, seat in SINGLE:
        initial[name] = by_seat[seat].pop(0) if by_seat.get(seat) else NOBODY
    return initial


class DeclarationForm(CleanTextMixin, forms.Form):
    """Whether a member has a conflict of interest."""

    NONE, CONFLICT = "none", "conflict"
    answer = forms.ChoiceField(
        label=gettext_lazy("Do you have a conflict of interest in this project?"),
        help_text=gettext_lazy(
            "You have one if you or somebody close to you took part in the project or gains by its result."
        ),
        choices=[(NONE, gettext_lazy("No conflict of interest")), (CONFLICT, gettext_lazy("I have a conflict"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("What the conflict is"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A conflict is described; without one there is nothing to describe."""
        cleaned = super().clean()
        has_reason = bool(cleaned.get("reason", "").strip())
        if cleaned.get("answer") == self.CONFLICT and not has_reason:
            self.add_error("reason", _("Say what the conflict is."))
        if cleaned.get("answer") == self.NONE and has_reason:
            self.add_error("answer", _("You described a conflict: choose that you have one, or delete the text."))
        return cleaned

    def conflict(self) -> str:
        """Return what the conflict is, "" for none."""
        return str(self.cleaned_data["reason"]) if self.cleaned_data["answer"] == self.CONFLICT else ""


class SheetForm(CleanTextMixin, forms.Form):
    """A member's sheet: the overall grade first; single results only where they differ from it."""

    grade = forms.ChoiceField(
        label=gettext_lazy("Overall grade"),
        choices=Grade.choices,
        widget=forms.RadioSelect(attrs=RADIO),
        error_messages={"required": gettext_lazy("Choose your overall grade.")},
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Goes into the minutes without your name. Needed if the results do not pass."),
    )

    def __init__(self, *args: Any, project: PilotProject, sheet: CouncilSheet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines_of(judged(project))
        for paper, criterion in self.lines:
            self.fields[_line_name((paper.pk, criterion))] = forms.ChoiceField(
                label=criterion.label, choices=Grade.choices, required=False, widget=forms.RadioSelect(attrs=RADIO)
            )
        if sheet is not None:
            self.initial = {"grade": sheet.grade, "comment": sheet.comment, **_given(sheet)}

    def papers(self) -> list[tuple[Any, list[Any]]]:
        """Each result with its lines, as the page draws them."""
        rows: dict[int, tuple[Any, list[Any]]] = {}
        for paper, criterion in self.lines:
            rows.setdefault(paper.pk, (paper, []))[1].append(self[_line_name((paper.pk, criterion))])
        return list(rows.values())

    def clean(self) -> dict[str, Any]:
        """Results that do not pass are explained."""
        cleaned = super().clean()
        if cleaned.get("grade") == Grade.FAILED and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("Say in the comment why the results do not pass."))
        return cleaned

    def grades(self) -> dict[Line, str]:
        """Return the lines that were filled in."""
        keys = [(paper.pk, str(criterion)) for paper, criterion in self.lines]
        return {key: grade for key in keys if (grade := self.cleaned_data[_line_name(key)])}


def _line_name(line: Line) -> str:
    return f"line_{line[0]}_{line[1]}"


def _given(sheet: CouncilSheet) -> dict[str, str]:
    rows = SheetGrade.objects.filter(sheet=sheet).values_list("deliverable", "criterion", "grade")
    return {_line_name((paper, criterion)): grade for paper, criterion, grade in rows}


class ClosingForm(CleanTextMixin, forms.Form):
    """What the council concluded, for the minutes."""

    opinions = forms.CharField(
        label=gettext_lazy("Opinions and conclusion of the council"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One opinion per line; they go into the minutes."),
    )
