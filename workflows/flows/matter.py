"""How a matter comes to its answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import flow

from projects.models import Matter, PilotProject
from workflows.engine import BaseFlow
from workflows.forms.matter import MatterForm
from workflows.models import MatterProcess
from workflows.nodes import UserTask


def project_of(process: Any) -> PilotProject:
    """The project whose province decides who may do the step."""
    return process.matter.project


class MatterFlow(BaseFlow):
    """A difficulty, a direction or a question waits for one person's answer; taking it back cancels the run."""

    process_class = MatterProcess
    process_title = _("Matter")

    start = flow.StartHandle(this.begin).Annotation(title=_("Raise")).Next(this.answer)

    # whoever is asked
    answer = (
        UserTask(MatterForm)
        .Annotation(title=_("Answer a matter"))
        .Permission("workflows.answer_matter", obj=project_of)
        .Assign(this.addressee)
        .Next(this.end)
    )

    # system
    end = flow.End().Annotation(title=_("End"))

    def begin(self, activation: Any, matter: Matter) -> MatterProcess:
        """Tie the process to its matter."""
        activation.process.matter = matter
        return activation.process

    def addressee(self, activation: Any) -> Any:
        """Who must answer."""
        return activation.process.matter.addressee
