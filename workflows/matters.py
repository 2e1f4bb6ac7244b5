"""Raising a matter, asking the author, taking it back: the room's acts together with their flow."""

from __future__ import annotations

from datetime import date, datetime

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Task

from people import audit
from people.models import User
from projects.actions import matters
from projects.errors import NotAllowedForYou
from projects.models import Deliverable, Matter, Milestone, PilotProject
from workflows import questions, turns
from workflows.errors import AlreadyHandled, Busy
from workflows.flows import DeliverableFlow, MatterFlow
from workflows.models import MatterProcess
from workflows.nodes import CLOSED
from workflows.telling import tell_matter_raised


@transaction.atomic
def raise_matter(
    project: PilotProject,
    *,
    kind: str,
    text: str,
    addressee: User,
    due_on: date,
    by: User,
    needed: str = "",
    milestone: Milestone | None = None,
    now: datetime | None = None,
) -> Matter:
    """Report a difficulty or give a direction; it becomes a step of the addressee."""
    matter = matters.raise_matter(
        project,
        kind=kind,
        text=text,
        addressee=addressee,
        due_on=due_on,
        by=by,
        needed=needed,
        milestone=milestone,
        now=now,
    )
    return _started(matter, now)


@transaction.atomic
def ask_author(task: Task, *, text: str, due_on: date, by: User, now: datetime | None = None) -> Matter:
    """Ask the author of the deliverable that the user's step is about, and stop the office's clocks.

    Everything under the lock of the run: a decision is before the question or after it. Raises AlreadyHandled,
    NotAllowedForYou for people without an open step of the office, what the room's act raises, Busy.
    """
    try:
        with DeliverableFlow.instance.lock(task.process_id):
            task.refresh_from_db()
            if task.finished is not None:
                raise AlreadyHandled(task)
            deliverable = turns.deliverable_of(task)
            if deliverable is None or not questions.can_ask(by, task):
                raise NotAllowedForYou(_("Only whoever has the step can ask the author; take the step first."))
            with audit.on_behalf_of(turns.principal(task, by)):
                matter = matters.ask_author(deliverable, text=text, due_on=due_on, by=by, now=now)
            questions.stop_clocks(Deliverable.objects.get(pk=deliverable.pk), now=now)
            return _started(matter, now)
    except (FlowLockFailed, OperationalError) as error:
        raise Busy from error


def withdraw_matter(matter: Matter, *, by: User, now: datetime | None = None) -> None:
    """Take a matter back and cancel its run, both under the lock of the run: an answer is before it or after it.

    Raises NotAllowedForYou for anybody but the one who raised it, NotAllowedNow for one that is closed, Busy.
    """
    process = MatterProcess.objects.filter(matter=matter).exclude(status__in=CLOSED).first()
    if process is None:
        matters.withdraw_matter(matter, by=by, now=now)
        return
    try:
        with MatterFlow.instance.lock(process.pk):
            questions.let_go_on(matters.withdraw_matter(matter, by=by, now=now), now=now)
            MatterFlow.instance.cancel(process)
    except (FlowLockFailed, OperationalError) as error:
        raise Busy from error


def open_step(matter: Matter) -> Task | None:
    """The step in which the matter waits for its answer; None when it is closed."""
    steps = Task._default_manager.filter(process__matterprocess__matter=matter, finished=None)
    return steps.filter(owner_permission="workflows.answer_matter").first()


def _started(matter: Matter, now: datetime | None) -> Matter:
    MatterFlow.start.run(matter=matter)
    tell_matter_raised(matter, now=now)
    return matter
