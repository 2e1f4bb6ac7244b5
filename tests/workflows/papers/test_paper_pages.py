"""The pages of papers that are no deliverables: the list of a subject, the paper, sending it."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from documents.models import Document
from projects.actions import attendance as door
from projects.models import TrainingSession
from tests.factories import documents as make
from tests.factories.fieldwork import NOON, invite, make_class
from tests.factories.people import Office
from tests.factories.projects import make_project
from workflows.builtin_templates import register_builtin_template
from workflows.models import PaperProcess


@pytest.fixture
def held(gia_lai: Office) -> TrainingSession:
    register_builtin_template("attendance_list")
    session = make_class(make_project(gia_lai), gia_lai.helper)
    door.check_in(invite(session, gia_lai, name="Hồ Văn An (giả lập)"), by=gia_lai.helper, now=NOON)
    return session


def test_the_list_offers_every_paper_of_the_class(held: TrainingSession, gia_lai: Office, client: Client) -> None:
    client.force_login(gia_lai.helper)
    page = client.get(f"/papers/about/training/{held.pk}/").content.decode()
    assert f"/papers/about/training/{held.pk}/attendance_list/" in page
    assert f"/papers/about/training/{held.pk}/training_certificate/" in page


def test_generating_leads_to_the_paper_and_sending_to_the_clerk(
    held: TrainingSession, gia_lai: Office, client: Client
) -> None:
    client.force_login(gia_lai.helper)
    made = client.post(f"/papers/about/training/{held.pk}/attendance_list/")
    paper = Document.objects.get(training=held)
    assert made.headers["Location"] == f"/documents/papers/{paper.pk}/"
    assert "Hồ Văn An (giả lập)" in client.get(f"/documents/papers/{paper.pk}/").content.decode()
    client.post(f"/documents/papers/{paper.pk}/send/")
    assert PaperProcess.objects.filter(document=paper).exists()
    client.post(f"/documents/papers/{paper.pk}/take-back/")
    assert not PaperProcess.objects.filter(document=paper, finished=None).exists()


def test_the_step_shows_the_text_and_the_paper(held: TrainingSession, gia_lai: Office, client: Client) -> None:
    client.force_login(gia_lai.helper)
    client.post(f"/papers/about/training/{held.pk}/attendance_list/")
    paper = Document.objects.get(training=held)
    client.post(f"/documents/papers/{paper.pk}/send/")
    client.force_login(gia_lai.clerk)
    task = PaperProcess.objects.get(document=paper).task_set.get(finished=None)
    page = client.get(f"/tasks/{task.pk}/").content.decode()
    assert "Hồ Văn An (giả lập)" in page
    assert f"/documents/papers/{paper.pk}/" in page
    answer = client.post(f"/tasks/{task.pk}/", {"decision": "pass"}, follow=True)
    assert answer.status_code == 200
    assert PaperProcess.objects.get(document=paper).checked_by == gia_lai.clerk


@pytest.mark.parametrize("subject", ["deliverable", "council", "user", "training"])
def test_what_has_no_papers_here_is_not_found(gia_lai: Office, client: Client, subject: str) -> None:
    client.force_login(gia_lai.manager)
    assert client.get(f"/papers/about/{subject}/1/").status_code == 404


def test_an_unknown_kind_or_occasion_is_not_found(held: TrainingSession, gia_lai: Office, client: Client) -> None:
    client.force_login(gia_lai.helper)
    url = f"/papers/about/training/{held.pk}/"
    assert client.post(f"{url}final_report/").status_code == 404
    assert client.post(f"{url}attendance_list/?occasion=2026").status_code == 404


def test_the_papers_of_a_project_are_a_part_of_its_case_file(gia_lai: Office, client: Client) -> None:
    project = make_project(gia_lai)
    client.force_login(gia_lai.manager)
    assert client.get(f"/projects/{project.code}/papers/").status_code == 200


def test_a_papers_page_tells_its_history_with_who_and_its_open_step(
    held: TrainingSession, gia_lai: Office, client: Client
) -> None:
    client.force_login(gia_lai.helper)
    client.post(f"/papers/about/training/{held.pk}/attendance_list/")
    paper = Document.objects.get(training=held)
    client.post(f"/documents/papers/{paper.pk}/send/")
    task = PaperProcess.objects.get(document=paper).task_set.get(finished=None)
    client.force_login(gia_lai.leader)
    page = client.get(f"/documents/papers/{paper.pk}/")
    assert [event["who"] for event in page.context["events"]] == [str(gia_lai.helper)] * 2
    assert [step.task.pk for step in page.context["steps"]] == [task.pk]
    assert f'href="/tasks/{task.pk}/"' in page.content.decode()


def test_a_draft_shows_its_format_to_its_author_before_it_is_sent(
    held: TrainingSession, gia_lai: Office, client: Client
) -> None:
    client.force_login(gia_lai.helper)
    client.post(f"/papers/about/training/{held.pk}/attendance_list/")
    page = client.get(Document.objects.get(training=held).get_absolute_url())
    assert page.context["checks"].findings is not None


def test_a_deliverables_paper_has_the_same_page_with_its_step_and_no_way_of_its_own(
    gia_lai: Office, client: Client
) -> None:
    document = make.draft(make.deliverable_of(make_project(gia_lai)), by=gia_lai.manager).document
    client.force_login(gia_lai.manager)
    page = client.get(document.get_absolute_url())
    assert document.deliverable.get_absolute_url() in page.content.decode()
    assert "has_own_way" not in page.context
    assert client.post(f"{document.get_absolute_url()}send/").status_code == 404
    assert client.post(f"{document.get_absolute_url()}take-back/").status_code == 404


def test_the_paper_page_answers_when_the_file_is_damaged(
    held: TrainingSession, gia_lai: Office, client: Client
) -> None:
    client.force_login(gia_lai.helper)
    client.post(f"/papers/about/training/{held.pk}/attendance_list/")
    paper = Document.objects.get(training=held)
    default_storage.delete(paper.latest.file.name)
    page = client.get(paper.get_absolute_url())
    assert page.status_code == 200
    assert "missing" in page.context["checks"].problem
