"""Reports and alerts about stamps as cases: a buyer's at once, those of rules with the next tick."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from viewflow.workflow.models import Task

from notices.actions import tell
from people.models import AdminUnit, Membership, User
from registry.models import Product
from stamps import actions
from stamps.life.standing import Standing
from stamps.models import StampAlert
from stamps.policies import LOOKING_INTO_ALERTS
from workflows.flows import StampReportFlow
from workflows.models import StampReportProcess

LOOK = "workflows.look_into_report"
AT_ONCE = 200  # cases that one tick opens; the next goes on


@transaction.atomic
def report_stamp(
    report: actions.Report,
    *,
    province: AdminUnit,
    standing: Standing | None = None,
    product: Product | None = None,
    code_text: str = "",
    now: datetime | None = None,
) -> StampAlert:
    """Keep a buyer's report and open its case: a step for the province's officers, who are told."""
    alert = actions.report_stamp(
        report, province=province, standing=standing, product=product, code_text=code_text, now=now
    )
    open_case(alert, now=now)
    return alert


@transaction.atomic
def open_case(alert: StampAlert, *, now: datetime | None = None) -> bool:
    """Start the flow of an open alert and tell the officers; return False when it runs already or is closed.

    Under the alert's row lock, so that two ticks side by side open one case.
    """
    alert = StampAlert.objects.select_for_update(of=("self",)).select_related("province").get(pk=alert.pk)
    if not alert.is_open or StampReportProcess.objects.filter(alert=alert).exists():
        return False
    StampReportFlow.start.run(alert=alert)
    facts = {
        "reference": alert.reference,
        "kind": str(alert.get_kind_display()),
        "about": str(alert.product or alert.code_text or "–"),
    }
    tell(
        "stamp.alert",
        officers(alert.province),
        key=f"alert:{alert.pk}:raised",
        facts=facts,
        url=alert.get_absolute_url(),
        province=alert.province,
        now=now,
    )
    return True


def open_missing_cases() -> int:
    """Open the case of every open alert that has none, which is how rules' alerts get theirs; return how many."""
    return sum(open_case(alert) for alert in without_case()[:AT_ONCE])


def without_case() -> QuerySet[StampAlert]:
    """Open alerts that no case was opened for yet, the oldest first."""
    cases = StampReportProcess.objects.filter(alert=OuterRef("pk"))
    found: QuerySet[StampAlert] = StampAlert.objects.open().filter(~Exists(cases)).order_by("pk")
    return found


def open_step(alert: StampAlert) -> Task | None:
    """The step in which somebody looks into the alert; None when it is closed or has no case yet."""
    steps = Task._default_manager.filter(process__stampreportprocess__alert=alert, finished=None)
    return steps.filter(owner_permission=LOOK).first()


def officers(province: AdminUnit) -> QuerySet[User]:
    """Who looks into alerts of the province today."""
    offices = Membership.objects.active(timezone.localdate()).filter(
        role__in=LOOKING_INTO_ALERTS, organisation__province=province
    )
    return User.objects.filter(pk__in=offices.values("user")).order_by("pk")
