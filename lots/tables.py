"""The lists of lots and recalls."""

from __future__ import annotations

import django_tables2 as tables
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from imports.export import Value
from lots.checklist import produced
from lots.models import LogisticUnit, Lot, Recall

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


class UnitTable(tables.Table):
    """One row per carton or pallet."""

    caption = _("Cartons and pallets")
    row_header = "sscc"
    empty_title = _("No carton yet")
    sscc = tables.Column(linkify=lambda record: reverse("lots:unit", args=[record.pk]))
    producer = tables.Column(order_by="producer__name")
    packed_on = tables.DateColumn(short=True, attrs=NUMERAL)
    lot_count = tables.Column(verbose_name=_("Lots"), attrs=NUMERAL)
    state = tables.Column()

    class Meta:
        model = LogisticUnit
        fields = ("sscc", "producer", "packed_on", "lot_count", "state")
        empty_text = _("Record a carton or pallet when it is packed, or clear the filter.")


def amount(thing: Lot) -> str:
    """Return quantity and unit without useless zeros: "1.200 kg"."""
    return f"{intcomma(thing.quantity.normalize())} {thing.unit}"


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


def state_of(recall: Recall) -> tuple[str, str]:
    """Return the tone and the word of a recall's state."""
    return ("late", pgettext("recall", "In force")) if recall.is_in_force else ("no", pgettext("recall", "Lifted"))


def goods_of(recall: Recall) -> str:
    """Return what is taken back: one lot, or the whole product."""
    return recall.lot.number if recall.lot else gettext("all lots")


class RecallTable(tables.Table):
    """One row per recall."""

    caption = _("Recalls")
    row_header = "product"
    empty_title = _("No recall")
    product = tables.Column(
        verbose_name=_("Product"), order_by="product__name", linkify=lambda record: record.get_absolute_url()
    )
    lot = tables.Column(verbose_name=_("Lot"), order_by="lot__number", empty_values=())
    producer = tables.Column(
        verbose_name=_("Producer"), accessor="product__producer", order_by="product__producer__name"
    )
    reason = tables.Column()
    recalled_at = tables.DateColumn(verbose_name=_("Recalled at"), short=True)
    state = tables.Column(verbose_name=_("Status"), empty_values=(), order_by="lifted_at")

    class Meta:
        model = Recall
        fields = ("product", "lot", "producer", "reason", "recalled_at", "state")
        empty_text = _(
            "Goods that must be taken back from the market are listed here; recall them on their lot's page."
        )

    def render_lot(self, record: Recall) -> str:
        """The lot's number, or all of them."""
        return goods_of(record)

    def render_state(self, record: Recall) -> str:
        """The chip."""
        tone, label = state_of(record)
        return render_to_string("_status.html", {"tone": tone, "label": label})


RECALL_COLUMNS = (
    _("Product"),
    _("Lot"),
    _("Producer"),
    _("Reason"),
    _("What buyers should do"),
    _("Number of the decision"),
    _("Recalled at"),
    _("Recalled by"),
    _("Lifted at"),
    _("Reason for lifting"),
)


def recall_row(recall: Recall) -> list[Value]:
    """Return the recall as a row of the workbook."""
    return [
        recall.product.name,
        goods_of(recall),
        recall.product.producer.name,
        recall.reason,
        recall.advice,
        recall.document,
        timezone.localtime(recall.recalled_at),
        str(recall.recalled_by),
        timezone.localtime(recall.lifted_at) if recall.lifted_at else None,
        recall.lift_reason,
    ]
