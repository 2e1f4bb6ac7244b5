"""Taking a step, giving it back, handing it over: the engine's acts, each with its line in the history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.models import Task

from people import audit
from people.models import Membership, User
from people.scope import scope_of
from projects import policies, reviewing
from projects.actions import deliverable as deliverables
from projects.actions import matters
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import PilotProject, Review
from workflows import engine, inbox, telling, turns
from workflows.errors import StepRetired
from workflows.models import Turn
from workflows.roles import ROLES_BY_PERMISSION, Role


@transaction.atomic
def claim(task: Task, *, by: User, now: datetime | None = None) -> Task:
    """Take an unowned step; taking it twice changes nothing. Raises AlreadyHandled, NotYourTask, Busy."""
    check_known(task)
    had_it = task.owner_id == by.pk
    task = engine.claim(task, user=by)
    if not had_it:
        turn = Turn.objects.filter(task=task).select_related("acting_for").first()
        with audit.on_behalf_of(turn.acting_for if turn else None):
            _log(task, "task.claimed", by=by, at=now)
    return task


@transaction.atomic
def take_over(task: Task, *, by: User, now: datetime | None = None) -> Task:
    """Take over the open step of somebody whom the user covers; a review keeps its reviewer.

    Raises AlreadyHandled, NotYourTask (they do not cover its owner in this case), NotApart (one of the two
    handed the paper in, or votes in the round already), Busy.
    """
    check_known(task)
    if task.owner_id == by.pk:
        return task
    absent = engine.stand_in(task, user=by)
    with audit.on_behalf_of(absent):
        _log(task, "task.taken_over", by=by, at=now)
    return task


@transaction.atomic
def give_back(task: Task, *, by: User | None, now: datetime | None = None) -> Task:
    """Return a substitute's step to the person for whom they have it; None as `by` is the end of the absence.

    Raises NotAllowedForYou for anyone but the two, AlreadyHandled, Busy. Without a substitute nothing happens.
    """
    check_known(task)
    if by is not None and not can_give_back(by, task):
        raise NotAllowedForYou(_("Only the substitute and the person who is away can give the step back."))
    absent = engine.give_back(task)
    if absent is not None:
        _log(task, "task.given_back", by=by, at=now, to=absent.pk)
    return task


def can_take_over(user: User, task: Task) -> bool:
    """Whether the step is offered to the user because its owner is away and they stand in."""
    return turns.covered_owner(task, user) is not None


def can_give_back(user: User, task: Task) -> bool:
    """Whether the user has the step for somebody, or somebody has it for the user."""
    absent = Turn.objects.filter(task=task, acting_for__isnull=False).values_list("acting_for", flat=True).first()
    return absent is not None and user.pk in (absent, task.owner_id)


@transaction.atomic
def release(task: Task, *, by: User, now: datetime | None = None) -> Task:
    """Give a step back to all who may do it. Raises AlreadyHandled, NotYourTask, Busy."""
    check_known(task)
    had_an_owner = task.owner_id is not None
    task = engine.release(task, by=by)
    if had_an_owner:
        _log(task, "task.released", by=by, at=now)
    return task


@transaction.atomic
def reassign(task: Task, *, to: User, by: User, reason: str, now: datetime | None = None) -> Task:
    """Hand an open step to another person who may do it, with a reason.

    A review's row changes its reviewer with it. Raises NotAllowedForYou (see `can_reassign`),
    NotAllowedNow without a reason, CannotTake, AlreadyHandled, Busy.
    """
    check_known(task)
    if not can_reassign(by, inbox.project_of(task)):
        raise NotAllowedForYou(_("Only the managers of the project and the leaders can hand over a step."))
    if not reason.strip():
        raise NotAllowedNow(_("Give a reason for handing over the step."))
    task = engine.reassign(task, to=to)
    if isinstance(task.seed, Review):
        deliverables.hand_over_review(task.seed, to=to)
    if matter := getattr(task.process.coerced, "matter", None):
        matters.readdress(matter, to=to)
    _log(task, "task.reassigned", by=by, at=now, to=to.pk, reason=reason.strip())
    if to != by:
        telling.tell_handed_over(task, now=now)
    return task


def can_reassign(user: User, project: PilotProject | None) -> bool:
    """Whether the user may hand over steps of the project: its managers, and leaders in its province."""
    if project is None:
        return False
    leads = scope_of(user).has_role(Role.LEADER, province_id=project.province_id)
    return leads or policies.can_manage(user, project)


def candidates(task: Task) -> QuerySet[User]:
    """People who hold the step's role in the project's province, without the one who has it."""
    project = inbox.project_of(task)
    offices = Membership.objects.active(timezone.localdate()).filter(
        role__in=ROLES_BY_PERMISSION.get(task.owner_permission or "", frozenset()),
        organisation__province=project.province_id if project else None,
    )
    people = User.objects.filter(pk__in=offices.values("user")).exclude(pk=task.owner_id)
    review: Any = task.seed
    if isinstance(review, Review):
        people = people.exclude(pk__in=reviewing.busy_reviewers(review))
    if matter := getattr(task.process.coerced, "matter", None):
        people = people.exclude(pk=matter.raised_by_id)
    return people.order_by("full_name", "pk")


def check_known(task: Task) -> None:
    """The engine cannot open a step whose node is gone."""
    if inbox.is_retired(task):
        raise StepRetired


def _log(task: Task, verb: str, *, by: User | None, at: datetime | None, **facts: object) -> None:
    project = inbox.project_of(task)
    turn: Turn | None = getattr(task, "turn", None)
    province = turn.home if turn else None
    audit.record(verb, by=by, target=task, case=project, province=province, at=at, step=str(task.title), **facts)
