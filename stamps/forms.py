"""Forms of stamps: order, activate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lots.models import Lot
from people.models import User
from projects.models import Enrolment
from registry.forms import offer
from stamps import policies
from stamps.models import StampBatch


def enrolment_label(enrolment: Enrolment) -> str:
    """Return product, producer and project: "Chôm chôm Ia Grai – HTX Ia Tô – GL-01"."""
    return f"{enrolment.product} – {enrolment.product.producer} – {enrolment.project.code}"


def lot_label(lot: Lot) -> str:
    """Return number and last day of production: "L220608-01 – 08/06/2022"."""
    return f"{lot.number} – {date_format(lot.produced_to)}"


class OrderForm(forms.Form):
    """An order for stamps of one enrolled product."""

    enrolment = forms.ModelChoiceField(label=gettext_lazy("Product"), queryset=Enrolment.objects.none())
    quantity = forms.IntegerField(
        label=gettext_lazy("Quantity"), help_text=gettext_lazy("A sheet of A4 holds 65 stamps."), min_value=1
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "enrolment", policies.orderable_enrolments(user), enrolment_label)
        self.fields["quantity"].widget.attrs["max"] = settings.STAMPS_MAX_ORDER


class ActivationForm(forms.Form):
    """Which stamps of a batch go on which lot. Rules are the action's; here only what is needed to ask it."""

    lot = forms.ModelChoiceField(label=gettext_lazy("Lot"), queryset=Lot.objects.none())
    whole = forms.BooleanField(label=gettext_lazy("All stamps of the batch"), required=False)
    first = forms.CharField(
        label=gettext_lazy("First stamp"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("The line below the code, or scan it. Capitals and dashes do not matter."),
    )
    last = forms.CharField(label=gettext_lazy("Last stamp"), required=False, max_length=300)

    def __init__(self, *args: Any, batch: StampBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "lot", batch.product.lots.all(), lot_label)
        for name in ("first", "last"):
            self.fields[name].widget.attrs |= {"autocapitalize": "characters", "autocomplete": "off", "class": "code"}

    def clean(self) -> dict[str, Any]:
        """Without "all", both ends are needed."""
        for name in ("first", "last"):
            if not self.cleaned_data.get("whole") and not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("Write this stamp's serial, or tick “All stamps of the batch”."))
        return self.cleaned_data
