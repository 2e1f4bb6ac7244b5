"""Steps of the pilot model flow: closing a stage, accepting the project."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.actions import project as actions
from projects.models import Stage
from projects.policies import closing_problems, stage_problems
from workflows.forms.base import StepForm
from workflows.gates import RULES


class CloseStageForm(StepForm):
    """Close the stage that the step is named for."""

    template_name = "workflows/forms/gate.html"
    submit_label = _("Close the stage")

    @property
    def stage(self) -> Stage:
        """The stage: the step's name is "close_" and the kind of the stage."""
        kind = self.activation.flow_task.name.removeprefix("close_")
        return self.process.project.stage(kind)

    def problems(self) -> list[str]:
        """What still keeps the stage from closing."""
        return stage_problems(self.stage, RULES)

    def save(self) -> None:
        """Close it, or raise GateNotPassed."""
        actions.close_stage(self.stage, by=self.user, rules=RULES)


class AcceptForm(StepForm):
    """Accept the project and close it."""

    template_name = "workflows/forms/gate.html"
    submit_label = _("Accept and close the project")
    confirm = forms.BooleanField(label=_("I accept the results of the project and close it."))

    def problems(self) -> list[str]:
        """What still keeps the project from being accepted."""
        return closing_problems(self.process.project, RULES)

    def save(self) -> None:
        """Accept it, or raise GateNotPassed."""
        actions.accept_project(self.process.project, by=self.user, rules=RULES)
