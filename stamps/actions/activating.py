"""Putting stamps on lots: from a first stamp to a last one, a whole roll, or as many as there are packages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lots.models import Lot
from people.models import User
from stamps import policies
from stamps.actions.common import locked_batch, log
from stamps.errors import ActivationRefused
from stamps.life import ledger, picking
from stamps.models import Activation, Roll, StampBatch, StampOrder


@transaction.atomic
def activate_stamps(
    batch: StampBatch, *, first: str, last: str, lot: Lot, by: User, now: datetime | None = None
) -> Activation:
    """Put the stamps from serial `first` to `last` (both included, typed or scanned) on a lot.

    Asking again for a range that is on the lot already changes nothing. Raises ActivationRefused for
    a text that is no stamp of the batch, a range that is reversed or not free, and while any of the
    ten minimum items is missing; NotAllowedForYou.
    """
    batch = _handed_over(batch)
    return _put_on_lot(batch, picking.between(batch, first, last), lot, by=by, now=now)[0]


@transaction.atomic
def activate_ranges(
    batch: StampBatch, ranges: Sequence[tuple[int, int]], *, lot: Lot, by: User, now: datetime | None = None
) -> list[Activation]:
    """Put exactly these ranges (start, end) on a lot: what a person was shown before confirming.

    Asking again for ranges that are on the lot already changes nothing. Raises as `activate_stamps`, and
    ActivationRefused for ranges that share a stamp.
    """
    if not ranges:
        raise ActivationRefused(_("Choose the stamps first."))
    return _put_on_lot(_handed_over(batch), ranges, lot, by=by, now=now)


@transaction.atomic
def activate_roll(roll: Roll, *, lot: Lot, by: User, now: datetime | None = None) -> list[Activation]:
    """Put what is still free of a roll on a lot; raises ActivationRefused when nothing of it is, and as above."""
    batch = _handed_over(roll.batch)
    return _put_on_lot(batch, picking.of_roll(roll), lot, by=by, now=now)


@transaction.atomic
def activate_count(
    batch: StampBatch, *, quantity: int, lot: Lot, by: User, now: datetime | None = None
) -> list[Activation]:
    """Put the next `quantity` free stamps of a batch on a lot, in the order of their numbers.

    Raises ActivationRefused when fewer are free, and as above.
    """
    batch = _handed_over(batch)
    return _put_on_lot(batch, picking.next_free(batch, quantity), lot, by=by, now=now)


def _handed_over(batch: StampBatch) -> StampBatch:
    batch = locked_batch(batch)
    if batch.order.status != StampOrder.Status.HANDED_OVER:
        raise ActivationRefused(_("The stamps of order %(order)s are not handed over yet.") % {"order": batch.order})
    return batch


def _put_on_lot(
    batch: StampBatch, ranges: Sequence[tuple[int, int]], lot: Lot, *, by: User, now: datetime | None
) -> list[Activation]:
    known = batch.activations.filter(lot=lot, activated_by=by, start__in=[start for start, _end in ranges])
    if {(each.start, each.end) for each in known} == set(ranges):
        return list(known)
    now = now or timezone.now()
    if any(left[1] > right[0] for left, right in pairwise(sorted(ranges))):
        raise ActivationRefused(_("Two ranges name the same stamp; choose the stamps again."))
    for start, end in ranges:
        policies.check_can_activate(batch, start, end, lot, by=by)
    with ledger.booked(batch, by=by, at=now, cause=lot.number):
        made = [
            Activation.objects.create(batch=batch, start=start, end=end, lot=lot, activated_at=now, activated_by=by)
            for start, end in ranges
        ]
    quantity = sum(activation.quantity for activation in made)
    log(batch.order, "stamps.activated", by=by, at=now, quantity=quantity, lot=lot.number)
    return made
