"""Minutes of handing over and activating stamps (GL-2.D3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from documents.contexts.stamps import StampHandover, StampRange
from projects.models import Deliverable, PilotProject
from registry.models import Producer
from stamps.actions import serial_at
from stamps.codes import serials
from stamps.models import Activation, StampBatch, StampOrder
from workflows.contexts import case

Status = StampOrder.Status


def stamp_handover(deliverable: Deliverable, day: date) -> StampHandover:
    """Return the ranges handed over in the project, each with the lot that it is activated on."""
    project = case.project_of(deliverable)
    batches = _handed_over(project)
    case.refuse_if(_missing(project, batches))
    last = max((batch.order for batch in batches), key=lambda order: (order.handed_over_at, order.pk))
    ranges = tuple(row for batch in batches for row in _ranges(batch))
    receivers = list({batch.product.producer.pk: batch.product.producer for batch in batches}.values())
    name, title, organisation = _receiver(receivers)
    giver = last.handed_over_by
    return StampHandover(
        project_title=project.title,
        order_number=_order_numbers([batch.order.pk for batch in batches]),
        held_on=case.dated(last.handed_over_at),
        place=project.owner.name,
        giver_name=giver.full_name if giver else "",
        giver_title=(giver.job_title if giver else "") or "Cán bộ quản lý tem",
        giver_organisation=project.owner.name,
        receiver_name=name,
        receiver_title=title,
        receiver_organisation=organisation,
        ranges=ranges,
        quantity=sum(row.quantity for row in ranges),
        activated=sum(row.quantity for row in ranges if row.lot),
    )


def _handed_over(project: PilotProject) -> list[StampBatch]:
    rows = StampBatch.objects.filter(order__enrolment__project=project, order__status=Status.HANDED_OVER)
    return list(
        rows.select_related("order__handed_over_by", "product__producer")
        .prefetch_related("activations__lot")
        .order_by("start")
    )


def _missing(project: PilotProject, batches: Sequence[StampBatch]) -> list[str]:
    waiting = StampOrder.objects.filter(enrolment__project=project, status__in=[Status.REQUESTED, Status.ISSUED])
    missing = [] if batches else [_("No stamps were handed over: order, issue and hand them over first.")]
    if orders := list(waiting.select_related("enrolment__product").order_by("pk")):
        missing.append(_("Orders not handed over yet (hand them over or refuse them): %s.") % case.listed(orders))
    return missing


def _ranges(batch: StampBatch) -> Iterator[StampRange]:
    """Yield the batch in order: what is on a lot, and the runs between that are not."""
    free = batch.start
    for activation in sorted(batch.activations.all(), key=lambda row: row.start):
        if activation.start > free:
            yield _range(batch, free, activation.start)
        yield _range(batch, activation.start, activation.end, activation)
        free = activation.end
    if free < batch.end:
        yield _range(batch, free, batch.end)


def _range(batch: StampBatch, start: int, end: int, activation: Activation | None = None) -> StampRange:
    return StampRange(
        product=f"{batch.product.name} – {batch.product.producer.name}",
        first_serial=serials.grouped(serial_at(batch, start)),
        last_serial=serials.grouped(serial_at(batch, end - 1)),
        quantity=end - start,
        lot=activation.lot.number if activation else "",
        activated_on=case.dated(activation.activated_at) if activation else "",
    )


def _order_numbers(numbers: Sequence[int]) -> str:
    if len(numbers) <= case.SHOWN_NAMES:
        return ", ".join(map(str, numbers))
    return f"{numbers[0]} đến {numbers[-1]} ({case.counted(len(numbers))} yêu cầu)"


def _receiver(receivers: Sequence[Producer]) -> tuple[str, str, str]:
    """Return name, title and organisation of the side that receives; the table names each of several producers."""
    if len(receivers) == 1:
        return receivers[0].representative, "Đại diện chủ thể", receivers[0].name
    count = case.counted(len(receivers))
    return "Đại diện từng chủ thể ký nhận", "Đại diện chủ thể", f"{count} chủ thể có tên tại bảng ở Mục 3"
