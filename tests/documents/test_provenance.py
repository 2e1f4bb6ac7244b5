"""Whether a file is the one issued: by its bytes, by its words, by the number it bears."""

from __future__ import annotations

import io
import json
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from docx import Document as Word

from documents import docx, provenance
from documents.blueprints import BLUEPRINTS, template_path
from documents.errors import TemplateRefused
from documents.models import DocumentVersion
from documents.provenance import Outcome
from documents.samples import SAMPLES
from tests.factories import documents as make
from tests.factories.projects import make_project

URL = "/documents/verify/"


@pytest.fixture
def entry(gia_lai):
    """01/BC-CCTĐC, issued."""
    return make.issued(make.deliverable_of(make_project(gia_lai)), by=gia_lai.manager, signer=gia_lai.leader)


def stored(version: DocumentVersion) -> bytes:
    with version.file.open() as file:
        return file.read()


def saved_again(data: bytes, *changes: tuple[str, str]) -> bytes:
    """What Word makes of a file that is opened and saved, with words replaced."""
    document = Word(io.BytesIO(data))
    for paragraph in document.paragraphs:
        for old, new in changes:
            if old in paragraph.text:
                paragraph.text = paragraph.text.replace(old, new)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def verdict(data: bytes) -> provenance.Verdict:
    return provenance.verify_file(data, DocumentVersion.objects.all())


def test_the_file_that_was_issued_is_known_by_its_bytes(entry):
    found = verdict(stored(entry.version))
    assert (found.outcome, found.version) == (Outcome.SAME_FILE, entry.version)


def test_a_file_saved_again_is_known_by_its_words_and_said_to_be_no_original(entry):
    found = verdict(saved_again(stored(entry.version)))
    assert (found.outcome, found.version) == (Outcome.SAME_TEXT, entry.version)


def test_a_changed_file_is_told_by_its_number_and_the_words_that_differ(entry):
    found = verdict(saved_again(stored(entry.version), ("17 sản phẩm", "71 sản phẩm")))
    assert (found.outcome, found.version) == (Outcome.CHANGED, entry.version)
    assert [(str(c.pair.before), str(c.pair.after)) for c in found.changes] == [
        ("Đã khảo sát 17 sản phẩm", "Đã khảo sát 71 sản phẩm")
    ]


def test_of_a_number_given_out_in_two_years_the_paper_that_differs_least_is_compared(entry, gia_lai):
    project = entry.version.document.deliverable.stage.project
    later = make.issued(
        make.deliverable_of(project, "D2"), by=gia_lai.manager, signer=gia_lai.leader, on=make.DAY.replace(year=2023)
    )
    assert later.full_number == entry.full_number
    assert verdict(saved_again(stored(entry.version), ("17", "18"))).version == entry.version


def test_a_file_with_another_number_was_not_issued_by_us(entry):
    found = verdict(saved_again(stored(entry.version), ("01/BC", "99/BC")))
    assert (found.outcome, found.version) == (Outcome.UNKNOWN, None)


def test_a_file_that_is_no_plain_word_file_is_refused(entry):
    with pytest.raises(TemplateRefused):
        verdict(b"PK\x03\x04 half a file")


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_template_and_stored_data_give_the_same_text_again(kind):
    template = template_path(kind).read_bytes()
    letterhead, paper = SAMPLES[kind]
    context = {"letterhead": docx.plain(letterhead, "letterhead"), "paper": docx.plain(paper, "paper")}
    once = docx.render(template, letterhead=letterhead, paper=paper)
    again = docx.render(template, **json.loads(json.dumps(context)))  # as the database keeps it
    assert docx.text_of(again) == docx.text_of(once)


def test_a_version_is_regenerated_from_its_template_and_data(entry):
    assert docx.text_of(provenance.regenerate(entry.version)) == docx.text_of(stored(entry.version))
    assert list(provenance.flaws(entry.version)) == []


def test_a_stored_file_that_was_changed_is_a_flaw(entry):
    with open(default_storage.path(entry.version.file.name), "ab") as file:
        file.write(b"!")
    assert "SHA-256" in str(next(provenance.flaws(entry.version)))


def test_data_that_no_longer_give_the_text_are_a_flaw(entry):
    entry.version.context["paper"]["finding"] = "Đã khảo sát 18 sản phẩm"
    assert "another text" in str(next(provenance.flaws(entry.version)))


# --- the command ---------------------------------------------------------------------------------


def told(*arguments: str, **options) -> str:
    out = StringIO()
    call_command("verify_documents", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_command_proves_a_file_a_number_and_everything(entry, tmp_path):
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(stored(entry.version))
    assert "01/BC-CCTĐC" in told(str(path))
    assert "07/03/2022" in told("01/BC-CCTĐC")
    assert "2 phiên bản đã kiểm tra, 0 có vấn đề" in told(all=True)


def test_the_command_fails_on_a_changed_file_and_names_the_words(entry, tmp_path):
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(saved_again(stored(entry.version), ("17", "71")))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_documents", str(path), stdout=out)
    assert "Đã khảo sát 71 sản phẩm" in out.getvalue()


@pytest.mark.parametrize("what", ["99/BC-CCTĐC", "khong-co.docx"])
def test_the_command_fails_on_what_it_does_not_know(entry, what):
    with pytest.raises(CommandError):
        told(what)


# --- the page ------------------------------------------------------------------------------------


def ask(client, data: bytes | None = None, **typed):
    if data is not None:
        typed["file"] = io.BytesIO(data)
        typed["file"].name = "bao-cao.docx"
    return client.post(URL, typed)


@pytest.fixture
def clerk(client, gia_lai):
    client.force_login(gia_lai.clerk)
    return client


def test_the_page_says_number_date_and_that_it_is_in_force(clerk, entry):
    page = ask(clerk, stored(entry.version)).content.decode()
    for words in ("This is our paper, unchanged.", "01/BC-CCTĐC", "07/03/2022", "It is in force."):
        assert words in page


def test_the_page_shows_the_words_that_differ(clerk, entry):
    page = ask(clerk, saved_again(stored(entry.version), ("17", "71"))).content.decode()
    assert "This file was changed" in page
    assert "<del>" in page
    assert "71" in page


def test_the_page_answers_a_number_too(clerk, entry):
    assert "Issued as 01/BC-CCTĐC" in ask(clerk, number="01/BC-CCTĐC").content.decode()
    assert "no paper of number 02/BC-CCTĐC" in ask(clerk, number="02/BC-CCTĐC").content.decode()


def test_another_province_learns_nothing_of_the_paper(client, entry, son_la):
    client.force_login(son_la.clerk)
    page = ask(client, stored(entry.version)).content.decode()
    assert "not issued by us" in page
    assert "01/BC-CCTĐC" not in page


def test_nothing_asked_and_a_file_that_is_too_large_are_refused_with_the_reason(clerk, entry):
    assert ask(clerk).status_code == 422
    answer = ask(clerk, b"x" * (2 * 1024 * 1024 + 1))
    assert answer.status_code == 422
    assert "larger than 2 MB" in answer.content.decode()


def test_a_file_that_is_no_word_file_is_refused_with_the_reason(clerk, entry):
    answer = ask(clerk, b"%PDF-1.7")
    assert "no paper of ours" in answer.content.decode()
    assert DocumentVersion.objects.count() == 2
