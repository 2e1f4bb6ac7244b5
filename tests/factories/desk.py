"""Cases on the desk: a running small project, drafts, and the steps that wait."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone
from viewflow.workflow.models import Task

from documents.models import Document, DocumentTemplate, DocumentVersion
from people.models import User
from projects.actions import project as projects
from projects.models import Deliverable, PilotProject
from tests.factories.people import Office
from tests.factories.projects import plan_line, small_template
from workflows import engine
from workflows.actions import start_project

APPROVE = {"decision": "approve", "check_1": "on"}
RETURN = {"decision": "return", "remark_1": "Nêu nguồn số liệu", "section_1": "Mục 3"}


def running_project(office: Office, *, code: str = "GL-99", starts_on: date = date(2022, 3, 1)) -> PilotProject:
    """Return a started project with one deliverable per stage; D1 is with its author, due 20 days after the start."""
    known = PilotProject.objects.filter(province=office.province).first()
    project = projects.create_project(
        known.template if known else small_template(),
        line=known.line if known else plan_line(office),
        code=code,
        title=f"Mô hình truy xuất {code} (giả lập)",
        owner=office.organisation,
        manager=office.manager,
        members=office.members,
        starts_on=starts_on,
        by=office.manager,
    )
    return start_project(project, by=office.manager)


def first_deliverable(project: PilotProject) -> Deliverable:
    """Return D1."""
    return Deliverable.objects.get(stage__project=project, code="D1")


def draft(deliverable: Deliverable) -> DocumentVersion:
    """Return the deliverable's next draft, without a file behind it."""
    document, _ = Document.objects.get_or_create(
        deliverable=deliverable,
        defaults={
            "kind": deliverable.document_kind,
            "symbol": "BC",
            "title": deliverable.title,
            "organisation": deliverable.stage.project.owner,
        },
    )
    template, _ = DocumentTemplate.objects.get_or_create(
        kind=deliverable.document_kind,
        version=1,
        defaults={"file": "mau.docx", "sha256": "0" * 64, "registered_at": timezone.now()},
    )
    return DocumentVersion.objects.create(
        document=document,
        number=document.versions.count() + 1,
        template=template,
        context={},
        file="ban.docx",
        sha256="0" * 64,
        created_at=timezone.now(),
        created_by=deliverable.stage.project.manager,
    )


def step(deliverable: Deliverable, node: str, owner: User | None = None) -> Task:
    """Return the open step of the deliverable at a node (of one owner)."""
    found = Task.objects.filter(
        process__deliverableprocess__deliverable=deliverable, flow_task__endswith=f".{node}", finished=None
    )
    return found.get(owner=owner) if owner else found.get()


def do(deliverable: Deliverable, node: str, user: User, answers: dict[str, Any] | None = None) -> Task:
    """Do a step as a person; a review is the person's own."""
    owner = user if node == "review" else None
    return engine.perform(step(deliverable, node, owner), user=user, data=answers or {})


def submitted(deliverable: Deliverable, office: Office) -> Deliverable:
    """Bring the deliverable to the format check."""
    draft(deliverable)
    do(deliverable, "prepare", office.manager)
    return deliverable


def in_review(deliverable: Deliverable, office: Office) -> Deliverable:
    """Bring the deliverable to its three reviewers, of whom two must approve."""
    do(submitted(deliverable, office), "check_format", office.clerk, APPROVE)
    return deliverable


def rows(model: type[Model]) -> list[dict[str, Any]]:
    """Return a table as it is, to see that nothing changed."""
    return list(model._default_manager.order_by("pk").values())
