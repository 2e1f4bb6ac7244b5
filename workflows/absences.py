"""What an absence does to the steps: whom it is told, what it offers, and what goes back when it is over."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from viewflow.workflow.models import Task

from notices.actions import tell
from people import absence as absences
from people import audit
from people.errors import Refusal
from people.models import Absence, User
from projects.models import PilotProject
from workflows import handover, inbox, turns
from workflows.models import Turn
from workflows.roles import ROLES_BY_PERMISSION
from workflows.steps import Step, steps_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preview:
    """What will happen to the person's open steps."""

    offered: list[Step]  # the substitute may take them over
    staying: list[Step]  # the substitute is a party to them: they stay, or somebody else gets them
    outside: int  # in other roles or cases
    free: int  # of the person's roles, which the substitute may take as well


@transaction.atomic
def enter(
    person: User,
    *,
    substitute: User,
    starts_on: date,
    ends_on: date,
    by: User,
    roles: Iterable[str] = (),
    cases: Iterable[str] = (),
    authority: str = "",
    now: datetime | None = None,
) -> Absence:
    """Enter an absence and tell the substitute; open steps are offered from its first day on.

    Raises AbsenceRefused, see `people.absence.enter_absence`.
    """
    absence = absences.enter_absence(
        person,
        substitute=substitute,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        roles=roles,
        cases=cases,
        authority=authority,
        now=now,
    )
    facts = {"person": str(person), "start": f"{starts_on:%d/%m/%Y}", "end": f"{ends_on:%d/%m/%Y}"}
    url = f"{reverse('inbox')}?tab={inbox.GROUP}"
    tell("absence.covered", [substitute], key=f"absence:{absence.pk}", facts=facts, url=url, now=now)
    return absence


def end(absence: Absence, *, by: User, now: datetime | None = None) -> Absence:
    """Call an absence off or end it early, and return to the person what the substitute has for them.

    The steps go back one by one after the end is on record; what is busy just now goes back with the next tick.
    """
    absence = absences.end_absence(absence, by=by, now=now)
    bring_back(Turn.objects.filter(acting_for=absence.user_id), now=now)
    return absence


def bring_back(turns_of: QuerySet[Turn] | None = None, *, now: datetime | None = None) -> int:
    """Return every step whose substitute no longer covers its owner, and how many went back; idempotent.

    Called by the tick: an absence ends by itself at midnight.
    """
    covered = (Turn.objects.all() if turns_of is None else turns_of).filter(
        acting_for__isnull=False, task__finished=None
    )
    tasks = Task._default_manager.filter(turn__in=covered, owner__isnull=False).select_related("owner")
    over = [task for task in tasks.order_by("pk") if not _is_theirs(task)]
    return sum(_goes_back(task, now) for task in over)


def _is_theirs(task: Task) -> bool:
    return inbox.is_retired(task) or turns.still_covers(task, task.owner)


def _goes_back(task: Task, now: datetime | None) -> bool:
    try:
        handover.give_back(task, by=None, now=now)
    except Refusal as refusal:
        logger.warning("Step %s could not go back yet: %s", task.pk, refusal)
        return False
    return True


def preview(person: User, substitute: User, *, roles: Iterable[str], cases: Iterable[str]) -> Preview:
    """Return what an absence would do to the person's open steps today."""
    theirs = inbox.for_list(inbox.mine(person))
    covered = theirs.filter(_in_scope(frozenset(roles), list(cases)))
    offered: list[Step] = []
    staying: list[Step] = []
    for step in steps_of(covered):
        staying_here = inbox.is_retired(step.task) or turns.stands_apart(step.task, substitute)
        (staying if staying_here else offered).append(step)
    free = inbox.claimable(person).filter(_in_scope(frozenset(roles), list(cases)), owner=None)
    return Preview(offered, staying, theirs.count() - len(offered) - len(staying), free.count())


def _in_scope(roles: frozenset[str], cases: list[str]) -> Q:
    scope = Q()
    if roles:
        scope &= Q(owner_permission__in=[name for name, holders in ROLES_BY_PERMISSION.items() if holders & roles])
    if cases:
        scope &= Q(project_id__in=[int(case.rpartition(":")[2]) for case in cases])
    return scope


def cases_of(projects: Iterable[PilotProject]) -> list[str]:
    """Return the labels by which an absence names projects."""
    return [audit.label(project) for project in projects]
