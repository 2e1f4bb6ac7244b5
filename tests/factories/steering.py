"""What a manager steers by: reports with evidence, and an amendment that waits for the leader."""

from __future__ import annotations

import io
from datetime import date, timedelta

from django.utils import timezone

from projects.actions.milestones import report_progress
from projects.amending import Key
from projects.doors import EVIDENCE
from projects.models import Amendment, BaselineDate, Milestone, PilotProject
from tests.factories.files import PDF
from workflows.amendments import request_amendment

Kind = BaselineDate.Kind


def milestone_of(
    project: PilotProject, *, due_on: date, title: str = "Khảo sát xong", kind: str = "survey", is_legal: bool = False
) -> Milestone:
    """Return a milestone in a stage of the project."""
    return Milestone.objects.create(stage=project.stage(kind), title=title, due_on=due_on, is_legal=is_legal)


def end_of(project: PilotProject) -> Key:
    """Return the key of the project's end among its dates."""
    return (Kind.PROJECT, project.pk)


def later_end(project: PilotProject, days: int = 30, *, name: str = "Điều chỉnh tháng 6") -> Amendment:
    """Return a request of the manager to end the project later; it waits for the leader."""
    day = max(project.due_on, timezone.localdate()) + timedelta(days=days)
    return request_amendment(
        project, name=name, reason="Chờ ý kiến các sở", dates={end_of(project): day}, by=project.manager
    )


def steer(project: PilotProject, milestone: Milestone) -> Amendment:
    """Report on the milestone with evidence, and ask for a later end of the project."""
    report_progress(
        milestone, percent=50, by=project.manager, note="Chờ thẩm định", evidence=EVIDENCE.accept(io.BytesIO(PDF))
    )
    return later_end(project)
