"""The form of a change of stamps: which ones, what happens to them, and why."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from people.models import User
from registry.forms import offer
from stamps import policies
from stamps.errors import ChangeRefused, InvalidSerial
from stamps.forms.activation import roll_label, stamp_field
from stamps.life import picking, scan
from stamps.life.finding import find_stamp
from stamps.models import Roll, StampBatch, StampChange

State = StampChange.State
# What is done, in the words of a button.
ACTS = {
    State.SUSPENDED: pgettext_lazy("stamps", "Suspend: something is being looked into"),
    State.VOID: pgettext_lazy("stamps", "Void: must never be used"),
    State.LOST: pgettext_lazy("stamps", "Report lost"),
    State.DAMAGED: pgettext_lazy("stamps", "Report damaged"),
    State.REPLACED: pgettext_lazy("stamps", "Replace by other stamps"),
    State.RESTORED: pgettext_lazy("stamps", "Restore: back to what they were"),
}


class ChangeForm(forms.Form):
    """Which stamps of a batch change their state, and why. Rules are the action's."""

    state = forms.ChoiceField(label=gettext_lazy("What happens to the stamps"), widget=forms.RadioSelect)
    roll = forms.ModelChoiceField(
        label=gettext_lazy("A whole roll"),
        required=False,
        queryset=Roll.objects.none(),
        help_text=gettext_lazy("Or leave this empty and write the first and the last stamp."),
    )
    first = stamp_field(
        gettext_lazy("First stamp"),
        help_text=gettext_lazy("The line below the code, or scan it. Capitals and dashes do not matter."),
    )
    last = stamp_field(gettext_lazy("Last stamp"), help_text=gettext_lazy("Empty: only the first stamp."))
    replacement = stamp_field(
        gettext_lazy("First of the stamps that take their place"),
        help_text=gettext_lazy("Only for a replacement: as many free stamps follow it."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Whoever asks about the stamps later reads it."),
    )

    def __init__(self, *args: Any, batch: StampBatch, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batch = batch
        allowed = policies.changes_of(user, batch)
        cast(forms.ChoiceField, self.fields["state"]).choices = [(state.value, ACTS[state]) for state in allowed]
        if State.REPLACED not in allowed:
            del self.fields["replacement"]
        rolls = batch.rolls.in_force()
        if rolls.exists():
            offer(self, "roll", rolls, roll_label)
        else:
            del self.fields["roll"]

    def clean(self) -> dict[str, Any]:
        """A roll or a first stamp is needed, and a replacement for a replaced range."""
        answers = self.cleaned_data
        if not answers.get("roll") and not answers.get("first") and "first" not in self.errors:
            self.add_error("first", _("Write or scan this stamp's serial."))
        if answers.get("state") == State.REPLACED and not answers.get("replacement"):
            self.add_error("replacement", _("Write or scan the first of the stamps that take their place."))
        return answers

    def meant(self) -> tuple[int, int]:
        """Return the range (start, end) that is meant. Raises ActivationRefused for a text that is no stamp."""
        answers = self.cleaned_data
        if roll := answers.get("roll"):
            return roll.start, roll.end
        ((start, end),) = picking.between(self.batch, answers["first"], answers["last"] or answers["first"])
        return start, end

    def replaced_by(self, user: User) -> tuple[StampBatch, int]:
        """Return batch and running number of the first replacement, of any code and key. Raises ChangeRefused."""
        text = self.cleaned_data["replacement"]
        try:
            scan.parts_of(text)
        except InvalidSerial as error:
            raise ChangeRefused(str(error), field="replacement") from error
        if (found := find_stamp(text, user)) is None:
            raise ChangeRefused(_("No such stamp was issued for this product."), field="replacement")
        return found.batch, found.index
