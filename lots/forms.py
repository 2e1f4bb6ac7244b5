"""Forms of lots: open a lot, record an event, add a place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lots.models import Event, Lot
from people.fields import DecimalNumberField
from people.models import User
from registry.forms import communes_of, day_input, offer
from registry.models import Place, ProcessStep, Producer, Product

MINUTE = "%d/%m/%Y %H:%M"


class ProductChoiceForm(forms.Form):
    """Which product the lot is of."""

    product = forms.ModelChoiceField(label=_("Product"), queryset=Product.objects.none())

    def __init__(self, *args: Any, products: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "product", products, lambda product: f"{product} – {product.producer}")


class LotForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new lot of one product."""

    quantity = DecimalNumberField(label=_("Quantity"), max_digits=12, decimal_places=3, min_value=Decimal("0.001"))

    class Meta:
        model = Lot
        fields = ("number", "place", "produced_from", "produced_to", "expires_on", "quantity", "unit")
        widgets = {"produced_from": day_input(), "produced_to": day_input(), "expires_on": day_input()}
        labels = {"place": _("Place")}
        help_texts = {
            "number": _("As on the package: up to 20 letters, digits, dots or dashes, for example L220608-01."),
            "expires_on": _("Leave empty if the product has no best-before date."),
            "unit": _("For example kg, box, bottle."),
        }

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", product.producer.places.all(), str)

    def clean(self) -> dict[str, Any] | None:
        """Say in words what the table's constraints would only name."""
        answers = super().clean() or {}
        first, last = answers.get("produced_from"), answers.get("produced_to")
        self._check_order("produced_to", first, last)
        self._check_order("expires_on", last, answers.get("expires_on"))
        return answers

    def _check_order(self, field: str, earlier: date | None, later: date | None) -> None:
        if earlier and later and later < earlier:
            self.add_error(field, _("This day must not come before %(day)s.") % {"day": date_format(earlier)})


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """What happened to a lot at one stage."""

    event_time = forms.DateTimeField(
        label=_("When it happened"),
        help_text=_("Day and time, for example 08/06/2022 06:30."),
        widget=forms.DateTimeInput(format=MINUTE, attrs={"placeholder": "dd/mm/yyyy hh:mm", "autocomplete": "off"}),
    )

    class Meta:
        model = Event
        fields = ("step", "biz_location", "event_time", "quantity", "unit", "note")
        field_classes = {"quantity": DecimalNumberField}
        labels = {"step": _("Process step"), "biz_location": _("Place")}
        help_texts = {"note": _("For the files; not shown to consumers.")}

    def __init__(self, *args: Any, lot: Lot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "step", ProcessStep.objects.filter(group=lot.product.group), str)
        offer(self, "biz_location", lot.product.producer.places.all(), str)

    def answers(self) -> dict[str, Any]:
        """Return the answers as `lots.actions.record_event` takes them."""
        answers = dict(self.cleaned_data)
        return {"place": answers.pop("biz_location"), **answers}


class PlaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A place where a producer's stages happen."""

    class Meta:
        model = Place
        fields = ("name", "kind", "commune", "gln")
        help_texts = {"gln": _("13 digits; leave empty if the place has none, it then gets a code of ours.")}

    def __init__(self, *args: Any, producer: Producer, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "commune", communes_of(user, province=producer.province), str)
        self.initial.setdefault("commune", producer.commune_id)
