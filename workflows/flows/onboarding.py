"""How one product comes on board: the seven steps of seed 003 in their order."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from onboarding.models import CohortGroup, Dossier, Onboarding
from projects.models import PilotProject
from workflows.engine import BaseFlow
from workflows.flows.group_work import GroupWorkFlow
from workflows.forms.onboarding import CheckDossierForm, GroupForm, SelectForm, SupplyForm, SurveyForm, TrainingForm
from workflows.models import GroupWorkProcess, OnboardingProcess
from workflows.nodes import UserTask, Wait

ONBOARDING = "process__onboardingprocess__onboarding"
SENT = (Dossier.Status.SENT, Dossier.Status.ACCEPTED)


def project_of(process: Any) -> PilotProject:
    """The project whose province decides who may do the step."""
    return process.onboarding.enrolment.project


class OnboardingFlow(BaseFlow):
    """Survey, selection, grouping; then the product waits for its group (process, module) and for its producer's
    declaration; then training and stamps (requirements SL-S1 to SL-S7). Withdrawing the product cancels the run."""

    process_class = OnboardingProcess
    process_title = _("Onboarding")

    start = flow.StartHandle(this.begin).Annotation(title=_("Start")).Next(this.surveyed)
    surveyed = flow.If(this.is_surveyed).Annotation(title=_("Surveyed?")).Then(this.select).Else(this.survey)

    # field helper or manager
    survey = (
        UserTask(SurveyForm)
        .Annotation(title=_("Survey the product"))
        .Permission("workflows.survey_product", obj=project_of)
        .Next(this.select)
    )

    # project manager
    select = (
        UserTask(SelectForm)
        .Annotation(title=_("Select the product"))
        .Permission("workflows.select_product", obj=project_of)
        .Next(this.selected)
    )
    selected = flow.If(this.is_selected).Annotation(title=_("Selected?")).Then(this.group).Else(this.end)
    group = (
        UserTask(GroupForm)
        .Annotation(title=_("Put the product into its group"))
        .Permission("workflows.group_product", obj=project_of)
        .Next(this.open_group)
    )
    open_group = flow.Function(this.start_group_work).Annotation(title=_("Work of the group")).Next(this.wait_process)

    # what the group and the producer do
    wait_process = (
        Wait(Q(**{f"{ONBOARDING}__group__approved_at__isnull": False}))
        .Annotation(title=_("Process and guide of the group"))
        .Next(this.wait_module)
    )
    wait_module = (
        Wait(Q(**{f"{ONBOARDING}__group__module_order__answered_on__isnull": False}))
        .Annotation(title=_("Module of the group"))
        .Next(this.declare)
    )
    declare = (
        Wait(Q(**{f"{ONBOARDING}__dossier__status__in": SENT}))
        .Annotation(title=_("The producer declares"))
        .Next(this.check_dossier)
    )

    # field helper or manager
    check_dossier = (
        UserTask(CheckDossierForm)
        .Annotation(title=_("Check the declaration"))
        .Permission("workflows.check_dossier", obj=project_of)
        .Next(this.checked)
    )
    checked = flow.If(this.is_accepted).Annotation(title=_("Accepted?")).Then(this.training).Else(this.declare)
    training = (
        UserTask(TrainingForm)
        .Annotation(title=_("Close training and activation"))
        .Permission("workflows.close_training", obj=project_of)
        .Next(this.supply)
    )

    # stamp officer or manager
    supply = (
        UserTask(SupplyForm)
        .Annotation(title=_("Close the supply of stamps"))
        .Permission("workflows.close_supply", obj=project_of)
        .Next(this.end)
    )

    # system
    end = flow.End().Annotation(title=_("End"))

    def begin(self, activation: Any, onboarding: Onboarding) -> OnboardingProcess:
        """Tie the process to its product's journey."""
        activation.process.onboarding = onboarding
        return activation.process

    def is_surveyed(self, activation: Any) -> bool:
        """Whether step 1 was done before the journey began."""
        return _fresh(activation).surveyed_at is not None

    def is_selected(self, activation: Any) -> bool:
        """Whether the product was selected."""
        return _fresh(activation).selection == Onboarding.Selection.SELECTED

    def start_group_work(self, activation: Any) -> None:
        """Start the run of the product's group with the group's first product."""
        group = CohortGroup.objects.select_for_update(of=("self",)).get(onboardings=activation.process.onboarding_id)
        if not GroupWorkProcess.objects.filter(group=group).exists():
            GroupWorkFlow.start.run(group=group)

    def is_accepted(self, activation: Any) -> bool:
        """Whether the declaration was found right."""
        return Dossier.objects.filter(
            onboarding=activation.process.onboarding_id, status=Dossier.Status.ACCEPTED
        ).exists()


def _fresh(activation: Any) -> Onboarding:
    """The journey as it is now: the action of the step just changed it."""
    journey: Onboarding = Onboarding.objects.get(pk=activation.process.onboarding_id)
    return journey
