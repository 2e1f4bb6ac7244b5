"""The form of an activation: which lot, and which stamps of the batch."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lots.models import Lot
from people.fields import WholeNumberField
from registry.forms import offer
from stamps.forms.orders import lot_label
from stamps.life import picking
from stamps.models import Roll, StampBatch


class Way(models.TextChoices):
    """How the stamps are chosen."""

    COUNT = "count", gettext_lazy("A number of packages: the next free stamps")
    RANGE = "range", gettext_lazy("From a first to a last stamp")
    ROLL = "roll", gettext_lazy("A whole roll")
    WHOLE = "whole", gettext_lazy("All free stamps of the batch")


# The answers that each way needs.
NEEDED = {Way.COUNT: ("quantity",), Way.RANGE: ("first", "last"), Way.ROLL: ("roll",), Way.WHOLE: ()}


def stamp_field(label: Any, *, help_text: Any = "") -> forms.CharField:
    """Return a field for one stamp: typed, pasted, or read by a scanner that types and presses Enter."""
    # data-scan: a scanner's Enter goes to the next field (assets/js/scan.js).
    attrs = {
        "autocapitalize": "characters",
        "autocomplete": "off",
        "spellcheck": "false",
        "class": "code",
        "data-scan": "",
    }
    return forms.CharField(
        label=label, required=False, max_length=300, help_text=help_text, widget=forms.TextInput(attrs=attrs)
    )


class ActivationForm(forms.Form):
    """Which stamps of a batch go on which lot. Rules are the action's; here only what is needed to ask it."""

    lot = forms.ModelChoiceField(label=gettext_lazy("Lot"), queryset=Lot.objects.none())
    way = forms.ChoiceField(label=gettext_lazy("Which stamps"), choices=Way.choices, widget=forms.RadioSelect)
    quantity = WholeNumberField(
        label=gettext_lazy("Number of packages"),
        required=False,
        min_value=1,
        max_value=2**31 - 1,
    )
    first = stamp_field(
        gettext_lazy("First stamp"),
        help_text=gettext_lazy("The line below the code, or scan it. Capitals and dashes do not matter."),
    )
    last = stamp_field(gettext_lazy("Last stamp"))
    roll = forms.ModelChoiceField(label=gettext_lazy("Roll"), required=False, queryset=Roll.objects.none())

    def __init__(self, *args: Any, batch: StampBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batch = batch
        for name in ("quantity", "first", "last", "roll"):
            self.fields[name].is_one_way = True  # type: ignore[attr-defined]  # the chosen way needs it
        offer(self, "lot", batch.product.lots.all(), lot_label)
        rolls = batch.rolls.in_force()
        if rolls.exists():
            offer(self, "roll", rolls, roll_label)
        else:
            del self.fields["roll"]
            cast(forms.ChoiceField, self.fields["way"]).choices = [
                choice for choice in Way.choices if choice[0] != Way.ROLL
            ]

    def clean(self) -> dict[str, Any]:
        """Ask for the answers of the chosen way, and forget the others."""
        answers = self.cleaned_data
        needed = NEEDED.get(answers.get("way", ""), ())
        for name in ("quantity", "first", "last", "roll"):
            if name not in needed:
                self.errors.pop(name, None)
            elif answers.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, WANTED[name])
        return answers

    def ranges(self) -> picking.Ranges:
        """Return the ranges that the answers mean now. Raises ActivationRefused."""
        answers = self.cleaned_data
        match answers["way"]:
            case Way.RANGE:
                return picking.between(self.batch, answers["first"], answers["last"])
            case Way.ROLL:
                return picking.of_roll(answers["roll"])
            case Way.COUNT:
                return picking.next_free(self.batch, answers["quantity"])
            case _:
                return picking.all_free(self.batch)


WANTED = {
    "quantity": gettext_lazy("Write how many packages get a stamp."),
    "first": gettext_lazy("Write or scan this stamp's serial."),
    "last": gettext_lazy("Write or scan this stamp's serial."),
    "roll": gettext_lazy("Choose the roll."),
}


def roll_label(roll: Roll) -> str:
    """Return number and size: "Roll 2 – 500 stamps"."""
    return _("Roll %(number)d – %(count)d stamps") % {"number": roll.number, "count": roll.quantity}
