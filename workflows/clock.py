"""The office's clock: how many working days a step may take, and stopping while the other side holds the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from django.utils import timezone

from workflows.models import StepAllowance, Turn
from worktime.working_days import Calendar

# Steps of the office, in working days; an administrator's StepAllowance goes before. A step that is
# not named here follows the date of its case (the author's preparation, a stage, a matter).
ALLOWANCES: Mapping[str, int] = MappingProxyType(
    {
        "workflows.check_format": 2,
        "workflows.review_deliverable": 5,
        "workflows.approve_deliverable": 3,
        "workflows.approve_stamp_order": 3,
        "workflows.hand_over_stamps": 5,
        "workflows.decide_amendment": 3,
    }
)


def allowance(permission: str) -> int | None:
    """Return the working days that a step may take; None when the date of its case counts."""
    built_in = ALLOWANCES.get(permission)
    if built_in is None:
        return None
    known = StepAllowance.objects.filter(permission=permission).values_list("days", flat=True).first()
    return built_in if known is None else known


def due_from(permission: str, day: date) -> date | None:
    """Return until when a step that opens on `day` should be done; None when the date of its case counts."""
    days = allowance(permission)
    return None if days is None else Calendar().add(day, days)


def stop(turn: Turn, *, now: datetime | None = None) -> Turn:
    """Stop the clock of a step because the other side has the case; stopping twice changes nothing."""
    if turn.paused_at is None:
        turn.paused_at = now or timezone.now()
        turn.save(update_fields=["paused_at"])
    return turn


def go_on(turn: Turn, *, now: datetime | None = None) -> Turn:
    """Let the clock run again; the due date moves by the working days that it stood still."""
    if turn.paused_at is not None:
        if turn.due_on is not None:
            calendar, today = Calendar(), timezone.localdate(now)
            turn.due_on = calendar.add(turn.due_on, calendar.between(timezone.localdate(turn.paused_at), today))
        turn.paused_at = None
        turn.save(update_fields=["due_on", "paused_at"])
    return turn
