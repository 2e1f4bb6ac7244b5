"""Ordering, issuing and handing over stamps."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from projects.models import Enrolment
from stamps import policies
from stamps.actions.common import locked_batch, locked_order, log
from stamps.codes import serials
from stamps.errors import OrderRefused, SerialsExhausted
from stamps.life import ledger
from stamps.models import SerialCounter, StampBatch, StampOrder
from stamps.policies import rolls as roll_policies

Status = StampOrder.Status


@transaction.atomic
def order_stamps(
    enrolment: Enrolment,
    *,
    quantity: int,
    by: User,
    note: str = "",
    has_pin: bool = False,
    state_share: int = 100,
    unit_price: int | None = None,
    now: datetime | None = None,
) -> StampOrder:
    """Return a new order for stamps of an enrolled product.

    `state_share` is the part in per cent that the budget pays, the producer pays the rest; `unit_price` is in
    đồng for one stamp. Raises OrderRefused, also beyond the quota of the enrolment, or NotAllowedForYou.
    """
    # The enrolment's lock keeps two orders from taking the same rest of its quota.
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("project__province", "product__producer")
        .get(pk=enrolment.pk)
    )
    policies.check_can_order(enrolment, quantity, by=by)
    policies.check_shares(state_share, unit_price)
    order = StampOrder.objects.create(
        enrolment=enrolment,
        quantity=quantity,
        note=note,
        has_pin=has_pin,
        state_share=state_share,
        producer_share=100 - state_share,
        unit_price=unit_price,
        requested_at=now or timezone.now(),
        requested_by=by,
    )
    log(order, "stamps.ordered", by=by, at=now, quantity=quantity)
    return order


@transaction.atomic
def issue_stamps(order: StampOrder, *, by: User, now: datetime | None = None) -> StampBatch:
    """Approve an order and issue its stamps: one row with a range of running numbers, whatever the quantity.

    The range is recorded before any file is made. Raises OrderRefused, NotAllowedForYou,
    SerialsExhausted.
    """
    order = locked_order(order)
    policies.check_can_issue(order, by=by)
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
    batch.order = order
    ledger.book_issue(batch, by=by, at=now)
    log(order, "stamps.issued", by=by, at=now, quantity=order.quantity)
    return batch


@transaction.atomic
def refuse_order(order: StampOrder, *, by: User, reason: str, now: datetime | None = None) -> StampOrder:
    """Refuse an order, with a reason that its author reads."""
    order = locked_order(order)
    policies.check_can_decide(order, by=by)
    if not reason.strip():
        raise OrderRefused(_("Give a reason for refusing order %(order)s.") % {"order": order})
    order.refusal = reason.strip()
    order.save(update_fields=["refusal"])
    _decide(order, Status.REFUSED, by, now or timezone.now())
    log(order, "stamps.refused", by=by, at=now, reason=order.refusal)
    return order


@transaction.atomic
def cancel_order(order: StampOrder, *, now: datetime | None = None) -> StampOrder:
    """Say that the run of an undecided order was cancelled."""
    order = locked_order(order)
    if order.status == Status.REQUESTED:
        order.status = Status.CANCELLED
        order.save(update_fields=["status"])
        log(order, "stamps.order_cancelled", by=None, at=now)
    return order


@transaction.atomic
def hand_over(order: StampOrder, *, by: User, now: datetime | None = None) -> StampOrder:
    """Record that the producer received the stamps, all printed and counted. Raises OrderRefused, RollRefused."""
    order = locked_order(order)
    if order.status != Status.ISSUED:
        raise OrderRefused(
            _("Order %(order)s is %(status)s; only issued stamps can be handed over.")
            % {"order": order, "status": order.get_status_display().lower()}
        )
    now = now or timezone.now()
    batch = locked_batch(order.batch)
    roll_policies.check_can_hand_over(batch)
    with ledger.booked(batch, by=by, at=now):
        order.status, order.handed_over_at, order.handed_over_by = Status.HANDED_OVER, now, by
        order.save(update_fields=["status", "handed_over_at", "handed_over_by"])
        batch.order = order
    log(order, "stamps.handed_over", by=by, at=now, quantity=order.quantity)
    return order


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


def _decide(order: StampOrder, status: str, by: User, now: datetime) -> None:
    order.status, order.decided_at, order.decided_by = Status(status), now, by
    order.save(update_fields=["status", "decided_at", "decided_by"])
