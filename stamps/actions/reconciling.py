"""What became of a roll at the print house: so many printed well, these spoiled, and together what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from stamps.actions.changing import State, change_stamps
from stamps.actions.common import locked_batch, log
from stamps.errors import RollRefused
from stamps.models import Roll, StampBatch
from stamps.policies import rolls as roll_policies

Ranges = Sequence[tuple[int, int]]


@transaction.atomic
def reconcile_roll(
    roll: Roll, *, print_house: str, printed: int, spoiled: Ranges = (), by: User, now: datetime | None = None
) -> Roll:
    """Record what was printed of a released roll; the spoiled ranges (start, end) become void.

    Raises RollRefused naming the difference when printed and spoiled do not make the roll, or for a range
    that leaves it; ChangeRefused for stamps that something was said against; NotAllowedForYou.
    """
    batch = locked_batch(roll.batch)
    Roll.objects.select_for_update().get(pk=roll.pk)
    found: Roll = Roll.objects.for_page().get(pk=roll.pk)
    roll_policies.check_can_reconcile(found, printed, spoiled, by=by)
    now = now or timezone.now()
    for start, end in spoiled:
        reason = _("Spoiled in printing, roll %(number)d") % {"number": found.number}
        change_stamps(batch, start, end, state=State.VOID, reason=reason, by=by, now=now)
    found.print_house, found.printed, found.spoiled = print_house.strip(), printed, found.quantity - printed
    found.reconciled_at, found.reconciled_by = now, by
    found.save(update_fields=["print_house", "printed", "spoiled", "reconciled_at", "reconciled_by"])
    facts = {"roll": found.number, "quantity": printed, "spoiled": found.spoiled}
    log(batch.order, "stamps.roll_reconciled", by=by, at=now, **facts)
    return found


@transaction.atomic
def printed_here(batch: StampBatch, *, by: User, now: datetime | None = None) -> list[Roll]:
    """Record that all rolls not counted yet were printed in the office without a spoiled stamp. Raises RollRefused."""
    batch = locked_batch(batch)
    waiting = list(batch.rolls.in_force().filter(reconciled_at=None).for_page())
    if not waiting:
        raise RollRefused(_("There is no roll left to count."))
    return [reconcile_roll(roll, print_house="", printed=roll.quantity, by=by, now=now) for roll in waiting]
