"""Starting the seven steps of a product, and ending them when it is taken out: the rooms' acts with their flow."""

from __future__ import annotations

from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from viewflow.workflow.exceptions import FlowLockFailed
from viewflow.workflow.models import Task

from onboarding.actions import journey as actions
from onboarding.models import Onboarding
from people.models import User
from projects.actions.project import withdraw_product
from projects.models import Enrolment
from workflows.cases import JOURNEY
from workflows.errors import Busy
from workflows.flows import OnboardingFlow
from workflows.models import OnboardingProcess
from workflows.nodes import CLOSED


@transaction.atomic
def start(enrolment: Enrolment, *, by: User, now: datetime | None = None) -> Onboarding:
    """Open the seven steps of one product and start their flow."""
    onboarding = actions.start_onboarding(enrolment, by=by, now=now)
    OnboardingFlow.start.run(onboarding=onboarding)
    return onboarding


def withdraw(enrolment: Enrolment, *, by: User, reason: str, now: datetime | None = None) -> Enrolment:
    """Take a product out of its project and cancel its run, both under the lock of the run.

    A step done meanwhile is done before it or refused after it. Raises what taking out raises, Busy.
    """
    process = _run_of(enrolment)
    if process is None:
        with transaction.atomic():
            enrolment = withdraw_product(enrolment, by=by, reason=reason, now=now)
            if _run_of(enrolment) is not None:  # begun while this waited for the enrolment
                raise Busy
            return enrolment
    try:
        with OnboardingFlow.instance.lock(process.pk):
            enrolment = withdraw_product(enrolment, by=by, reason=reason, now=now)
            OnboardingFlow.instance.cancel(process, strict=False)
            return enrolment
    except (FlowLockFailed, OperationalError) as error:
        raise Busy from error


def _run_of(enrolment: Enrolment) -> OnboardingProcess | None:
    runs: QuerySet[OnboardingProcess] = OnboardingProcess.objects.filter(onboarding__enrolment=enrolment)
    return runs.exclude(status__in=CLOSED).first()


def open_step(onboarding: Onboarding, permission: str) -> Task | None:
    """The open step of the product that asks for the permission; None when it is somewhere else."""
    steps = Task._default_manager.filter(**{JOURNEY: onboarding}, finished=None)
    return steps.filter(owner_permission=permission).first()
