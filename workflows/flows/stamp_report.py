"""How a suspicious stamp is looked into."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from people.models import AdminUnit
from stamps.models import StampAlert
from workflows.engine import BaseFlow
from workflows.forms.stamp_report import FindingForm
from workflows.models import StampReportProcess
from workflows.nodes import UserTask


def province_of(process: Any) -> AdminUnit:
    """The province whose officers look into it: a report belongs to no project."""
    province: AdminUnit = process.alert.province
    return province


class StampReportFlow(BaseFlow):
    """A buyer reports a stamp, or a rule finds its scans unusual; an officer of the province finds out what it is."""

    process_class = StampReportProcess
    process_title = _("Report about a stamp")

    start = flow.StartHandle(this.begin).Annotation(title=_("Report about a stamp")).Next(this.look)

    # stamp officer or inspector
    look = (
        UserTask(FindingForm)
        .Annotation(title=_("Look into the report about a stamp"))
        .Permission("workflows.look_into_report", obj=province_of)
        .Next(this.end)
    )

    # system
    end = flow.End().Annotation(title=_("End"))

    def begin(self, activation: Any, alert: StampAlert) -> StampReportProcess:
        """Tie the process to its alert."""
        activation.process.alert = alert
        return activation.process
