"""A person's turn at a case: opened with every step, routed to a substitute, and told to its holder."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from viewflow.workflow.models import Task

from onboarding.models import Dossier
from people import audit
from people.absence import Cover, covers_of, substitute_of
from people.models import AdminUnit, User
from people.scope import scope_of
from projects import reviewing
from projects.models import Deliverable, PilotProject, Review
from workflows import clock, telling
from workflows.models import PaperProcess, PilotModelProcess, Turn
from workflows.roles import ROLES_BY_PERMISSION

PREPARE = "workflows.prepare_deliverable"
CHECK = "workflows.check_dossier"
REVISE = "workflows.revise_paper"


def open_turn(task: Task, *, now: datetime | None = None) -> Turn | None:
    """Make the turn of a new step and return it; None for a step outside every project and province.

    If the step is given to somebody who is away, it goes to their substitute, unless that person
    took part in the same round already (their two votes would be one person's).
    """
    place = task.owner_permission_obj
    if not isinstance(place, PilotProject | AdminUnit):
        return None
    due_on = clock.due_from(task.owner_permission, timezone.localdate(now))
    if isinstance(place, AdminUnit):  # a step of a whole group: nobody has it yet
        turn = Turn(task=task, province=place, due_on=due_on)
        turn.save()
        return turn
    project = place
    turn = Turn(task=task, project=project, due_on=due_on)
    if task.owner_id and (substitute := _substitute(task, project, timezone.localdate(now))):
        turn.acting_for, task.owner = task.owner, substitute
        task.save(update_fields=["owner"])
        facts = {"step": str(task.title), "to": substitute.pk, "absent": turn.acting_for.pk}
        audit.record("task.covered", by=None, target=task, case=project, province=project.province, at=now, **facts)
    turn.save()
    if task.owner_id:
        telling.tell_step_opened(turn, now=now)
    return turn


def _substitute(task: Task, project: PilotProject, day: date) -> User | None:
    case = audit.label(project)
    person = substitute_of(task.owner, roles=_roles(task), province_id=project.province_id, case=case, day=day)
    return person if person and not stands_apart(task, person) else None


def _roles(task: Task) -> frozenset[str]:
    return ROLES_BY_PERMISSION.get(task.owner_permission or "", frozenset())


# --- who must keep out ---------------------------------------------------------------------------
def stands_apart(task: Task, person: User) -> bool:
    """Whether the person must keep out of the step: it is about what they handed in, or they vote in the round."""
    review: Any = task.seed
    if isinstance(review, Review):
        return person.pk in reviewing.busy_reviewers(review) or _has_another_vote(task, person)
    return person.pk in _parties(task)


def handed_in_through_another(task: Task, person: User) -> bool:
    """Whether a substitute handed the paper in for the person, who then cannot decide on it either."""
    paper = deliverable_of(task)
    if paper is None or task.owner_permission == PREPARE or paper.submitted_at is None:
        return False
    submission = Turn.objects.filter(
        task__process__deliverableprocess__deliverable=paper,
        task__owner_permission=PREPARE,
        task__finished__isnull=False,
        task__owner=paper.submitted_by_id,
    ).order_by("-task__finished")
    return submission.values_list("acting_for", flat=True).first() == person.pk


def _has_another_vote(task: Task, person: User) -> bool:
    """Whether the person has another review of the round, for themselves or for somebody else."""
    others = Task._default_manager.filter(process=task.process_id, flow_task=task.flow_task, finished=None)
    return others.filter(owner=person).exclude(pk=task.pk).exists()


def _parties(task: Task) -> set[int]:
    """Ids of those who asked for what the step decides on."""
    case: Any = task.process.coerced
    if isinstance(case, PilotModelProcess):
        return {case.project.manager_id} if task.owner_permission == "workflows.accept_project" else set()
    if paper := deliverable_of(task):
        return set() if task.owner_permission == PREPARE else {paper.submitted_by_id} - {None}  # type: ignore[return-value]
    if order := getattr(case, "order", None):
        return {order.requested_by_id} if task.owner_permission == "workflows.approve_stamp_order" else set()
    if journey := getattr(case, "onboarding", None):
        # Whoever sent a declaration for its producer does not find it right.
        dossier = Dossier.objects.filter(onboarding=journey).first()
        return {dossier.sent_by_id} - {None} if dossier and task.owner_permission == CHECK else set()  # type: ignore[return-value]
    if group := getattr(case, "group", None):
        return {group.written_by_id} - {None} if task.owner_permission == "workflows.approve_process" else set()
    if matter := getattr(case, "matter", None):
        return {matter.raised_by_id}
    if isinstance(case, PaperProcess):
        return _parties_of_paper(case, task)
    amendment = getattr(case, "amendment", None)
    return {amendment.requested_by_id} if amendment else set()


def _parties_of_paper(run: PaperProcess, task: Task) -> set[int]:
    """Drafter, checker and signer of a paper are different people."""
    if task.owner_permission == REVISE:
        return set()
    return {run.sent_by_id, run.checked_by_id} - {None}


def deliverable_of(task: Task) -> Deliverable | None:
    """The deliverable that the step is about, if it is about one."""
    process: Any = task.process.coerced
    deliverable: Deliverable | None = getattr(process, "deliverable", None)
    return deliverable


# --- for whom ------------------------------------------------------------------------------------
def principal(task: Task, user: User) -> User | None:
    """Return the absent person for whom the user does the step; None when they do it in their own right."""
    turn = _turn_of(task)
    if turn is None:
        return None
    if turn.acting_for_id and task.owner_id == user.pk:
        return turn.acting_for
    if scope_of(user).has_role(*_roles(task), province_id=turn.home.pk):
        return None
    people = User.objects.in_bulk([cover.absent_id for cover in _covers(user, task, turn)])
    absent = sorted(people.values(), key=lambda person: (stands_apart(task, person), person.pk))
    return absent[0] if absent else None


def covered_owner(task: Task, user: User) -> User | None:
    """Return the absent person who has the step and whom the user covers in it today; None if there is none."""
    turn = _turn_of(task)
    if turn is None or task.owner_id is None or task.owner_id == user.pk:
        return None
    covers = _covers(user, task, turn)
    return task.owner if any(cover.absent_id == task.owner_id for cover in covers) else None


def still_covers(task: Task, user: User) -> bool:
    """Whether the step, if the user has it for somebody else, is still theirs to do: the absence may be over.

    Read afresh, because a day or an absence may have ended since the page was opened.
    """
    turn = _turn_of(task)
    if turn is None or turn.acting_for_id is None:
        return True
    covers = _covers(user, task, turn, timezone.localdate())
    return any(cover.absent_id == turn.acting_for_id for cover in covers)


def _turn_of(task: Task) -> Turn | None:
    turn: Turn | None = (
        Turn.objects.filter(task=task).select_related("project__province", "province", "acting_for").first()
    )
    return turn


def _covers(user: User, task: Task, turn: Turn, day: date | None = None) -> list[Cover]:
    """The user's covers that give a right to the step."""
    roles, case = _roles(task), audit.label(turn.project or turn.home)
    return [cover for cover in covers_of(user, day) if cover.gives(roles, province_id=turn.home.pk, case=case)]
