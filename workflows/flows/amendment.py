"""How new dates of a project come into force."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from projects.models import Amendment, PilotProject
from workflows.engine import BaseFlow
from workflows.forms.amendment import AmendmentDecisionForm
from workflows.models import AmendmentProcess
from workflows.nodes import UserTask


def project_of(process: Any) -> PilotProject:
    """The project whose province decides who may do the step."""
    return process.amendment.project


class AmendmentFlow(BaseFlow):
    """The manager asks for new dates, a leader who did not ask for them approves or refuses; withdrawing
    the request cancels the run."""

    process_class = AmendmentProcess
    process_title = _("Amendment")

    start = flow.StartHandle(this.begin).Annotation(title=_("Request")).Next(this.decide)

    # leader
    decide = (
        UserTask(AmendmentDecisionForm)
        .Annotation(title=_("Decide on the amendment"))
        .Permission("workflows.decide_amendment", obj=project_of)
        .Next(this.end)
    )

    # system
    end = flow.End().Annotation(title=_("End"))

    def begin(self, activation: Any, amendment: Amendment) -> AmendmentProcess:
        """Tie the process to its amendment."""
        activation.process.amendment = amendment
        return activation.process
