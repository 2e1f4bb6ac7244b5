"""Walking the real flows in a few words: whose step it is, and doing it."""

from __future__ import annotations

from typing import Any

from viewflow.workflow.models import Task

from documents import actions as documents
from documents.actions import Paper
from documents.blueprints import template_path
from documents.models import DocumentVersion
from documents.samples import SAMPLES
from people.models import User
from projects.models import Deliverable, PilotProject
from tests.factories.people import Office
from workflows.engine import perform
from workflows.models import DeliverableProcess, PilotModelProcess

OPEN = ("NEW", "ASSIGNED")


def open_steps(deliverable: Deliverable) -> list[str]:
    """Return the names of the deliverable's open steps."""
    tasks = Task.objects.filter(
        process__in=DeliverableProcess.objects.filter(deliverable=deliverable), status__in=OPEN
    ).order_by("pk")
    return [task.flow_task.name for task in tasks]


def step(deliverable: Deliverable, name: str, *, of: User | None = None) -> Task:
    """Return the deliverable's open step of that name (of one person)."""
    tasks = Task.objects.filter(
        process__in=DeliverableProcess.objects.filter(deliverable=deliverable), status__in=OPEN
    ).order_by("pk")
    if of is not None:
        tasks = tasks.filter(owner=of)
    return next(task for task in tasks if task.flow_task.name == name)


def project_step(project: PilotProject, name: str) -> Task:
    """Return the project's own open step of that name."""
    tasks = Task.objects.filter(process__in=PilotModelProcess.objects.filter(project=project), status__in=OPEN)
    return next(task for task in tasks if task.flow_task.name == name)


def draft(deliverable: Deliverable, *, by: User) -> DocumentVersion:
    """Make a real draft of the deliverable's kind, with sample data."""
    kind = deliverable.document_kind
    _letterhead, data = SAMPLES[kind]
    documents.register_template(kind, template_path(kind).read_bytes(), paper_class=type(data), by=None)
    return documents.prepare_draft(Paper(kind=kind, symbol="BC", data=data), deliverable, by=by)


def submit(deliverable: Deliverable, office: Office, **answers: Any) -> None:
    """Prepare a new version and submit it."""
    draft(deliverable, by=office.manager)
    perform(step(deliverable, "prepare"), user=office.manager, data=answers)


def pass_format(deliverable: Deliverable, office: Office) -> None:
    """The clerk finds the format right."""
    perform(step(deliverable, "check_format"), user=office.clerk, data={"check_1": "on", "decision": "approve"})


def review(deliverable: Deliverable, reviewer: User, decision: str, remark: str = "") -> None:
    """One reviewer decides."""
    answers = {"decision": decision, "remark_1": remark, "section_1": "Mục 1" if remark else ""}
    perform(step(deliverable, "review", of=reviewer), user=reviewer, data=answers)


def to_leader(deliverable: Deliverable, office: Office) -> None:
    """Bring a deliverable from its author to the leader."""
    submit(deliverable, office)
    pass_format(deliverable, office)
    for reviewer in office.reviewers[:2]:
        review(deliverable, reviewer, "approve")


def approve(deliverable: Deliverable, office: Office) -> None:
    """The leader approves: the paper is numbered and issued."""
    perform(step(deliverable, "approve"), user=office.leader, data={"decision": "approve"})
    deliverable.refresh_from_db()


def issue(deliverable: Deliverable, office: Office) -> None:
    """Take a deliverable all the way."""
    to_leader(deliverable, office)
    approve(deliverable, office)
