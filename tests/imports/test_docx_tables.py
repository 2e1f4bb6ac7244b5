"""Word documents with tables: read in a child process, hostile ones refused in words."""

from __future__ import annotations

import io
import zipfile

import pytest

from imports.docx_tables import tables_of
from imports.errors import WorkbookRefused
from tests.projects import annex_files


def texts(data: bytes) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in table] for table in tables_of(data)]


def test_a_table_is_read_with_its_paragraphs() -> None:
    assert texts(annex_files.document([("STT", "Nội dung"), ("1", "Một\nhai")])) == [
        [["STT", "Nội dung"], ["1", "Một\nhai"]]
    ]


def test_decomposed_letters_are_composed() -> None:
    import unicodedata

    data = annex_files.document([(unicodedata.normalize("NFD", "Nội dung"),)])
    assert texts(data) == [[["Nội dung"]]]


def test_words_that_were_deleted_in_tracked_changes_are_not_read() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    cell = f"<w:tc><w:p><w:del>{run.format('cũ ')}</w:del><w:ins>{run.format('mới')}</w:ins></w:p></w:tc>"
    assert texts(annex_files.document(body=f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")) == [[["mới"]]]


def test_a_table_in_a_cell_is_text_of_that_cell() -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>trong</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ngoài</w:t></w:r></w:p>{inner}</w:tc></w:tr></w:tbl>"
    assert texts(annex_files.document(body=outer)) == [[["ngoài\ntrong"]]]


def bomb() -> bytes:
    """60 MB of one letter in a few kilobytes."""
    return annex_files.packed("<w:document>" + "a" * (30 * 1024 * 1024) + "</w:document>")


def entities() -> bytes:
    """The billion laughs."""
    many = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return annex_files.packed(f'<!DOCTYPE x [<!ENTITY a0 "ha">{many}]><x>&a9;</x>')


def of_another_kind() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<x/>")
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a Word document"),
        (b"MZ" + b"\0" * 100, "not a Word document"),
        (b"PK\x03\x04 broken", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .doc"),
        (b"x" * (30 * 1024 * 1024), "larger than 10 MB"),
        (of_another_kind(), "not a Word document"),
        (annex_files.workbook(), "not a Word document"),
        (annex_files.packed("<x/>", **{"word/vbaProject.bin": b"macro"}), "macros"),
        (annex_files.packed("<x/>"), "no table"),
        (annex_files.packed("<not closed"), "could not be read"),
        (entities(), "could not be read"),
        (bomb(), "suspiciously tightly"),
    ],
    ids=["empty", "program", "broken zip", "old doc", "30 MB", "other zip", "workbook", "macro", "no table",
         "broken xml", "entities", "bomb"],
)  # fmt: skip
def test_a_hostile_or_wrong_file_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(WorkbookRefused, match=words):
        tables_of(data)


def test_a_table_of_countless_cells_is_refused() -> None:
    row = "<w:tr>" + "<w:tc/>" * 1000 + "</w:tr>"
    cells = "".join(f"<!-- {number:09} -->{row}" for number in range(60))
    with pytest.raises(WorkbookRefused):
        tables_of(annex_files.document(body=f"<w:tbl>{cells}</w:tbl>"))
