"""The list of alerts, and the same as a workbook."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from imports.export import Value
from stamps.models import StampAlert

Status = StampAlert.Status
TONES = {Status.OPEN: "wait", Status.COPY: "late", Status.HARMLESS: "ok", Status.FORWARDED: "go"}
NUMERAL = {"th": {"class": "n"}, "td": {"class": "n"}}


def tone_of(alert: StampAlert) -> str:
    """Return the tone of the alert's status."""
    return TONES[Status(alert.status)]


class AlertTable(tables.Table):
    """One row per alert, the newest first."""

    caption = _("Reports and alerts about stamps")
    row_header = "reference"
    empty_title = _("No report and no alert")
    reference = tables.Column(linkify=True)
    kind = tables.Column()
    product = tables.Column(verbose_name=_("Product"), empty_values=())
    raised_at = tables.DateTimeColumn(verbose_name=_("Raised"), short=True, attrs=NUMERAL)
    status = tables.Column()

    class Meta:
        model = StampAlert
        fields = ("reference", "kind", "product", "raised_at", "status")
        empty_text = _(
            "Buyers report stamps from the page that a scan shows; unusual scans raise alerts by themselves."
        )

    def render_product(self, record: StampAlert) -> SafeString:
        """The product and its producer, or what was typed for a code that is none of ours."""
        if record.product is None:
            return format_html('<span class="code">{}</span>', record.code_text or "–")
        return format_html('{}<span class="sub">{}</span>', record.product, record.product.producer)

    def render_status(self, record: StampAlert) -> str:
        """The chip."""
        return render_to_string("_status.html", {"tone": tone_of(record), "label": record.get_status_display()})


EXPORT_COLUMNS = (
    _("Number"),
    _("Kind"),
    _("Product"),
    _("Producer"),
    _("What is suspicious"),
    _("Where it was bought"),
    _("Raised"),
    _("Status"),
    _("Closed"),
    _("Finding"),
)


def export_row(alert: Any) -> list[Value]:
    """Return the alert as a row of the workbook; without the contact, which stays on the page."""
    product = alert.product
    return [
        alert.reference,
        alert.get_kind_display(),
        product.name if product else alert.code_text,
        product.producer.name if product else "",
        alert.concern,
        alert.place,
        timezone.localtime(alert.raised_at).date(),
        alert.get_status_display(),
        timezone.localtime(alert.closed_at).date() if alert.closed_at else None,
        alert.finding,
    ]
