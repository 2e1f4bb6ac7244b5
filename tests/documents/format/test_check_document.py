"""`manage.py check_document`: a table of findings, and how it ends."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.documents.format import papers
from tests.documents.word import word


def run(*args):
    out = io.StringIO()
    code = 0
    try:
        call_command("check_document", *map(str, args), stdout=out)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue()


def test_a_sound_file_ends_with_0(tmp_path):
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(papers.report())
    code, said = run(path)
    assert code == 0
    assert said.startswith(str(path))


def test_findings_are_printed_as_a_table_and_end_with_1(tmp_path):
    good, bad = tmp_path / "tot.docx", tmp_path / "xau.docx"
    good.write_bytes(papers.report())
    bad.write_bytes(word("Kính gửi quý vị"))
    code, said = run(good, bad)
    assert code == 1
    rows = [line for line in said.splitlines() if line.count(" | ") == 2]
    assert len(rows) > 5
    assert len({line.index(" | ") for line in rows}) == 1


def test_the_form_may_be_said(tmp_path):
    path = tmp_path / "ban-cam-ket.docx"
    path.write_bytes(word("Bản cam kết"))
    with_head = run(path)[1]
    assert len(run("--form", "outside", path)[1].splitlines()) < len(with_head.splitlines())


def test_a_file_that_is_no_word_file_ends_with_1_and_the_reason(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"%PDF-1.7")
    code, said = run(path)
    assert code == 1
    assert ".docx" in said


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="khong-co"):
        run(tmp_path / "khong-co.docx")
