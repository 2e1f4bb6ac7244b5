"""Forms of cartons and pallets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lots.models import LogisticUnit, Lot
from people.fields import DecimalNumberField
from registry.forms import CleanTextMixin, day_input, offer
from registry.models import Producer

ROWS = 6  # lots that one carton takes on the page


class PackerForm(forms.Form):
    """Whose carton it is."""

    producer = forms.ModelChoiceField(label=_("Producer"), queryset=Producer.objects.none())

    def __init__(self, *args: Any, producers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "producer", producers, str)


class CloseForm(CleanTextMixin, forms.Form):
    """What is wrong with a carton's record, and why."""

    what = forms.ChoiceField(
        label=_("What happened"),
        widget=forms.RadioSelect,
        choices=[
            (LogisticUnit.State.UNPACKED, _("The carton was unpacked: the goods are no longer in it")),
            (LogisticUnit.State.WRONG, _("It was recorded wrongly: lot, quantity or number is not right")),
        ],
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)


class UnitForm(CleanTextMixin, forms.Form):
    """A carton or pallet and the lots in it: numbered pairs of lot and quantity, the first one needed."""

    sscc = forms.CharField(
        label=_("SSCC"),
        max_length=30,
        help_text=_("The 18 digits on the carton's label, after (00). It is made of the producer's own GS1 prefix."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    packed_on = forms.DateField(label=_("Packed on"), widget=day_input())
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("For the files; not shown to consumers.")
    )

    def __init__(self, *args: Any, producer: Producer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lots = Lot.objects.filter(product__producer=producer).select_related("product")
        for number in range(1, ROWS + 1):
            self.fields[f"lot_{number}"] = forms.ModelChoiceField(
                label=gettext("Lot %(number)s in the carton") % {"number": number},
                queryset=lots,
                required=number == 1,
            )
            offer(self, f"lot_{number}", lots, lambda lot: f"{lot.number} – {lot.product} ({lot.unit})")
            self.fields[f"quantity_{number}"] = DecimalNumberField(
                label=gettext("Quantity of lot %(number)s") % {"number": number},
                max_digits=12,
                decimal_places=3,
                min_value=Decimal("0.001"),
                required=number == 1,
            )
        self.initial.setdefault("packed_on", timezone.localdate())

    def clean_sscc(self) -> str:
        """Take off what a label prints around the digits: blanks and the identifier (00)."""
        typed = "".join(str(self.cleaned_data["sscc"]).split()).removeprefix("(00)")
        return typed[2:] if len(typed) == 20 and typed.startswith("00") else typed

    def clean(self) -> dict[str, Any]:
        """A lot and its quantity come together."""
        answers = super().clean()
        for number in range(2, ROWS + 1):
            lot, amount = answers.get(f"lot_{number}"), answers.get(f"quantity_{number}")
            if lot and amount is None and f"quantity_{number}" not in self.errors:
                self.add_error(f"quantity_{number}", gettext("Write how much of this lot is in the carton."))
            if amount is not None and not lot and f"lot_{number}" not in self.errors:
                self.add_error(f"lot_{number}", gettext("Choose the lot that this quantity is of."))
        return answers

    def answers(self) -> dict[str, Any]:
        """Return the answers as `lots.actions.pack_unit` takes them."""
        given = self.cleaned_data
        rows = [(given.get(f"lot_{number}"), given.get(f"quantity_{number}")) for number in range(1, ROWS + 1)]
        contents = [(lot, amount) for lot, amount in rows if lot and amount is not None]
        return {name: given[name] for name in ("sscc", "packed_on", "note")} | {"contents": contents}
