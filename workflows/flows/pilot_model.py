"""How a pilot model goes through its five stages to acceptance."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from projects.models import Deliverable, PilotProject, StageKind
from workflows.engine import BaseFlow
from workflows.flows.deliverable import DeliverableFlow
from workflows.forms.project import AcceptForm, CloseStageForm
from workflows.models import PilotModelProcess
from workflows.nodes import Children, UserTask


def project_of(process: Any) -> PilotProject:
    """The project whose province decides who may do the step."""
    return process.project


def papers_of(kind: str) -> Any:
    """Return the question which deliverables of a stage are still to be made."""

    def items(activation: Any) -> list[Deliverable]:
        stage = activation.process.project.stage(kind)
        return list(stage.deliverables.exclude(status=Deliverable.Status.ISSUED).order_by("code"))

    return items


def papers(kind: str) -> Children:
    """The step in which all deliverables of one stage are made."""
    return Children(DeliverableFlow.start, papers_of(kind)).Annotation(title=StageKind(kind).label)


def closing(kind: str) -> UserTask:
    """The step in which the manager closes one stage, when its gate holds."""
    return (
        UserTask(CloseStageForm)
        .Annotation(title=format_lazy(_("Close the stage: {stage}"), stage=StageKind(kind).label))
        .Permission("workflows.close_stage", obj=project_of)
        .Assign(this.manager)
    )


class PilotModelFlow(BaseFlow):
    """Survey, standard documentation, training, system rollout, final report; then acceptance closes
    the project (QĐ 100/QĐ-TTg; the steps of seed 000). A stage is closed only when its deliverables
    are issued and its gate rules hold."""

    process_class = PilotModelProcess
    process_title = _("Pilot model")

    start = flow.StartHandle(this.begin).Annotation(title=_("Start")).Next(this.survey)

    # project manager
    survey = papers(StageKind.SURVEY).Next(this.close_survey)
    close_survey = closing(StageKind.SURVEY).Next(this.documentation)
    documentation = papers(StageKind.DOCUMENTATION).Next(this.close_documentation)
    close_documentation = closing(StageKind.DOCUMENTATION).Next(this.training)
    training = papers(StageKind.TRAINING).Next(this.close_training)
    close_training = closing(StageKind.TRAINING).Next(this.rollout)
    rollout = papers(StageKind.ROLLOUT).Next(this.close_rollout)
    close_rollout = closing(StageKind.ROLLOUT).Next(this.final_report)
    final_report = papers(StageKind.FINAL_REPORT).Next(this.close_final_report)
    close_final_report = closing(StageKind.FINAL_REPORT).Next(this.accept)

    # leader
    accept = (
        UserTask(AcceptForm)
        .Annotation(title=_("Accept the project"))
        .Permission("workflows.accept_project", obj=project_of)
        .Next(this.end)
    )

    # system
    end = flow.End().Annotation(title=_("End"))

    def begin(self, activation: Any, project: PilotProject) -> PilotModelProcess:
        """Tie the process to its project."""
        activation.process.project = project
        return activation.process

    def manager(self, activation: Any) -> Any:
        """Who closes the stages."""
        return activation.process.project.manager
