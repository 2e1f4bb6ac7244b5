"""Asking for new dates and taking the request back: the room's acts together with their flow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import OperationalError, transaction
from viewflow.workflow.exceptions import FlowLockFailed

from people.models import User
from projects.actions import amendments
from projects.amending import Key
from projects.models import Amendment, PilotProject
from workflows.errors import Busy
from workflows.flows import AmendmentFlow
from workflows.models import AmendmentProcess
from workflows.nodes import CLOSED


@transaction.atomic
def request_amendment(
    project: PilotProject,
    *,
    name: str,
    reason: str,
    dates: Mapping[Key, date],
    by: User,
    now: datetime | None = None,
) -> Amendment:
    """Ask for new dates and put them before the leader. Raises what the room's act raises."""
    amendment = amendments.request_amendment(project, name=name, reason=reason, dates=dates, by=by, now=now)
    AmendmentFlow.start.run(amendment=amendment)
    return amendment


def withdraw_amendment(amendment: Amendment, *, by: User, now: datetime | None = None) -> None:
    """Take a request back and cancel its run, both under the lock of the run: a decision is before it or after it.

    Raises NotAllowedForYou, NotAllowedNow for a decided one, Busy.
    """
    process = AmendmentProcess.objects.filter(amendment=amendment).exclude(status__in=CLOSED).first()
    if process is None:
        amendments.withdraw_amendment(amendment, by=by, now=now)
        return
    try:
        with AmendmentFlow.instance.lock(process.pk):
            amendments.withdraw_amendment(amendment, by=by, now=now)
            AmendmentFlow.instance.cancel(process)
    except (FlowLockFailed, OperationalError) as error:
        raise Busy from error
