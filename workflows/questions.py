"""A question to the author stops the office's clocks; its answer lets them go on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from viewflow.workflow.models import Task

from people.models import User
from projects.models import Deliverable, Matter
from workflows import clock
from workflows.models import Turn

# Steps in which the office holds a deliverable; whoever has one of them may ask.
OFFICE_STEPS = ("workflows.check_format", "workflows.review_deliverable", "workflows.approve_deliverable")


def can_ask(user: User, task: Task) -> bool:
    """Whether the user has an open step of the office on a deliverable, and may do it today."""
    node: Any = task.flow_task
    return task.owner_permission in OFFICE_STEPS and task.finished is None and node.can_execute(user, task)


def questions_of(deliverable: Deliverable) -> QuerySet[Matter]:
    """The questions on the deliverable that were not taken back, the latest first."""
    rows = deliverable.matters.filter(kind=Matter.Kind.QUESTION, withdrawn_at=None)
    found: QuerySet[Matter] = rows.select_related("raised_by", "addressee", "answered_by").order_by("-pk")
    return found


def open_questions(deliverable: Deliverable) -> QuerySet[Matter]:
    """Questions on the deliverable that wait for their answer."""
    found: QuerySet[Matter] = deliverable.matters.filter(kind=Matter.Kind.QUESTION, answered_at=None, withdrawn_at=None)
    return found


def stop_clocks(deliverable: Deliverable, *, now: datetime | None = None) -> None:
    """Stop the clocks of the office's open steps; the caller holds the deliverable's row."""
    for turn in _office_turns(deliverable):
        clock.stop(turn, now=now)


def let_go_on(matter: Matter, *, now: datetime | None = None) -> None:
    """Let the clocks go on after a question is answered or taken back, unless another one is open."""
    if matter.kind != Matter.Kind.QUESTION or matter.deliverable_id is None:
        return
    # The row is locked, so that a question asked at the same moment is either seen here or stops the clocks after.
    deliverable = Deliverable.objects.select_for_update(of=("self",)).get(pk=matter.deliverable_id)
    if open_questions(deliverable).exclude(pk=matter.pk).exists():
        return
    for turn in _office_turns(deliverable):
        clock.go_on(turn, now=now)


def _office_turns(deliverable: Deliverable) -> list[Turn]:
    rows = Turn.objects.filter(
        task__process__deliverableprocess__deliverable=deliverable,
        task__owner_permission__in=OFFICE_STEPS,
        task__finished=None,
    )
    return list(rows.order_by("pk"))
