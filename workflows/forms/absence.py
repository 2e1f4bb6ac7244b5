"""Being away: the days, who stands in, and for which roles and projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import absence as absences
from people.models import Membership, User
from projects.filters import containing
from projects.models import PilotProject
from registry.forms import CleanTextMixin, day_input

SHOWN = 12  # colleagues in the list; a search finds the others
TYPED = ("starts_on", "ends_on", "colleague", "substitute", "authority")
CHOSEN = ("roles", "projects")


class AbsenceForm(CleanTextMixin):
    """An absence of `person`; the list of colleagues is narrowed by a search, and keeps the chosen one."""

    starts_on = forms.DateField(label=gettext_lazy("Away from"), widget=day_input())
    ends_on = forms.DateField(
        label=gettext_lazy("Until and including"),
        widget=day_input(),
        help_text=gettext_lazy("The substitution ends by itself after this day."),
    )
    colleague = forms.CharField(
        label=gettext_lazy("Find a colleague"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Part of the name, the job title or the unit."),
    )
    substitute = forms.ModelChoiceField(
        label=gettext_lazy("Substitute"),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose who stands in.")},
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Only these roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing ticked: all roles."),
    )
    # Keys as text: a number that no database can hold is refused like any other wrong one.
    projects = forms.MultipleChoiceField(
        label=gettext_lazy("Only these projects"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing ticked: all projects."),
    )
    authority = forms.CharField(
        label=gettext_lazy("Number of the authorisation"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("As printed, for example “Giấy ủy quyền số 12/GUQ-CCTĐC”."),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        colleagues = absences.colleagues_of(person)
        self.found = list(self._shown(colleagues))
        self.more = max(colleagues.count() - len(self.found), 0) if not self._text("colleague") else 0
        fields: Any = self.fields
        # Anybody of the province may be chosen; the list shows those that the search finds.
        fields["substitute"].queryset = colleagues
        fields["substitute"].widget.choices = [(user.pk, _with_office(user)) for user in self.found]
        fields["roles"].choices = [(role.value, role.label) for role in absences.roles_of(person)]
        self.known = {str(project.pk): project for project in _projects_of(person)}
        fields["projects"].choices = [(key, f"{row.code} – {row.title}") for key, row in self.known.items()]
        for name, fewest in (("roles", 2), ("projects", 1)):
            if len(fields[name].choices) < fewest:
                del self.fields[name]

    def _text(self, name: str) -> str:
        source: Mapping[str, Any] = self.data if self.is_bound else self.initial
        return str(source.get(name) or "").replace("\0", "").strip()

    def _shown(self, colleagues: QuerySet[User]) -> QuerySet[User]:
        rows = colleagues.prefetch_related("memberships__organisation")
        if words := self._text("colleague"):
            offices = Membership.objects.active(timezone.localdate()).filter(containing(words, "organisation__name"))
            chosen = self._text("substitute")
            picked = Q(pk=int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else Q(pk=None)
            rows = rows.filter(
                containing(words, "full_name", "job_title", "username") | Q(pk__in=offices.values("user")) | picked
            )
        return rows[:SHOWN]

    def clean(self) -> dict[str, Any]:
        """The days and the substitute must fit together; the act looks again."""
        cleaned = super().clean()
        first, last, substitute = (cleaned.get(name) for name in ("starts_on", "ends_on", "substitute"))
        if first and last and substitute:
            try:
                absences.check_absence(self.person, substitute, first, last, timezone.localdate())
            except absences.AbsenceRefused as refusal:
                self.add_error(None, str(refusal))
        return cleaned

    def scope(self) -> tuple[list[str], list[PilotProject]]:
        """The chosen roles and projects; nothing chosen means all of them."""
        keys = self.cleaned_data.get("projects") or []
        return list(self.cleaned_data.get("roles") or []), [self.known[key] for key in keys]


class SickForm(forms.Form):
    """For whom a leader enters an absence."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Colleague who is away"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Choose a person"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = absences.overseen_by(user)


def _with_office(user: User) -> str:
    """A colleague with job title or roles, and unit."""
    today = timezone.localdate()
    offices = [m for m in user.memberships.all() if m.valid_from <= today and (not m.valid_to or m.valid_to >= today)]
    what = user.job_title or ", ".join(dict.fromkeys(str(office.get_role_display()) for office in offices))
    units = ", ".join(dict.fromkeys(str(office.organisation) for office in offices))
    return " – ".join(part for part in (str(user), what, units) if part)


def _projects_of(person: User) -> QuerySet[PilotProject]:
    """Projects that are not over, in which the person has a part."""
    open_states = (PilotProject.Status.DRAFT, PilotProject.Status.RUNNING)
    mine = Q(manager=person) | Q(members__user=person)
    known: QuerySet[PilotProject] = PilotProject.objects.visible_to(person).filter(mine, status__in=open_states)
    return known.distinct().order_by("code")


def typed(data: Any) -> dict[str, Any]:
    """Return what was typed so far as initial values, so that a search loses nothing."""
    answers: dict[str, Any] = {name: data.get(name, "") for name in TYPED}
    return answers | {name: data.getlist(name) for name in CHOSEN}


def role_names(roles: list[str]) -> str:
    """Return the chosen roles in words."""
    return ", ".join(str(Membership.Role(role).label) for role in roles) or _("all roles")
