"""Ordering, issuing, printing, handing over and activating stamps."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import files
from lots.models import Lot
from people import audit
from people.models import User
from projects.models import Enrolment
from stamps import policies, scan, serials, sheets
from stamps.errors import ActivationRefused, InvalidSerial, OrderRefused, SerialsExhausted
from stamps.models import Activation, SerialCounter, StampBatch, StampOrder

Status = StampOrder.Status


@transaction.atomic
def order_stamps(
    enrolment: Enrolment, *, quantity: int, by: User, note: str = "", now: datetime | None = None
) -> StampOrder:
    """Return a new order for stamps of an enrolled product. Raises OrderRefused or NotAllowedForYou."""
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("project__province", "product__producer")
        .get(pk=enrolment.pk)
    )
    policies.check_can_order(enrolment, quantity, by=by)
    order = StampOrder.objects.create(
        enrolment=enrolment, quantity=quantity, note=note, requested_at=now or timezone.now(), requested_by=by
    )
    _log(order, "stamps.ordered", by=by, at=now, quantity=quantity)
    return order


@transaction.atomic
def issue_stamps(order: StampOrder, *, by: User, now: datetime | None = None) -> StampBatch:
    """Approve an order and issue its stamps: one row with a range of running numbers, whatever the quantity.

    The range is recorded before any file is made. Raises OrderRefused, NotAllowedForYou,
    SerialsExhausted.
    """
    order = _locked(order)
    policies.check_can_decide(order, by=by)
    now = now or timezone.now()
    start = _take_numbers(order.quantity)
    product = order.enrolment.product
    batch = StampBatch.objects.create(
        order=order,
        product=product,
        code=product.trace_code,
        key_version=serials.keyring_from_settings().version,
        start=start,
        end=start + order.quantity,
        issued_at=now,
        issued_by=by,
    )
    _decide(order, Status.ISSUED, by, now)
    _log(order, "stamps.issued", by=by, at=now, quantity=order.quantity)
    return batch


@transaction.atomic
def refuse_order(order: StampOrder, *, by: User, reason: str, now: datetime | None = None) -> StampOrder:
    """Refuse an order, with a reason that its author reads."""
    order = _locked(order)
    policies.check_can_decide(order, by=by)
    if not reason.strip():
        raise OrderRefused(_("Give a reason for refusing order %(order)s.") % {"order": order})
    order.refusal = reason.strip()
    order.save(update_fields=["refusal"])
    _decide(order, Status.REFUSED, by, now or timezone.now())
    _log(order, "stamps.refused", by=by, at=now, reason=order.refusal)
    return order


@transaction.atomic
def cancel_order(order: StampOrder, *, now: datetime | None = None) -> StampOrder:
    """Say that the run of an undecided order was cancelled."""
    order = _locked(order)
    if order.status == Status.REQUESTED:
        order.status = Status.CANCELLED
        order.save(update_fields=["status"])
        _log(order, "stamps.order_cancelled", by=None, at=now)
    return order


@transaction.atomic
def print_sheet(batch: StampBatch, *, by: User, now: datetime | None = None) -> StampBatch:
    """Make the batch's A4 label sheet and keep it with its hash; a sheet that is there stays as it is."""
    batch = _locked_batch(batch)
    policies.check_can_print(batch, by=by)
    if batch.sheet.name and files.is_intact(batch.sheet.name, batch.sheet_sha256):
        return batch
    data = sheet_of(batch)
    batch.sheet, batch.sheet_sha256 = files.keep("stamp-sheets", data, ".pdf"), files.sha256(data)
    batch.save(update_fields=["sheet", "sheet_sha256"])
    _log(batch.order, "stamps.sheet_made", by=by, at=now, quantity=batch.quantity)
    return batch


def sheet_of(batch: StampBatch) -> bytes:
    """Return the batch's label sheet as PDF; the same batch gives the same bytes."""
    output = io.BytesIO()
    watermark = "MẪU" if settings.DEMO else None
    sheets.write_sheet(output, labels_of(batch), sheets.A4_65, title=str(batch.product), watermark=watermark)
    return output.getvalue()


def labels_of(batch: StampBatch) -> Iterator[sheets.Label]:
    """Yield the batch's labels in the order of their running numbers."""
    ring = serials.keyring_from_settings().with_version(batch.key_version)
    product, producer = batch.product.name, batch.product.producer.name
    for index in range(batch.start, batch.end):
        serial = serials.encode(batch.code, index, ring)
        uri = serials.printed_uri(settings.STAMPS_HOST, batch.code, serial)
        yield sheets.Label(uri=uri, serial=serial, product_name=product, producer_name=producer)


