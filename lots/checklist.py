"""The ten minimum items of TT 02/2024/TT-BKHCN for one lot, with the page where each is filled in."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lots.models import Lot
from lots.policies import Gap, minimum_data_gaps


@dataclass(frozen=True)
class Item:
    """One of the ten items: what it says now, or what is missing and where to add it."""

    number: int
    label: str
    value: str
    url: str
    gaps: list[Gap] = field(default_factory=list)


def minimum_items(lot: Lot) -> list[Item]:
    """Return the ten items in their order. Item 7 is the code on the stamp itself."""
    product, producer = lot.product, lot.product.producer
    product_url, producer_url, lot_url = (thing.get_absolute_url() for thing in (product, producer, lot))
    not_applicable = _("not applicable")
    rows = [
        (_("Name of the product"), product.name, product_url),
        (_("Picture of the product"), _("given") if product.image else "", product_url),
        (_("Name of the producer"), producer.name, producer_url),
        (_("Address of the producer"), producer.full_address(), producer_url),
        (_("Stages with product code, place code and time"), _("recorded"), reverse("lots:record", args=[lot.pk])),
        (_("Time of production"), produced(lot), lot_url),
        (_("Trace code of the product"), product.trace_code, product_url),
        (_("Brand, mark, serial"), product.brand or not_applicable, product_url),
        (_("Best before"), date_format(lot.expires_on) if lot.expires_on else not_applicable, lot_url),
        (_("Applied standards"), ", ".join(str(standard) for standard in product.standards.all()), product_url),
    ]
    gaps = minimum_data_gaps(lot)
    return [
        Item(number, label, value, url, [gap for gap in gaps if gap.item == number])
        for number, (label, value, url) in enumerate(rows, start=1)
    ]


def produced(lot: Lot) -> str:
    """Return the time of production as written on a label: one day, or first to last day."""
    first, last = date_format(lot.produced_from), date_format(lot.produced_to)
    return first if lot.produced_from == lot.produced_to else f"{first} – {last}"
