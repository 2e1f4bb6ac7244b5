"""Changing the state of stamps: suspend, void, lost, damaged, replaced, restored. Rows are only added."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from stamps import policies
from stamps.actions.common import locked_batch, log
from stamps.errors import ChangeRefused
from stamps.life import ledger
from stamps.life.spans import spans_of
from stamps.models import Activation, StampBatch, StampChange

State = StampChange.State
VERBS = {
    State.SUSPENDED: "stamps.suspended",
    State.VOID: "stamps.void",
    State.LOST: "stamps.lost",
    State.DAMAGED: "stamps.damaged",
    State.REPLACED: "stamps.replaced",
    State.RESTORED: "stamps.restored",
}


@transaction.atomic
def change_stamps(
    batch: StampBatch, start: int, end: int, *, state: str, reason: str, by: User, now: datetime | None = None
) -> StampChange:
    """Say of the stamps start ≤ n < end that they are suspended, void, lost, damaged, or restored.

    Raises ChangeRefused for a range outside the batch, without a reason, or when a stamp of it is in a
    state from which there is no such way; NotAllowedForYou.
    """
    batch, now = locked_batch(batch), now or timezone.now()
    policies.check_can_change(batch, start, end, State(state), reason, by=by)
    return _changed(batch, start, end, State(state), reason, by=by, now=now)


@transaction.atomic
def replace_stamps(
    batch: StampBatch,
    start: int,
    end: int,
    *,
    replacement: tuple[StampBatch, int],
    reason: str,
    by: User,
    now: datetime | None = None,
) -> StampChange:
    """Let as many free stamps, from the given running number on, take the place of start ≤ n < end.

    The old ones answer from now on that they are replaced, and by which. Where they were on a lot, their
    replacements are put on it. Raises ChangeRefused when the new stamps are of another product, not
    handed over or not free, or the old ones are on more than one lot; NotAllowedForYou.
    """
    now = now or timezone.now()
    # Always the lower number first: two replacements across the same two batches must not wait for each other.
    both = sorted({batch, replacement[0]}, key=lambda each: each.pk)
    locked = {each.pk: locked_batch(each) for each in both}
    batch, other, first = locked[batch.pk], locked[replacement[0].pk], replacement[1]
    policies.check_can_change(batch, start, end, State.REPLACED, reason, by=by)
    policies.check_can_replace(batch, start, end, other, first)
    lots = {span.activation.lot for span in spans_of(batch, start, end) if span.activation}
    if len(lots) > 1:
        raise ChangeRefused(_("The stamps are on several lots; replace those of one lot at a time."), field="last")
    change = _changed(batch, start, end, State.REPLACED, reason, by=by, now=now, replaced_by=first)
    for lot in lots:
        with ledger.booked(other, by=by, at=now, cause=lot.number):
            Activation.objects.create(
                batch=other, start=first, end=first + end - start, lot=lot, activated_at=now, activated_by=by
            )
    return change


def _changed(
    batch: StampBatch,
    start: int,
    end: int,
    state: State,
    reason: str,
    *,
    by: User,
    now: datetime,
    replaced_by: int | None = None,
) -> StampChange:
    reason = reason.strip()
    with ledger.booked(batch, by=by, at=now, cause=reason):
        change = StampChange.objects.create(
            batch=batch,
            start=start,
            end=end,
            state=state,
            reason=reason,
            replaced_by=replaced_by,
            changed_at=now,
            changed_by=by,
        )
    log(batch.order, VERBS[state], by=by, at=now, quantity=change.quantity, reason=reason)
    return change