@transaction.atomic
def hand_over(order: StampOrder, *, by: User, now: datetime | None = None) -> StampOrder:
    """Record that the producer received the stamps."""
    order = _locked(order)
    if order.status != Status.ISSUED:
        raise OrderRefused(
            _("Order %(order)s is %(status)s; only issued stamps can be handed over.")
            % {"order": order, "status": order.get_status_display().lower()}
        )
    order.status, order.handed_over_at, order.handed_over_by = Status.HANDED_OVER, now or timezone.now(), by
    order.save(update_fields=["status", "handed_over_at", "handed_over_by"])
    _log(order, "stamps.handed_over", by=by, at=now, quantity=order.quantity)
    return order


@transaction.atomic
def activate_stamps(
    batch: StampBatch, *, first: str, last: str, lot: Lot, by: User, now: datetime | None = None
) -> Activation:
    """Put the stamps from serial `first` to `last` (both included) on a lot.

    Asking again for a range that is on the lot already changes nothing. Raises ActivationRefused for
    a text that is no stamp of the batch, a range that is reversed or overlaps, and while any of the
    ten minimum items is missing; NotAllowedForYou.
    """
    batch = _locked_batch(batch)
    start, end = _index_of(batch, first, "first"), _index_of(batch, last, "last") + 1
    if batch.order.status != Status.HANDED_OVER:
        raise ActivationRefused(_("The stamps of order %(order)s are not handed over yet.") % {"order": batch.order})
    if known := batch.activations.filter(start=start, end=end, lot=lot, activated_by=by).first():
        return known
    policies.check_can_activate(batch, start, end, lot, by=by)
    activation = Activation.objects.create(
        batch=batch, start=start, end=end, lot=lot, activated_at=now or timezone.now(), activated_by=by
    )
    _log(batch.order, "stamps.activated", by=by, at=now, quantity=activation.quantity, lot=lot.number)
    return activation


def serial_at(batch: StampBatch, index: int) -> str:
    """Return the serial of one running number of the batch."""
    ring = serials.keyring_from_settings().with_version(batch.key_version)
    return serials.encode(batch.code, index, ring)


def uri_at(batch: StampBatch, index: int) -> str:
    """Return the address printed on one stamp of the batch."""
    return serials.printed_uri(settings.STAMPS_HOST, batch.code, serial_at(batch, index))


def _index_of(batch: StampBatch, text: str, field: str) -> int:
    """Return the running number of a stamp that was typed, pasted or scanned."""
    try:
        serial = scan.read_serial(text, batch.code)
        index = serials.decode(batch.code, serial, serials.keyring_from_settings())
    except InvalidSerial as error:
        raise ActivationRefused(str(error), field=field) from error
    return index if serial[0] == batch.key_version else -1  # a number of another key is no stamp of this batch


def _take_numbers(quantity: int) -> int:
    """Return the first of `quantity` running numbers that nobody else gets."""
    counter, _made = SerialCounter.objects.get_or_create(pk=1)
    counter = SerialCounter.objects.select_for_update().get(pk=counter.pk)
    start = counter.next_index
    if start + quantity > serials.MAX_INDEX + 1:
        raise SerialsExhausted(_("All serial numbers are used up; a new serial format is needed."))
    counter.next_index = start + quantity
    counter.save(update_fields=["next_index"])
    return start


def _locked_batch(batch: StampBatch) -> StampBatch:
    rows = StampBatch.objects.select_for_update(of=("self",))
    return rows.select_related("order__enrolment__project__province", "product__producer").get(pk=batch.pk)


def _locked(order: StampOrder) -> StampOrder:
    rows = StampOrder.objects.select_for_update(of=("self",))
    return rows.select_related("enrolment__project__province", "enrolment__product__producer").get(pk=order.pk)


def _decide(order: StampOrder, status: str, by: User, now: datetime) -> None:
    order.status, order.decided_at, order.decided_by = Status(status), now, by
    order.save(update_fields=["status", "decided_at", "decided_by"])


def _log(order: StampOrder, verb: str, *, by: User | None, at: datetime | None, **facts: object) -> None:
    project = order.enrolment.project
    facts["product"] = order.enrolment.product.name
    audit.record(verb, by=by, target=order, case=project, province=project.province, at=at, **facts)
