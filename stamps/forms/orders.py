"""The form of a stamp order, and how enrolments and lots are called in lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lots.models import Lot
from people.fields import WholeNumberField
from people.models import User
from projects.models import Enrolment
from registry.forms import offer
from stamps import policies


def enrolment_label(enrolment: Enrolment) -> str:
    """Return product, producer and project: "Chôm chôm Ia Grai – HTX Ia Tô – GL-01"."""
    return f"{enrolment.product} – {enrolment.product.producer} – {enrolment.project.code}"


def choice_label(enrolment: Enrolment) -> str:
    """Return the same with what is left of the quota; for enrolments of `policies.orderable_enrolments`."""
    left = max(enrolment.stamp_quota - enrolment.ordered, 0)  # type: ignore[attr-defined]
    return _("%(enrolment)s (%(left)d stamps left)") % {"enrolment": enrolment_label(enrolment), "left": left}


def lot_label(lot: Lot) -> str:
    """Return number and last day of production: "L220608-01 – 08/06/2022"."""
    return f"{lot.number} – {date_format(lot.produced_to)}"


class OrderForm(forms.Form):
    """An order for stamps of one enrolled product."""

    enrolment = forms.ModelChoiceField(label=gettext_lazy("Product"), queryset=Enrolment.objects.none())
    quantity = WholeNumberField(
        label=gettext_lazy("Quantity"), help_text=gettext_lazy("A sheet of A4 holds 65 stamps."), min_value=1
    )
    state_share = WholeNumberField(
        label=gettext_lazy("Share of the budget (%)"), initial=100, required=False, min_value=0, max_value=100
    )
    producer_share = WholeNumberField(
        label=gettext_lazy("Share of the producer (%)"),
        help_text=gettext_lazy("Both together are 100 %; one that is left empty is the rest."),
        initial=0,
        required=False,
        min_value=0,
        max_value=100,
    )
    unit_price = WholeNumberField(
        label=gettext_lazy("Price of a stamp (đồng)"),
        help_text=gettext_lazy("Leave empty while it is not known."),
        required=False,
        min_value=0,
        max_value=1_000_000,
    )
    has_pin = forms.BooleanField(label=gettext_lazy("With a hidden code under a scratch layer"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        offer(self, "enrolment", policies.orderable_enrolments(user), choice_label)
        self.fields["quantity"].widget.attrs["max"] = settings.STAMPS_MAX_ORDER

    def clean(self) -> dict[str, Any]:
        """The two shares make the whole; what is left empty is the rest, and both empty is the budget alone."""
        state, producer = self.cleaned_data.get("state_share"), self.cleaned_data.get("producer_share")
        if {"state_share", "producer_share"} & self.errors.keys():
            return self.cleaned_data
        if state is None:
            state = 100 - (producer or 0)
        producer = 100 - state if producer is None else producer
        if state + producer != 100:
            text = _("The shares make %(sum)d %% together, not 100 %%; correct one of them.")
            self.add_error("producer_share", text % {"sum": state + producer})
        self.cleaned_data["state_share"] = state
        return self.cleaned_data
