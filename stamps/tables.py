"""The list of stamp orders."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
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
        empty_text = _("Stamps are ordered for products enrolled in a project that has come to training or rollout.")

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


class OutlookTable(tables.Table):
    """One row per product that ever got stamps."""

    caption = _("When stamps run out")
    row_header = "product"
    empty_title = _("No stamp yet")
    product = tables.Column(verbose_name=_("Product"), linkify=True)
    producer = tables.Column(verbose_name=_("Producer"), accessor="product__producer")
    with_producer = tables.Column(verbose_name=_("With the producer"), accessor="outlook__with_producer", attrs=NUMERAL)
    in_store = tables.Column(verbose_name=_("In store"), accessor="outlook__in_store", attrs=NUMERAL)
    asked = tables.Column(verbose_name=_("Waiting for approval"), accessor="outlook__asked", attrs=NUMERAL)
    per_month = tables.Column(verbose_name=_("Used a month"), accessor="outlook__per_month", attrs=NUMERAL)
    ends_on = tables.Column(verbose_name=_("Enough until about"), default=_("not in use"))

    class Meta:
        empty_text = _("The list begins with the first stamps that are issued.")

    def render_ends_on(self, record: Any, value: Any) -> str:
        """The day, as a chip where it is near."""
        day = date_format(value, "SHORT_DATE_FORMAT")
        return render_to_string("_status.html", {"tone": "wait", "label": day}) if record.outlook.is_short else day


OUTLOOK_COLUMNS = (
    _("Product"),
    _("Producer"),
    _("With the producer"),
    _("In store"),
    _("Waiting for approval"),
    _("Used a month"),
    _("Enough until about"),
)


def outlook_cells(row: Any) -> list[Value]:
    """Return a product's outlook as a row of the workbook."""
    stock = row.outlook
    return [
        row.product.name,
        row.product.producer.name,
        stock.with_producer,
        stock.in_store,
        stock.asked,
        stock.per_month,
        row.ends_on,
    ]
