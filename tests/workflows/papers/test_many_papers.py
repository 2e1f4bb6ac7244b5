"""Pages of papers ask the database the same number of questions for a few papers and for 30."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import Document, DocumentTemplate, DocumentVersion, NumberSeries, RegisterEntry
from documents.proofs import IntegrityCheck, Revocation
from people import audit
from projects.models import Deliverable, PilotProject, TrainingSession
from tests.factories import documents as make
from tests.factories.fieldwork import make_class
from tests.factories.people import Office
from tests.factories.projects import make_project

State = DocumentVersion.State
FEW, MANY = 4, 30  # of every state one
STATES = (State.DRAFT, State.ISSUED, State.SUPERSEDED, State.REVOKED)


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    make.template()
    return make_project(gia_lai)


def add_papers(subject: PilotProject | TrainingSession, office: Office, first: int, last: int) -> Document:
    """Give the subject papers in every state from number `first` to `last`, and return the last."""
    about = {"training" if isinstance(subject, TrainingSession) else "project": subject}
    for number in range(first, last + 1):
        kept = {"kind": "progress_report", "symbol": "BC", "organisation": office.organisation}
        document = Document.objects.create(**kept, **about, title=f"Báo cáo {number}", occasion=f"{number}")
        number_it(add_version(document, office, 1, STATES[number % len(STATES)]), office, number)
    return document


def add_deliverables(project: PilotProject, office: Office, first: int, last: int) -> None:
    """Give the project deliverables with a paper each."""
    stage = project.stage("survey")
    for number in range(first, last + 1):
        owed = {"document_kind": make.KIND, "reviewers_needed": 2, "due_on": stage.due_on}
        deliverable = Deliverable.objects.create(stage=stage, code=f"R{number}", title=f"Báo cáo {number}", **owed)
        kept = {"kind": make.KIND, "symbol": "BC", "organisation": office.organisation}
        document = Document.objects.create(**kept, deliverable=deliverable, title=deliverable.title)
        number_it(add_version(document, office, 1, STATES[number % len(STATES)]), office, 100 + number)


def add_version(document: Document, office: Office, number: int, state: str = State.DRAFT) -> DocumentVersion:
    """Add a version, its look at the file, and what the history says of it."""
    made = {"created_at": make.NOW + timedelta(days=number), "created_by": office.manager}
    kept = {
        "template": DocumentTemplate.objects.get(),
        "context": {"letterhead": {"number_line": "Số:      /BC"}},
        "sha256": "0" * 64,
    }
    version: DocumentVersion = DocumentVersion.objects.create(
        document=document, number=number, state=state, file=make.files_of("Báo cáo"), **kept, **made
    )
    IntegrityCheck.objects.create(version=version, checked_at=make.NOW)
    facts = {"title": document.title, "version": number}
    audit.record(
        "document.prepared", by=office.manager, target=document, case=document.case, province=office.province, **facts
    )
    return version


def number_it(version: DocumentVersion, office: Office, number: int) -> None:
    """Enter a version that is no draft in the register, and why one is revoked."""
    if version.state == State.DRAFT:
        return
    series, _made = NumberSeries.objects.get_or_create(organisation=office.organisation, symbol="BC", year=2022)
    RegisterEntry.objects.create(
        series=series, number=number, version=version, issued_on=make.DAY, signed_by=office.leader
    )
    if version.state == State.REVOKED:
        Revocation.objects.create(
            version=version, revoked_on=make.DAY, reason="Sai", by_paper="Quyết định 3", recorded_by=office.leader
        )


def questions(client: Client, office: Office, path: str) -> int:
    client.force_login(office.manager)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_register(project: PilotProject, gia_lai: Office, client: Client) -> None:
    add_papers(project, gia_lai, 1, FEW)
    add_deliverables(project, gia_lai, 1, FEW)
    few = questions(client, gia_lai, "/documents/")
    add_papers(project, gia_lai, FEW + 1, MANY)
    add_deliverables(project, gia_lai, FEW + 1, MANY)
    assert questions(client, gia_lai, "/documents/") == few


def test_the_papers_of_a_project(project: PilotProject, gia_lai: Office, client: Client) -> None:
    path = f"/projects/{project.code}/papers/"
    add_papers(project, gia_lai, 1, FEW)
    few = questions(client, gia_lai, path)
    add_papers(project, gia_lai, FEW + 1, MANY)
    assert questions(client, gia_lai, path) == few


def test_the_papers_of_a_class(project: PilotProject, gia_lai: Office, client: Client) -> None:
    held = make_class(project, gia_lai.helper)
    path = f"/papers/about/training/{held.pk}/"
    add_papers(held, gia_lai, 1, FEW)
    few = questions(client, gia_lai, path)
    add_papers(held, gia_lai, FEW + 1, MANY)
    assert questions(client, gia_lai, path) == few


def test_a_paper_among_others(project: PilotProject, gia_lai: Office, client: Client) -> None:
    document = add_papers(project, gia_lai, 1, FEW)
    few = questions(client, gia_lai, document.get_absolute_url())
    add_papers(project, gia_lai, FEW + 1, MANY)
    assert questions(client, gia_lai, document.get_absolute_url()) == few


def test_a_paper_with_many_versions(project: PilotProject, gia_lai: Office, client: Client) -> None:
    document = add_papers(project, gia_lai, FEW, FEW)
    for number in range(2, FEW + 1):
        add_version(document, gia_lai, number)
    few = questions(client, gia_lai, document.get_absolute_url())
    for number in range(FEW + 1, MANY + 1):
        add_version(document, gia_lai, number)
    assert questions(client, gia_lai, document.get_absolute_url()) == few
