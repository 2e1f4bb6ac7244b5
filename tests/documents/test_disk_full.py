"""The disk is full: an error by name, no file half or without a row, no number lost; with room again all goes on."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from documents import actions
from documents.dossier.job import ask_for_dossier
from documents.models import DocumentVersion
from documents.pdf.job import ask_for_pdf, copy_of
from jobs.actions import start_again
from jobs.models import Job
from jobs.queue import ATTEMPTS
from jobs.worker import Worker
from registry.errors import NotStored
from tests.factories import documents as make
from tests.factories.disk import disk_takes, stored
from tests.factories.people import Office
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db
ROOM = 5_000  # bytes: less than any paper has


@pytest.fixture(autouse=True)
def _work_is_in_a_temporary_folder(settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def work(job: Job) -> Job:
    """Let a worker try until it has done the job or given it up."""
    for _attempt in range(ATTEMPTS):
        Worker().run(until_empty=True)
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    job.refresh_from_db()
    return job


def test_a_draft_is_stopped_by_name_and_leaves_neither_file_nor_row(gia_lai: Office) -> None:
    deliverable = make.deliverable_of(make_project(gia_lai))
    make.template()
    before = stored()
    with disk_takes(ROOM), pytest.raises(NotStored, match="could not be stored"):
        make.draft(deliverable, by=gia_lai.manager)
    assert stored() == before
    assert not DocumentVersion.objects.exists()
    assert make.draft(deliverable, by=gia_lai.manager).number == 1  # as soon as there is room


def test_no_number_leaves_the_register(gia_lai: Office) -> None:
    document = make.draft(make.deliverable_of(make_project(gia_lai)), by=gia_lai.manager).document
    before = stored()
    with disk_takes(ROOM), pytest.raises(NotStored):
        actions.issue(document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader, now=make.NOW)
    assert stored() == before
    assert document.latest.state == DocumentVersion.State.DRAFT
    entry = actions.issue(document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader, now=make.NOW)
    assert entry.number == 1


def test_a_pdf_is_stopped_by_name_and_leaves_no_half_file(gia_lai: Office, settings, tmp_path: Path) -> None:
    office = tmp_path / "soffice"
    office.write_text(
        '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\n'
        '(printf "%%PDF-1.7 "; head -c 300000 /dev/zero) > "$2/paper.pdf"\n'
    )
    office.chmod(0o755)
    settings.LIBREOFFICE = str(office)
    version = make.draft(make.deliverable_of(make_project(gia_lai)), by=gia_lai.manager)
    before = stored()
    job = ask_for_pdf(version, by=gia_lai.manager)
    with disk_takes(200_000):  # the Word file has room, the PDF has none
        work(job)
    assert (job.state, copy_of(version), stored()) == ("failed", None, before)
    assert "could not be stored" in job.error
    start_again(job, by=gia_lai.manager)
    assert work(job).state == "done"
    assert copy_of(version)


def test_a_dossier_is_stopped_by_name_and_goes_on_when_there_is_room(gia_lai: Office) -> None:
    project = make_project(gia_lai)
    make.issued(make.deliverable_of(project), by=gia_lai.manager, signer=gia_lai.leader)
    before = stored()
    job = ask_for_dossier(project, by=gia_lai.manager)
    with disk_takes(ROOM):
        work(job)
    assert (job.state, stored()) == ("failed", before)
    assert "no space left" in job.error
    start_again(job, by=gia_lai.manager)
    assert work(job).state == "done", job.error
    with job.file.open() as file, zipfile.ZipFile(file) as package:
        assert package.testzip() is None
        assert len(package.namelist()) == 2
