"""Papers about a person who was erased on request: what was to be signed goes, what was issued stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.storage import default_storage

from documents.actions import issue
from documents.models import Document, DocumentVersion
from documents.proofs import VersionText
from privacy.actions import erase_producer
from projects.models import PilotProject
from registry.models import Producer
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory
from workflows import papers
from workflows.builtin_templates import register_builtin_template

NAME = "Rơ Châm Bích (giả lập)"
pytestmark = pytest.mark.django_db


@pytest.fixture
def household(gia_lai: Office) -> Producer:
    """A household business, which is one person."""
    return ProducerFactory(
        province=gia_lai.province, kind=Producer.Kind.HOUSEHOLD, name=f"Hộ {NAME}", representative=NAME, number=71
    )


def prepared(producer: Producer, office: Office) -> DocumentVersion:
    register_builtin_template("consent_form")
    version = papers.prepare_about(producer, "consent_form", by=office.manager)
    Document.objects.filter(pk=version.document_id).update(entries={"contact": NAME})
    return version


def erase(producer: Producer, office: Office) -> None:
    erase_producer(producer, reason="Theo đơn.", by=office.manager)


def test_what_the_person_was_to_sign_is_removed_with_its_text_and_its_file(
    household, gia_lai, django_capture_on_commit_callbacks
):
    name = prepared(household, gia_lai).file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        erase(household, gia_lai)
    assert not Document.objects.filter(producer=household).exists()
    assert not DocumentVersion.objects.exists()
    assert not VersionText.objects.exists()
    assert not default_storage.exists(name)


def test_the_papers_of_another_person_stay(household, gia_lai):
    other = ProducerFactory(province=gia_lai.province, kind=Producer.Kind.HOUSEHOLD, number=72, representative="Khác")
    version = prepared(other, gia_lai)
    prepared(household, gia_lai)
    erase(household, gia_lai)
    assert list(DocumentVersion.objects.all()) == [version]
    assert Document.objects.get().entries == {"contact": NAME}


def test_a_file_that_another_paper_shares_stays(household, gia_lai, django_capture_on_commit_callbacks):
    version = prepared(household, gia_lai)
    project: PilotProject = make_project(gia_lai)
    shared = Document.objects.create(
        kind="consent_form", title="Khác", organisation=gia_lai.organisation, project=project
    )
    DocumentVersion.objects.create(
        document=shared, number=1, template=version.template, context={}, file=version.file.name,
        sha256=version.sha256, created_at=version.created_at, created_by=version.created_by,
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        erase(household, gia_lai)
    assert default_storage.exists(version.file.name)


def test_a_paper_that_the_office_issued_about_the_person_stays_as_it_is_without_what_was_typed(household, gia_lai):
    prepared(household, gia_lai)
    document = Document.objects.get()
    document.symbol = "TB"
    document.save()
    entry = issue(document, signer=gia_lai.leader, on=date(2026, 6, 15), by=gia_lai.leader)
    erase(household, gia_lai)
    document.refresh_from_db()
    assert document.entries == {}
    assert document.issued == entry.version
    assert NAME in str(entry.version.context)
