"""How a group of products comes to its process, its guide and its module."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from onboarding.models import CohortGroup
from projects.models import PilotProject
from workflows.engine import BaseFlow
from workflows.forms.group_work import ApproveProcessForm, ConsultForm, ModuleAnswerForm, ModuleOrderForm, WriteForm
from workflows.models import GroupWorkProcess
from workflows.nodes import UserTask


def project_of(process: Any) -> PilotProject:
    """The project whose province decides who may do the step."""
    return process.group.project


class GroupWorkFlow(BaseFlow):
    """The manager writes process and guide and asks the agencies, a leader approves what they have answered about,
    the module is ordered from the National Barcode Centre and comes (requirements SL-S4, SL-S5). The group's
    products wait for both in their own runs."""

    process_class = GroupWorkProcess
    process_title = _("Work of a product group")

    start = flow.StartHandle(this.begin).Annotation(title=_("Start")).Next(this.write)

    # project manager
    write = (
        UserTask(WriteForm)
        .Annotation(title=_("Write process and guide of the group"))
        .Permission("workflows.write_process", obj=project_of)
        .Next(this.consult)
    )
    consult = (
        UserTask(ConsultForm)
        .Annotation(title=_("Consult the agencies"))
        .Permission("workflows.consult_agencies", obj=project_of)
        .Next(this.approve)
    )

    # leader
    approve = (
        UserTask(ApproveProcessForm)
        .Annotation(title=_("Approve process and guide of the group"))
        .Permission("workflows.approve_process", obj=project_of)
        .Next(this.approved)
    )
    approved = flow.If(this.is_approved).Annotation(title=_("Approved?")).Then(this.order_module).Else(this.write)

    # project manager
    order_module = (
        UserTask(ModuleOrderForm)
        .Annotation(title=_("Order the module of the group"))
        .Permission("workflows.order_module", obj=project_of)
        .Next(this.record_module)
    )
    record_module = (
        UserTask(ModuleAnswerForm)
        .Annotation(title=_("Record the module of the group"))
        .Permission("workflows.record_module", obj=project_of)
        .Next(this.end)
    )

    # system
    end = flow.End().Annotation(title=_("End"))

    def begin(self, activation: Any, group: CohortGroup) -> GroupWorkProcess:
        """Tie the process to its group."""
        activation.process.group = group
        return activation.process

    def is_approved(self, activation: Any) -> bool:
        """Whether the leader approved."""
        return CohortGroup.objects.filter(pk=activation.process.group_id).exclude(approved_at=None).exists()
