"""Amendments: asking for new dates, and the leader's decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.fields import WholeNumberField
from projects.actions import amendments
from projects.actions.baselines import MAX_NAME
from projects.amending import Entry, Key, Schedule
from projects.models import Amendment
from registry.forms import CleanTextMixin, day_input
from workflows.forms.decision import ChoiceForm
from workflows.telling import tell_amendment_decided
from worktime.working_days import Calendar

APPROVE, REFUSE = "approve", "refuse"
MOST_DAYS = 500  # working days by which dates can be moved at once


class ShiftForm(forms.Form):
    """By how much to move everything that is still open, from which stage on; fills the fields of the request."""

    days = WholeNumberField(
        label=gettext_lazy("Working days"),
        min_value=1,
        max_value=MOST_DAYS,
    )
    first = forms.TypedChoiceField(label=gettext_lazy("From stage"), coerce=int)

    def __init__(self, *args: Any, schedule: Schedule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_stages = [stage for stage in schedule.stages if stage.closed_at is None]
        field: Any = self.fields["first"]
        field.choices = [(stage.position, f"{stage.position}. {stage.title}") for stage in open_stages]

    def shifted(self, schedule: Schedule, *, today: date) -> dict[Key, date]:
        """The dates after the move, none of them before today."""
        if not self.is_valid():
            return {}
        days, first, calendar = self.cleaned_data["days"], self.cleaned_data["first"], Calendar()
        return {
            entry.key: max(calendar.add(entry.due_on, days), today)
            for entry in schedule.open_entries()
            if _position(entry) >= first
        }


def _position(entry: Entry) -> int:
    """The place of the stage that an entry is or belongs to; the project's end comes after all."""
    stage: Any = entry.stage or entry.row
    position: int = getattr(stage, "position", 99)
    return position


class AmendmentForm(CleanTextMixin):
    """A request for new dates: one field for each date that is still open."""

    name = forms.CharField(
        label=gettext_lazy("Name of the amendment"),
        max_length=MAX_NAME,
        help_text=gettext_lazy("For example “amendment of June”. The new baseline gets this name."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, schedule: Schedule, shifted: dict[Key, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schedule = schedule
        for entry in schedule.open_entries():
            self.fields[_field(entry.key)] = forms.DateField(
                label=_("New date of “%(title)s”") % {"title": entry.title},
                required=False,
                initial=shifted.get(entry.key, entry.due_on),
                widget=day_input(),
            )

    def rows(self) -> Iterator[tuple[Entry, forms.BoundField]]:
        """Each date with its field."""
        for entry in self.schedule.open_entries():
            yield entry, self[_field(entry.key)]

    def dates(self) -> dict[Key, date]:
        """The dates that were entered; an empty field leaves its date as it is."""
        entered = {entry.key: self.cleaned_data[_field(entry.key)] for entry in self.schedule.open_entries()}
        return {key: day for key, day in entered.items() if day is not None}


def _field(key: Key) -> str:
    return f"{key[0]}_{key[1]}"


class AmendmentDecisionForm(ChoiceForm):
    """Put the new dates in force, or refuse them with a reason."""

    template_name = "workflows/forms/amendment.html"
    submit_label = gettext_lazy("Record the decision")
    decision_keys = MappingProxyType({APPROVE: ("a", "#confirm"), REFUSE: ("r", "#id_note")})
    note = forms.CharField(
        label=gettext_lazy("Note or reason for refusal"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def build(self) -> None:
        """Set the choices."""
        super().build()
        field: Any = self.fields["decision"]
        field.choices = [
            (APPROVE, gettext_lazy("Approve the new dates")),
            (REFUSE, gettext_lazy("Refuse with a reason")),
        ]

    def clean(self) -> dict[str, Any]:
        """A refusal needs a reason."""
        if self.cleaned_data.get("decision") == REFUSE and not self.cleaned_data.get("note", "").strip():
            self.add_error("note", _("Give a reason, so that the manager knows what to change."))
        return self.cleaned_data

    def decide(self) -> None:
        """Approve or refuse, and tell whoever asked."""
        amendment: Amendment = self.process.amendment
        act = amendments.approve_amendment if self.cleaned_data["decision"] == APPROVE else amendments.refuse_amendment
        tell_amendment_decided(act(amendment, by=self.user, note=self.cleaned_data["note"]))
