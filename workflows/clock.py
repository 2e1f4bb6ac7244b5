"""The office's clock: how many working days a step may take, and stopping while the other side holds the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from django.utils import timezone
from viewflow.workflow.models import Task

from projects.models import Deliverable, Matter
from workflows.models import StepAllowance, Turn
from worktime.working_days import Calendar

PREPARE = "workflows.prepare_deliverable"

# Steps of the office, in working days; an administrator's StepAllowance goes before. A step that is
# not named here follows the date of its case (the author's preparation, a stage, a matter).
ALLOWANCES: Mapping[str, int] = MappingProxyType(
    {
        "workflows.check_format": 2,
        "workflows.review_deliverable": 5,
        "workflows.approve_deliverable": 3,
        "workflows.approve_stamp_order": 3,
        "workflows.hand_over_stamps": 5,
        "workflows.check_paper": 2,
        "workflows.sign_paper": 3,
        "workflows.look_into_report": 5,
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


# --- who held a deliverable, and how long -------------------------------------------------------
@dataclass(frozen=True)
class Held:
    """How many working days the office and the author have had a deliverable so far."""

    office: int
    author: int


class _Span(NamedTuple):
    """A time in which somebody has the case."""

    start: datetime
    end: datetime
    by_author: bool
    is_question: bool = False


def held(deliverable: Deliverable, *, now: datetime | None = None, calendar: Calendar | None = None) -> Held:
    """Return for how many working days the office's steps and the author have held the deliverable.

    Steps side by side (reviews) count once. While a question to the author is open the clock of the
    office stands still and the time counts as the author's. Three queries with the calendar's.
    """
    now = now or timezone.now()
    calendar = calendar or Calendar()
    spans = [*_step_spans(deliverable, now), *_question_spans(deliverable, now)]
    totals = {True: 0, False: 0}
    for start, end in pairwise(sorted({time for span in spans for time in (span.start, span.end)})):
        whose = _whose(span for span in spans if span.start <= start and end <= span.end)
        if whose is not None:
            totals[whose] += calendar.between(timezone.localdate(start), timezone.localdate(end))
    return Held(office=totals[False], author=totals[True])


def _whose(spans: Iterable[_Span]) -> bool | None:
    """Whether the author has the case; None when no step is open."""
    spans = list(spans)
    steps = [span for span in spans if not span.is_question]
    if not steps:
        return None
    return len(steps) < len(spans) or all(span.by_author for span in steps)


def _step_spans(deliverable: Deliverable, now: datetime) -> list[_Span]:
    steps = Task._default_manager.filter(
        process__deliverableprocess__deliverable=deliverable, turn__isnull=False
    ).values_list("created", "finished", "owner_permission", "turn__paused_at")
    spans = []
    for created, finished, permission, paused_at in steps:
        spans.append(_Span(created, max(finished or now, created), by_author=permission == PREPARE))
        if paused_at is not None and finished is None:
            spans.append(_Span(paused_at, max(now, paused_at), by_author=True, is_question=True))
    return spans


def _question_spans(deliverable: Deliverable, now: datetime) -> list[_Span]:
    questions = Matter.objects.filter(deliverable=deliverable, kind=Matter.Kind.QUESTION)
    return [
        _Span(raised, max(answered or withdrawn or now, raised), by_author=True, is_question=True)
        for raised, answered, withdrawn in questions.values_list("raised_at", "answered_at", "withdrawn_at")
    ]
