"""Checking a hidden code: one row per stamp, under its lock, so that parallel guesses are counted one by one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from stamps.actions.alerting import raise_alert
from stamps.codes import serials
from stamps.codes.pins import MAX_FAILED, is_pin
from stamps.life.standing import Standing
from stamps.life.wrong_pins import Answer, Outcome, is_well_formed
from stamps.models import PinTry, StampAlert


@transaction.atomic
def check_pin(standing: Standing, text: str, *, now: datetime | None = None) -> Answer:
    """Compare a hidden code with the stamp's, and keep what came of it: the fifth wrong try locks the code for good.

    A right code clears the wrong tries. What is not eight digits is no try. The row is locked before the code is
    looked at: of a hundred guesses sent at once only the first five are. Raises an alert when the code locks.
    """
    now = now or timezone.now()
    rows = PinTry.objects.select_for_update()
    if not is_well_formed(text):
        row = PinTry.objects.filter(index=standing.index).first() or PinTry(index=standing.index)
        return Answer(Outcome.LOCKED if row.locked_at else Outcome.MISTYPED, MAX_FAILED - row.failed)
    row, _is_new = rows.get_or_create(index=standing.index)
    if row.locked_at is not None:
        return Answer(Outcome.LOCKED, 0)
    if is_pin(text, standing.batch.code, standing.serial, serials.keyring_from_settings()):
        row.failed, row.confirmations = 0, row.confirmations + 1
        row.confirmed_at = row.confirmed_at or now
        row.save(update_fields=["failed", "confirmations", "confirmed_at"])
        return Answer(Outcome.RIGHT, MAX_FAILED)
    row.failed += 1
    if row.failed >= MAX_FAILED:
        row.locked_at = now
        raise_alert(StampAlert.Kind.PIN, standing, facts={"failed": row.failed}, now=now)
    row.save(update_fields=["failed", "locked_at"])
    return Answer(Outcome.LOCKED if row.locked_at else Outcome.WRONG, MAX_FAILED - row.failed)
