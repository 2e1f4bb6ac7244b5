"""The list of stamp orders."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from imports.export import Value
from stamps.models import StampOrder

Status = StampOrder.Status
NUMERAL = {"th": {"class": "n"}, "td": {"class": "n"}}
TONES = {Status.REQUESTED: "wait", Status.REFUSED: "late", Status.ISSUED: "go", Status.HANDED_OVER: "ok"}


def tone_of(order: StampOrder) -> str:
    """Return the tone of the order's status."""
    return TONES.get(Status(order.status), "no")


class OrderTable(tables.Table):
    """One row per order."""

    caption = _("Stamp orders")
    row_header = "number"
    empty_title = _("No order yet")
    number = tables.Column(verbose_name=_("Order number"), accessor="pk", linkify=True)
    product = tables.Column(verbose_name=_("Product"), accessor="enrolment__product")
    producer = tables.Column(verbose_name=_("Producer"), accessor="enrolment__product__producer")
    project = tables.Column(verbose_name=_("Project"), accessor="enrolment__project__code")
    requested_at = tables.DateColumn(short=True, attrs=NUMERAL)
    quantity = tables.Column(attrs=NUMERAL)
    activated = tables.Column(verbose_name=_("Activated"), attrs=NUMERAL)
    status = tables.Column()

    class Meta:
        model = StampOrder
        fields = ("number", "product", "producer", "project", "requested_at", "quantity", "activated", "status")
        empty_text = _("Stamps are ordered for products enrolled in a project whose rollout has begun.")

    def render_number(self, value: int) -> str:
        """The number as people say it."""
        return f"#{value}"

    def render_status(self, record: StampOrder) -> str:
        """The chip."""
        return render_to_string("_status.html", {"tone": tone_of(record), "label": record.get_status_display()})


EXPORT_COLUMNS = (
    _("Order number"),
    _("Product"),
    _("Producer"),
    _("Project"),
    _("Requested at"),
    _("Quantity"),
    _("Activated"),
    _("Status"),
)


def export_row(order: Any) -> list[Value]:
    """Return the order as a row of the workbook."""
    return [
        order.pk,
        order.enrolment.product.name,
        order.enrolment.product.producer.name,
        order.enrolment.project.code,
        timezone.localtime(order.requested_at).date(),
        order.quantity,
        order.activated,
        order.get_status_display(),
    ]
