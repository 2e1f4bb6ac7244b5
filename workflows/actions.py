"""Starting, restarting and cancelling cases: where a room's action and the engine meet."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from viewflow.workflow.models import Task

from documents.models import RegisterEntry
from people.models import User
from projects import policies
from projects.actions import council as councils
from projects.actions import deliverable as deliverables
from projects.actions import project as projects
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Council, Deliverable, Enrolment, PilotProject
from stamps import actions as stamps
from stamps.models import StampOrder
from workflows import engine, papers
from workflows.errors import AlreadyHandled
from workflows.flows import DeliverableFlow, PilotModelFlow, StampOrderFlow
from workflows.models import DeliverableProcess
from workflows.nodes import CLOSED

FORMAT_CHECK = "workflows.check_format"


@transaction.atomic
def start_project(project: PilotProject, *, by: User) -> PilotProject:
    """Set a project running and start its flow: the deliverables of its first stage open."""
    project = projects.start_project(project, by=by)
    PilotModelFlow.start.run(project=project)
    return project


@transaction.atomic
def order_stamps(
    enrolment: Enrolment,
    *,
    quantity: int,
    by: User,
    note: str = "",
    has_pin: bool = False,
    state_share: int = 100,
    unit_price: int | None = None,
) -> StampOrder:
    """Order stamps and start the order's flow."""
    order = stamps.order_stamps(
        enrolment,
        quantity=quantity,
        by=by,
        note=note,
        has_pin=has_pin,
        state_share=state_share,
        unit_price=unit_price,
    )
    StampOrderFlow.start.run(order=order)
    return order


@transaction.atomic
def close_council(council: Council, *, by: User, opinions: str, now: datetime | None = None) -> RegisterEntry:
    """Close an acceptance council and issue its minutes; without minutes it does not close."""
    council = councils.close_council(council, by=by, opinions=opinions, now=now)
    return papers.issue_minutes(council, now=now)


@transaction.atomic
def restart_deliverable(deliverable: Deliverable, *, by: User) -> Deliverable:
    """Start a rejected or cancelled deliverable again, outside the stage's first run of it."""
    deliverable = (
        Deliverable.objects.select_for_update(of=("self",)).select_related("stage__project").get(pk=deliverable.pk)
    )
    if not policies.can_manage(by, deliverable.stage.project):
        raise NotAllowedForYou(_("Only the managers of the project can start a deliverable again."))
    running = DeliverableProcess.objects.filter(deliverable=deliverable).exclude(status__in=CLOSED)
    if running.exists() or deliverable.status == Deliverable.Status.ISSUED:
        raise NotAllowedNow(
            _("Deliverable %(code)s is %(status)s; only a rejected or cancelled one can be started again.")
            % {"code": deliverable.code, "status": deliverable.get_status_display().lower()}
        )
    DeliverableFlow.start.run(item=deliverable)
    return deliverable


def recall_submission(deliverable: Deliverable, *, by: User) -> None:
    """Take a submission back while no clerk has taken its format check.

    Raises NotAllowedNow when the check has begun, and what `deliverables.recall` raises.
    """
    step = Task.objects.filter(
        process__deliverableprocess__deliverable=deliverable,
        owner_permission=FORMAT_CHECK,
        finished=None,
    ).first()
    try:
        if step is None:
            deliverables.recall(deliverable, by=by)  # says why it cannot be
        else:
            engine.recall(step, by=by, act=partial(deliverables.recall, deliverable, by=by))
    except AlreadyHandled as error:
        raise NotAllowedNow(
            _("The check of deliverable %(code)s has begun; ask the clerk to return it.") % {"code": deliverable.code}
        ) from error


def cancel_deliverable(process: DeliverableProcess, *, by: User, reason: str) -> None:
    """Cancel the run of a deliverable, with the reason that its history keeps.

    The stage goes on and its gate names what is missing. Raises NotAllowedForYou, NotAllowedNow without a reason.

    Both happen under the process's lock, so that the stage, which is resumed when the lock is
    released, finds the deliverable cancelled. No transaction may be open around this call: the
    parent would be resumed while the child is still locked.
    """
    if not policies.can_manage(by, process.deliverable.stage.project):
        raise NotAllowedForYou(_("Only the managers of the project can cancel the run of a deliverable."))
    with DeliverableFlow.instance.lock(process.pk):
        deliverables.cancel(process.deliverable, by=by, reason=reason)
        DeliverableFlow.instance.cancel(process)
