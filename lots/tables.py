"""The list of lots."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from imports.export import Value
from lots.checklist import produced
from lots.models import Lot

NUMERAL = {"th": {"class": "n"}, "td": {"class": "n"}}


class LotTable(tables.Table):
    """One row per lot."""

    caption = _("Lots")
    row_header = "number"
    empty_title = _("No lot yet")
    number = tables.Column(linkify=True)
    product = tables.Column(verbose_name=_("Product"), order_by="product__name")
    producer = tables.Column(
        verbose_name=_("Producer"), accessor="product__producer", order_by="product__producer__name"
    )
    produced = tables.Column(verbose_name=_("Produced"), accessor="produced_from", attrs=NUMERAL)
    expires_on = tables.DateColumn(short=True, attrs=NUMERAL)
    quantity = tables.Column(attrs=NUMERAL)
    event_count = tables.Column(verbose_name=_("Records"), attrs=NUMERAL)

    class Meta:
        model = Lot
        fields = ("number", "product", "producer", "produced", "expires_on", "quantity", "event_count")
        empty_text = _("Open a lot as soon as a product is harvested or made, or clear the filter.")

    def render_produced(self, record: Lot) -> str:
        """One day, or first to last day."""
        return produced(record)

    def render_quantity(self, record: Lot) -> str:
        """The quantity with its unit."""
        return amount(record)


def amount(thing: Lot) -> str:
    """Return quantity and unit without useless zeros: "1200 kg"."""
    return f"{thing.quantity.normalize():f} {thing.unit}"


EXPORT_COLUMNS = (
    _("Lot number"),
    _("Product"),
    _("Producer"),
    _("Produced from"),
    _("Produced to"),
    _("Best before"),
    _("Quantity"),
    _("Unit"),
    _("Records"),
)


def export_row(lot: Lot) -> list[Value]:
    """Return the lot as a row of the workbook."""
    return [
        lot.number,
        lot.product.name,
        lot.product.producer.name,
        lot.produced_from,
        lot.produced_to,
        lot.expires_on,
        lot.quantity,
        lot.unit,
        lot.event_count,  # type: ignore[attr-defined]  # annotated by for_table
    ]
