"""Being away, and what the database says about a substitution."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from viewflow.workflow.models import Task

from people.models import Absence, AuditEvent, User
from projects.models import Deliverable
from tests.factories import desk
from tests.factories.people import Office
from workflows import absences
from workflows.models import Turn


def away(person: User, substitute: User, **scope: Any) -> Absence:
    """Let a person be away from today for a week."""
    today = timezone.localdate()
    return absences.enter(
        person, substitute=substitute, starts_on=today, ends_on=today + timedelta(days=6), by=person, **scope
    )


def over(absence: Absence) -> None:
    """Let the absence have ended yesterday, as the clock does it."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Absence.objects.filter(pk=absence.pk).update(starts_on=yesterday, ends_on=yesterday)


def fresh(user: User) -> User:
    """Return the person as the next request reads them."""
    return User.objects.get(pk=user.pk)


def owner(task: Task) -> User | None:
    """Return who has the step now."""
    task.refresh_from_db()
    return task.owner


def acting_for(task: Task) -> User | None:
    """Return for whom the step is done."""
    return Turn.objects.get(task=task).acting_for


def last(verb: str) -> AuditEvent:
    """Return the last act of a verb."""
    return AuditEvent.objects.filter(verb=verb).latest("pk")


def with_leader(deliverable: Deliverable, office: Office) -> None:
    """Bring the deliverable to the leader's approval."""
    desk.in_review(deliverable, office)
    for reviewer in office.reviewers[:2]:
        desk.do(deliverable, "review", reviewer, desk.APPROVE)
