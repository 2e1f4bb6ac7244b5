"""A person's turn at a case: opened with every step, routed to a substitute, and told to its holder."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from viewflow.workflow.models import Task

from people import audit
from people.absence import covers_of, substitute_of
from people.models import User
from people.scope import scope_of
from projects import policies
from projects.models import Deliverable, PilotProject, Review
from workflows import clock
from workflows.models import Turn
from workflows.roles import ROLES_BY_PERMISSION


def open_turn(task: Task, *, now: datetime | None = None) -> Turn | None:
    """Make the turn of a new step and return it; None for a step outside every project.

    If the step is given to somebody who is away, it goes to their substitute, unless that person
    took part in the same round already (their two votes would be one person's).
    """
    project = task.owner_permission_obj
    if not isinstance(project, PilotProject):
        return None
    due_on = clock.due_from(task.owner_permission, timezone.localdate(now))
    turn = Turn(task=task, project=project, due_on=due_on)
    if task.owner_id and (substitute := _substitute(task, project)):
        turn.acting_for, task.owner = task.owner, substitute
        task.save(update_fields=["owner"])
        facts = {"step": str(task.title), "to": substitute.pk, "absent": turn.acting_for.pk}
        audit.record("task.covered", by=None, target=task, case=project, province=project.province, at=now, **facts)
    turn.save()
    return turn


def _substitute(task: Task, project: PilotProject) -> User | None:
    roles = ROLES_BY_PERMISSION.get(task.owner_permission or "", frozenset())
    person = substitute_of(task.owner, roles=roles, case=audit.label(project))
    return person if person and not stands_apart(task, person) else None


def stands_apart(task: Task, person: User) -> bool:
    """Whether the person must keep out of the step: they handed the paper in, or vote in the round already."""
    review: Any = task.seed
    if isinstance(review, Review):
        return person.pk in policies.busy_reviewers(review)
    paper = deliverable_of(task)
    decides = task.owner_permission != "workflows.prepare_deliverable"
    return decides and paper is not None and paper.submitted_by_id == person.pk


def deliverable_of(task: Task) -> Deliverable | None:
    """The deliverable that the step is about, if it is about one."""
    process: Any = task.process.coerced
    deliverable: Deliverable | None = getattr(process, "deliverable", None)
    return deliverable


def principal(task: Task, user: User) -> User | None:
    """Return the absent person for whom the user does the step; None when they do it in their own right."""
    turn: Turn | None = Turn.objects.filter(task=task).select_related("project", "acting_for").first()
    if turn is None:
        return None
    if turn.acting_for_id:
        return turn.acting_for
    roles = ROLES_BY_PERMISSION.get(task.owner_permission or "", frozenset())
    if scope_of(user).has_role(*roles, province_id=turn.project.province_id):
        return None
    case = audit.label(turn.project)
    for cover in covers_of(user):
        if cover.role in roles and cover.province_id == turn.project.province_id and cover.reaches(case):
            return User.objects.get(pk=cover.absent_id)
    return None
