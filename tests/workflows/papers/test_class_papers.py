"""The papers of one class: the attendance list and the numbered certificates; and its printed invitations."""

from __future__ import annotations

import pytest
from django.test import Client

from documents import docx
from documents.errors import NotReady
from documents.models import Document, DocumentVersion
from projects.actions import attendance as door
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import TrainingSession
from tests.factories.fieldwork import NOON, invite, make_class
from tests.factories.people import Office
from tests.factories.projects import make_project
from workflows import papers
from workflows.builtin_templates import register_builtin_template
from workflows.contexts.training import sessions_of


@pytest.fixture
def held(gia_lai: Office) -> TrainingSession:
    for kind in papers.CLASS_KINDS:
        register_builtin_template(kind)
    session = make_class(make_project(gia_lai), gia_lai.helper)
    for name in ("Hồ Văn An", "Lê Thị Bình"):
        invitation = invite(session, gia_lai, name=f"{name} (giả lập)", phone="")
        door.check_in(invitation, by=gia_lai.helper, now=NOON)
    invite(session, gia_lai, name="Trần Vắng (giả lập)")
    return session


def text_of(version: DocumentVersion) -> str:
    with version.file.open() as file:
        return "\n".join(docx.text_of(file.read()))


@pytest.mark.requirement("BK-III.1b")
def test_the_attendance_list_names_who_came_and_counts_who_did_not(held: TrainingSession, gia_lai: Office) -> None:
    text = text_of(papers.prepare_about(held, "attendance_list", by=gia_lai.helper))
    assert "Hồ Văn An (giả lập)" in text
    assert "Trần Vắng" not in text
    assert "mời 03 người, vắng 01 người" in text


@pytest.mark.requirement("BK-III.1b")
def test_certificates_are_numbered_once_and_stay(held: TrainingSession, gia_lai: Office) -> None:
    first, second = held.attendances.order_by("pk")
    door.mark_passed(held, [second.pk], by=gia_lai.helper)
    papers.prepare_about(held, "training_certificate", by=gia_lai.helper)
    door.mark_passed(held, [first.pk, second.pk], by=gia_lai.helper)
    text = text_of(papers.prepare_about(held, "training_certificate", by=gia_lai.helper))
    numbers = dict(held.attendances.values_list("person_name", "certificate_number"))
    assert numbers == {"Lê Thị Bình (giả lập)": 1, "Hồ Văn An (giả lập)": 2}
    assert text.count("GIẤY CHỨNG NHẬN") >= 2
    assert Document.objects.get(training=held, kind="training_certificate").versions.count() == 2


def test_who_has_a_certificate_keeps_having_passed(held: TrainingSession, gia_lai: Office) -> None:
    person = held.attendances.order_by("pk")[0]
    door.mark_passed(held, [person.pk], by=gia_lai.helper)
    door.number_certificates(held, by=gia_lai.helper)
    with pytest.raises(NotAllowedNow, match="certificate"):
        door.mark_passed(held, [], by=gia_lai.helper)


def test_without_anybody_who_passed_there_is_no_certificate(held: TrainingSession, gia_lai: Office) -> None:
    with pytest.raises(NotReady):
        papers.prepare_about(held, "training_certificate", by=gia_lai.helper)


def test_a_reviewer_does_not_generate_the_papers(held: TrainingSession, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        papers.prepare_about(held, "attendance_list", by=gia_lai.reviewers[0])


def test_the_page_generates_and_offers_the_file(client: Client, held: TrainingSession, gia_lai: Office) -> None:
    client.force_login(gia_lai.helper)
    url = f"/papers/about/training/{held.pk}/"
    client.post(f"{url}attendance_list/")
    version = DocumentVersion.objects.get()
    assert version.get_absolute_url() in client.get(url).content.decode()


def test_every_printed_invitation_has_its_own_code(client: Client, held: TrainingSession, gia_lai: Office) -> None:
    client.force_login(gia_lai.helper)
    page = client.get(f"/projects/GL-99/training/{held.pk}/invitations/print/").content.decode()
    tokens = held.invitations.values_list("token", flat=True)
    assert all(f"HTTP://TESTSERVER/C/{token}<" in page for token in tokens)
    assert page.count("<svg xmlns") >= 3


def test_planned_classes_are_not_reported_as_held(gia_lai: Office) -> None:
    project = make_project(gia_lai)
    make_class(project, gia_lai.helper, held_on=None)
    assert sessions_of(project) == []
