"""A version as PDF: made in the background, once for each file; said clearly where it cannot be."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from documents import pdf
from documents.models import DocumentVersion
from documents.pdf.job import ask_for_pdf, copy_of
from documents.proofs import PdfCopy
from jobs.models import Job
from jobs.worker import Worker
from tests.factories import documents as make
from tests.factories.projects import make_project


@pytest.fixture
def version(gia_lai) -> DocumentVersion:
    project = make_project(gia_lai)
    return make.issued(make.deliverable_of(project), by=gia_lai.manager, signer=gia_lai.leader).version


@pytest.fixture
def office(settings, tmp_path):
    """A program in LibreOffice's place that does what a test wants."""

    def install(script: str) -> None:
        path = tmp_path / "soffice"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        settings.LIBREOFFICE = str(path)

    return install


COPIES = 'while [ "$1" != --outdir ]; do shift; done; echo made >> "$0.log"; printf "%%PDF-1.7 ok" > "$2/paper.pdf"'


def url(version: DocumentVersion, tail: str = "") -> str:
    return f"/documents/versions/{version.pk}/pdf/{tail}"


def work() -> None:
    Worker().run(until_empty=True)


@pytest.mark.office
def test_libreoffice_makes_a_pdf_and_leaves_nothing_behind(version, settings):
    with version.file.open() as stored:
        made = pdf.convert(stored.read())
    assert made.startswith(b"%PDF-")
    assert b"%%EOF" in made[-1024:]


def test_the_pdf_is_made_in_the_background_and_downloaded_under_its_vietnamese_name(client, version, gia_lai, office):
    office(COPIES)
    client.force_login(gia_lai.clerk)
    assert client.post(url(version)).status_code == 302
    work()
    assert "Look at the PDF" in client.get(url(version)).content.decode()
    answer = client.get(url(version, "file/"), {"download": "1"})
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 ok"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''01-BC-CCT%C4%90C%20B%C3%A1o")
    assert answer["Content-Disposition"].endswith(".pdf")
    shown = client.get(url(version, "file/"))
    shown.close()
    assert shown["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_equal_files_share_one_pdf_and_asking_twice_is_one_work(version, gia_lai, office, settings):
    office(COPIES)
    assert ask_for_pdf(version, by=gia_lai.clerk) == ask_for_pdf(version, by=gia_lai.clerk)
    work()
    ask_for_pdf(version, by=gia_lai.clerk)
    work()
    assert Path(f"{settings.LIBREOFFICE}.log").read_text().split() == ["made"]
    assert PdfCopy.objects.count() == 1


def test_where_libreoffice_is_missing_the_page_says_so_and_the_way_out(client, version, gia_lai, settings):
    settings.LIBREOFFICE = "/nowhere/soffice"
    client.force_login(gia_lai.clerk)
    page = client.get(url(version)).content.decode()
    assert "LibreOffice is not installed" in page
    assert "Make the PDF" not in page
    client.post(url(version))
    assert not Job.objects.exists()


def test_a_conversion_that_takes_too_long_is_ended_with_all_its_processes_and_said(version, gia_lai, office, settings):
    settings.LIBREOFFICE_SECONDS = 1
    office('sleep 60 & echo $! > "$0.pid"; wait')
    job = ask_for_pdf(version, by=gia_lai.clerk)
    begun = time.monotonic()
    work()
    assert time.monotonic() - begun < 30
    job.refresh_from_db()
    assert (job.state, "longer than 1 seconds" in job.error or "lâu hơn" in job.error) == ("failed", True)
    child = int(Path(f"{settings.LIBREOFFICE}.pid").read_text())
    assert not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]


def test_a_program_that_eats_memory_is_ended_by_its_limit_and_said(version, gia_lai, office, settings):
    settings.LIBREOFFICE_MEMORY_MB = 512
    office(f"{sys.executable} -S -c 'bytes(2 ** 30)' && {COPIES}")  # without the limit it has its memory and goes on
    job = ask_for_pdf(version, by=gia_lai.clerk)
    work()
    job.refresh_from_db()
    assert (job.state, copy_of(version)) == ("failed", None)
    assert "made no PDF" in job.error or "không tạo" in job.error


def test_a_program_that_writes_without_end_is_ended_by_its_limit(version, gia_lai, office, settings, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PDF_BYTES", 2**20)
    office(f"{sys.executable} -S -c \"open('big', 'wb').write(bytes(2 ** 21))\" && {COPIES}")
    job = ask_for_pdf(version, by=gia_lai.clerk)
    work()
    job.refresh_from_db()
    assert (job.state, copy_of(version)) == ("failed", None)


def test_a_program_that_makes_no_pdf_is_said_and_stores_nothing(version, gia_lai, office):
    office("exit 1")
    job = ask_for_pdf(version, by=gia_lai.clerk)
    work()
    job.refresh_from_db()
    assert job.state == "failed"
    assert copy_of(version) is None


def test_the_program_sees_neither_the_title_nor_our_environment(version, gia_lai, office, settings):
    office('env > "$0.env"; echo "$@" > "$0.arguments"; ' + COPIES)
    os.environ["TXNG_SECRET_OF_THE_TEST"] = "1"
    try:
        ask_for_pdf(version, by=gia_lai.clerk)
        work()
    finally:
        del os.environ["TXNG_SECRET_OF_THE_TEST"]
    assert "SECRET" not in Path(f"{settings.LIBREOFFICE}.env").read_text()
    arguments = Path(f"{settings.LIBREOFFICE}.arguments").read_text()
    assert arguments.rstrip().endswith("/paper.docx")
    assert "-env:UserInstallation=file:///" in arguments


def test_a_pdf_that_was_changed_is_not_shown_but_made_anew(client, version, gia_lai, office):
    office(COPIES)
    ask_for_pdf(version, by=gia_lai.clerk)
    work()
    with open(default_storage.path(copy_of(version).file.name), "ab") as file:
        file.write(b"!")
    client.force_login(gia_lai.clerk)
    assert client.get(url(version, "file/")).status_code == 302
    assert "Make the PDF" in client.get(url(version)).content.decode()
    ask_for_pdf(version, by=gia_lai.clerk)
    work()
    assert copy_of(version)


def test_of_a_damaged_word_file_no_pdf_is_made(version, gia_lai, office):
    office(COPIES)
    default_storage.delete(version.file.name)
    job = ask_for_pdf(version, by=gia_lai.clerk)
    work()
    job.refresh_from_db()
    assert job.state == "failed"


def test_a_stranger_finds_neither_page_nor_file(client, version, son_la):
    client.force_login(son_la.leader)
    assert client.get(url(version)).status_code == 404
    assert client.post(url(version)).status_code == 404
    assert client.get(url(version, "file/")).status_code == 404
