"""What an order's page says: facts in words, ranges as first and last serial."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import User
from stamps.actions import serial_at
from stamps.models import Activation, StampBatch, StampOrder
from stamps.serials import grouped


@dataclass(frozen=True)
class SerialRange:
    """A range of stamps by its ends, as printed below the codes."""

    first: str
    last: str
    quantity: int


@dataclass(frozen=True)
class ActivationRow:
    """A range on a lot."""

    activation: Activation
    range: SerialRange


def serial_range(batch: StampBatch, start: int, end: int) -> SerialRange:
    """Return the ends of the running numbers start ≤ n < end as serials."""
    first, last = (grouped(serial_at(batch, index)) for index in (start, end - 1))
    return SerialRange(first, last, end - start)


def activation_rows(activations: Iterable[Activation]) -> list[ActivationRow]:
    """Return activations with their ends; each needs its batch at hand."""
    return [ActivationRow(row, serial_range(row.batch, row.start, row.end)) for row in activations]


def order_facts(order: StampOrder) -> list[dict[str, Any]]:
    """Return the facts of an order: what was asked, and who decided when."""
    enrolment, product = order.enrolment, order.enrolment.product
    rows: list[dict[str, Any]] = [
        {"label": _("Product"), "value": product, "url": product.get_absolute_url()},
        {"label": _("Producer"), "value": product.producer, "url": product.producer.get_absolute_url()},
        {"label": _("Project"), "value": enrolment.project.code},
        {"label": _("Quantity"), "value": order.quantity},
        {"label": _("Asked by"), "value": _signed(order.requested_by, order.requested_at)},
        {"label": _("Decided by"), "value": _signed(order.decided_by, order.decided_at)},
        {"label": _("Handed over by"), "value": _signed(order.handed_over_by, order.handed_over_at)},
    ]
    extra = [(_("Note"), order.note), (_("Reason for refusal"), order.refusal)]
    return rows + [{"label": label, "value": value} for label, value in extra if value]


def _signed(person: User | None, time: datetime | None) -> str:
    if person is None or time is None:
        return ""
    return f"{person}, {date_format(timezone.localtime(time), 'SHORT_DATETIME_FORMAT')}"
