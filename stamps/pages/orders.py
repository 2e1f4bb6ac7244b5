"""What an order's page says: facts in words, ranges as first and last serial."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.models import User
from stamps.actions import serial_at
from stamps.codes.serials import grouped
from stamps.life.spans import Span, State
from stamps.models import Activation, StampBatch, StampChange, StampOrder
from stamps.pages.outlook import outlook_of
from stamps.quota import cost_of, quota_of


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


@dataclass(frozen=True)
class SpanRow:
    """Stamps that are one thing now: their state in words with its tone, their lot, and what was said."""

    range: SerialRange
    label: str
    tone: str
    span: Span


TONES = {State.SUSPENDED: "wait", State.RESTORED: "ok"}


def span_rows(batch: StampBatch, spans: Iterable[Span]) -> list[SpanRow]:
    """Return stretches of a batch as a page shows them."""
    return [SpanRow(serial_range(batch, span.start, span.end), *words_of(span), span) for span in spans]


def words_of(span: Span) -> tuple[str, str]:
    """Return what the stamps are now, and the tone of it: the newest change, else whether they are on a lot."""
    if span.change is not None:
        return span.change.get_state_display(), TONES.get(State(span.change.state), "late")
    if span.activation is not None:
        return pgettext("stamps", "Activated"), "ok"
    return pgettext("stamps", "On no lot"), "no"


@dataclass(frozen=True)
class ChangeRow:
    """A change of a range, and the first and last of the stamps that took its place."""

    change: StampChange
    range: SerialRange
    replacement: SerialRange | None


def change_rows(batch: StampBatch) -> list[ChangeRow]:
    """Return the changes of a batch's stamps, newest first."""
    changes = batch.changes.select_related("changed_by").order_by("-pk")
    return [change_row(batch, change) for change in changes]


def change_row(batch: StampBatch, change: StampChange) -> ChangeRow:
    """Return a change with its ends, and with those of its replacements."""
    new = None
    if change.replaced_by is not None:
        first = change.replaced_by
        other = StampBatch.objects.filter(start__lte=first, end__gt=first).first()
        new = serial_range(other, first, first + change.quantity) if other else None
    return ChangeRow(change, serial_range(batch, change.start, change.end), new)


def order_facts(order: StampOrder) -> list[dict[str, Any]]:
    """Return the facts of an order: what was asked, and who decided when."""
    enrolment, product = order.enrolment, order.enrolment.product
    rows: list[dict[str, Any]] = [
        {"label": _("Product"), "value": product, "url": product.get_absolute_url()},
        {"label": _("Producer"), "value": product.producer, "url": product.producer.get_absolute_url()},
        {"label": _("Project"), "value": enrolment.project.code},
        {"label": _("Quantity"), "value": intcomma(order.quantity)},
        {"label": _("Quota of the product"), "value": _quota(order)},
        {"label": _("Stamps left"), "value": outlook_of(product)},
        {"label": _("Who pays"), "value": _shares(order)},
        {"label": _("Hidden code"), "value": _("yes") if order.has_pin else _("no")},
        {"label": _("Asked by"), "value": _signed(order.requested_by, order.requested_at)},
        {"label": _("Decided by"), "value": _signed(order.decided_by, order.decided_at)},
        {"label": _("Handed over by"), "value": _signed(order.handed_over_by, order.handed_over_at)},
    ]
    extra = [(_("Note"), order.note), (_("Reason for refusal"), order.refusal)]
    return rows + [{"label": label, "value": value} for label, value in extra if value]


def _quota(order: StampOrder) -> str:
    quota = quota_of(order.enrolment)
    return _("%(granted)s granted, %(ordered)s ordered, %(left)s left") % {
        "granted": intcomma(quota.granted),
        "ordered": intcomma(quota.ordered),
        "left": intcomma(quota.left),
    }


def _shares(order: StampOrder) -> str:
    shares = {"state": order.state_share, "producer": order.producer_share}
    cost = cost_of(order)
    if cost is None:
        return _("budget %(state)d %%, producer %(producer)d %%") % shares
    amounts = {"state_sum": intcomma(cost.state), "producer_sum": intcomma(cost.producer)}
    text = _("budget %(state)d %%: %(state_sum)s đồng; producer %(producer)d %%: %(producer_sum)s đồng")
    return text % (shares | amounts)


def _signed(person: User | None, time: datetime | None) -> str:
    if person is None or time is None:
        return ""
    return f"{person}, {date_format(timezone.localtime(time), 'SHORT_DATETIME_FORMAT')}"
