"""A template that is not published yet, as PDF: on the sample or on a paper, where LibreOffice is installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from documents.models import DocumentTemplate
from jobs.models import Job
from jobs.worker import Worker
from people.models import Membership
from tests.factories import documents as make
from tests.factories.people import Office, member, signed_in
from tests.factories.projects import make_project
from workflows.template_pdf import TemplatePreview

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(gia_lai: Office) -> Client:
    """The province's administrator."""
    return signed_in(member("gl-quantri", Membership.Role.ADMINISTRATOR, gia_lai.organisation))


def of_province(office: Office, *lines: str) -> DocumentTemplate:
    """Keep a version of the province that nobody has published."""
    return DocumentTemplate.objects.create(
        kind=make.KIND,
        province=office.province,
        version=1,
        file=make.files_of(*lines),
        sha256="0" * 64,
        registered_at=make.NOW,
        registered_by=office.manager,
    )


@pytest.fixture
def waiting(gia_lai: Office) -> DocumentTemplate:
    """A version that prints whose paper it is, and its number."""
    return of_province(gia_lai, "{{ letterhead.agency }}", "{{ letterhead.number_line }}")


@pytest.fixture(autouse=True)
def office(settings, tmp_path: Path) -> None:
    """In LibreOffice's place a program that makes a "PDF" of what the paper says."""
    path = tmp_path / "soffice"
    path.write_text(
        '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\n'
        '(printf "%%PDF-1.7 "; unzip -p "$3" word/document.xml) > "$2/paper.pdf"\n'
    )
    path.chmod(0o755)
    settings.LIBREOFFICE = str(path)


def page_of(template: DocumentTemplate, tail: str = "") -> str:
    return f"/documents/template-versions/{template.pk}/{tail}"


def ask(client: Client, template: DocumentTemplate, on: int | str = "") -> Job:
    assert client.post(page_of(template, "pdf/"), {"on": on}).status_code == 302
    Worker().run(until_empty=True)
    job: Job = Job.objects.first()
    return job


def file_of(client: Client, job: Job) -> str:
    answer = client.get(f"/jobs/{job.pk}/file/")
    return b"".join(answer.streaming_content).decode() if answer.status_code == 200 else ""


def test_a_version_that_is_not_published_becomes_a_pdf_of_the_sample(administrator, gia_lai, waiting):
    job = ask(administrator, waiting)
    assert job.state == Job.State.DONE, job.error
    made = file_of(administrator, job)
    assert made.startswith("%PDF-")
    assert gia_lai.organisation.name in made
    assert "12/BC-" in made
    assert f"/jobs/{job.pk}/file/" in administrator.get(page_of(waiting)).content.decode()


def test_on_a_paper_of_the_province_it_shows_that_papers_words(administrator, gia_lai, waiting):
    draft = make.draft(make.deliverable_of(make_project(gia_lai)), by=gia_lai.manager)
    job = ask(administrator, waiting, draft.document_id)
    assert "Số:      /BC-" in file_of(administrator, job)
    assert draft.document.versions.count() == 1  # looking makes no paper


def test_only_who_asked_has_the_file(administrator, gia_lai, waiting):
    draft = make.draft(make.deliverable_of(make_project(gia_lai)), by=gia_lai.manager)
    job = ask(administrator, waiting, draft.document_id)
    assert file_of(signed_in(gia_lai.leader), job) == ""
    Job.objects.update(province=gia_lai.province)  # even where the others see the work itself
    assert file_of(signed_in(gia_lai.leader), job) == ""


def test_a_version_that_fits_its_papers_no_more_ends_the_work_with_the_reason(administrator, gia_lai):
    old = of_province(gia_lai, "{{ paper.finding }}")
    job = ask(administrator, old)
    assert (job.state, "paper.finding" in job.error) == (Job.State.FAILED, True)
    assert "The Word template is refused" in administrator.get(page_of(old)).content.decode()


def test_another_look_at_the_same_version_waits_for_the_first(administrator, gia_lai, waiting):
    draft = make.draft(make.deliverable_of(make_project(gia_lai)), by=gia_lai.manager)
    administrator.post(page_of(waiting, "pdf/"))
    answer = administrator.post(page_of(waiting, "pdf/"), {"on": draft.document_id}, follow=True)
    assert "Another PDF of this version is being made" in answer.content.decode()
    assert Job.objects.filter(kind=TemplatePreview.key).count() == 1


def test_without_libreoffice_the_page_says_so_and_makes_nothing(administrator, waiting, settings):
    settings.LIBREOFFICE = "/nowhere/soffice"
    page = administrator.get(page_of(waiting)).content.decode()
    assert "LibreOffice is not installed" in page
    assert "Make the PDF" not in page
    answer = administrator.post(page_of(waiting, "pdf/"), follow=True)
    assert "LibreOffice is not installed" in answer.content.decode()
    assert not Job.objects.exists()


def test_a_paper_that_is_out_of_sight_meanwhile_is_not_printed(administrator, gia_lai, son_la, waiting):
    draft = make.draft(make.deliverable_of(make_project(gia_lai)), by=gia_lai.manager)
    administrator.post(page_of(waiting, "pdf/"), {"on": draft.document_id})
    Job.objects.update(owner=son_la.leader)
    Worker().run(until_empty=True)
    assert Job.objects.get().state == Job.State.FAILED
    assert "not there any more" in Job.objects.get().error


def test_the_button_stands_under_the_data_that_were_chosen(administrator, gia_lai, waiting):
    draft = make.draft(make.deliverable_of(make_project(gia_lai)), by=gia_lai.manager)
    page = administrator.get(page_of(waiting), {"on": draft.document_id}).content.decode()
    assert f'<input type="hidden" name="on" value="{draft.document_id}">' in page
