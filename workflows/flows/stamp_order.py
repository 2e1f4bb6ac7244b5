"""How stamps are ordered, approved and handed over."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from projects.models import PilotProject
from stamps.models import StampOrder
from workflows.engine import BaseFlow
from workflows.forms.stamps import HandOverForm, StampDecisionForm
from workflows.models import StampOrderProcess
from workflows.nodes import UserTask


def project_of(process: Any) -> PilotProject:
    """The project whose province decides who may do the step."""
    return process.order.enrolment.project


class StampOrderFlow(BaseFlow):
    """Stamps are asked for an enrolled product, approved and issued by a second person, printed and
    handed over to the producer (DESIGN §4; requirements SL-S7)."""

    process_class = StampOrderProcess
    process_title = _("Stamp order")

    start = flow.StartHandle(this.begin).Annotation(title=_("Order")).Next(this.approve)

    # leader
    approve = (
        UserTask(StampDecisionForm)
        .Annotation(title=_("Approve the stamp order"))
        .Permission("workflows.approve_stamp_order", obj=project_of)
        .Next(this.decided)
    )
    decided = flow.If(this.is_issued).Annotation(title=_("Issued?")).Then(this.hand_over).Else(this.end)

    # stamp officer
    hand_over = (
        UserTask(HandOverForm)
        .Annotation(title=_("Print and hand over the stamps"))
        .Permission("workflows.hand_over_stamps", obj=project_of)
        .Next(this.end)
    )

    # system
    end = flow.End().Annotation(title=_("End"))

    def begin(self, activation: Any, order: StampOrder) -> StampOrderProcess:
        """Tie the process to its order."""
        activation.process.order = order
        return activation.process

    def is_issued(self, activation: Any) -> bool:
        """Whether the order was approved."""
        return StampOrder.objects.get(pk=activation.process.order_id).status == StampOrder.Status.ISSUED
