"""Hostile and mistaken files are refused quickly and in plain words."""

import io
import time
import zipfile

import pytest

from imports import parsers
from imports.archive import check
from imports.errors import WorkbookRefused
from imports.export import write_xlsx
from imports.package import MAX_BYTES
from imports.workbook import Column, read_table

COLUMNS = [Column("name", ["Tên sản phẩm"], True, parsers.text, "a name")]
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def good() -> bytes:
    return write_xlsx("Danh sách", ["Tên sản phẩm"], [["Chè"]])


def altered(changed: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in changed:
                target.writestr(name, source.read(name))
        for name, content in changed.items():
            target.writestr(name, content)
    return buffer.getvalue()


def sheet(rows: bytes, dimension: str = "A1:A2") -> bytes:
    head = f'<worksheet xmlns="{NAMESPACE}"><dimension ref="{dimension}"/><sheetData>'
    return altered({SHEET: head.encode() + rows + b"</sheetData></worksheet>"})


def refusal(data: bytes) -> str:
    started = time.monotonic()
    with pytest.raises(WorkbookRefused) as caught:
        read_table(data, COLUMNS)
    assert time.monotonic() - started < 5
    return str(caught.value)


def test_the_good_workbook_these_tests_alter_is_accepted() -> None:
    assert read_table(good(), COLUMNS).rows[0].values == {"name": "Chè"}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param("Tên sản phẩm\nChè\n".encode(), id="csv"),
        pytest.param(good()[:2000], id="cut off"),
        pytest.param(b"PK\x03\x04" + b"\0" * 200, id="zip in name only"),
        pytest.param(altered({"[Content_Types].xml": b"<Types/>"}), id="other kind"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(data: bytes) -> None:
    assert ".xlsx" in refusal(data)


def test_a_word_file_is_refused() -> None:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert ".xlsx" in refusal(
        altered({"[Content_Types].xml": b"<Types><Override ContentType='" + kind + b"'/></Types>"})
    )


def test_an_old_xls_or_encrypted_file_is_refused_with_the_way_out() -> None:
    assert "password" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096)


def test_macros_are_refused() -> None:
    assert refusal(altered({"xl/vbaProject.bin": b"\0" * 10})) != ""
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert refusal(altered({"[Content_Types].xml": b"<Types><Override ContentType='" + kind + b"'/></Types>"})) != ""


def test_a_file_over_ten_megabytes_is_refused() -> None:
    assert "10 MB" in refusal(b"PK" + b"\0" * MAX_BYTES)


def test_a_zip_bomb_is_refused() -> None:
    bomb = altered({"xl/media/image1.png": b"\0" * (40 * 1024 * 1024)})
    assert len(bomb) < 100_000
    refusal(bomb)


def test_a_zip_of_a_thousand_members_is_refused() -> None:
    refusal(altered({f"xl/media/{number}.png": b"x" for number in range(1000)}))


def test_one_cell_at_the_last_corner_is_refused() -> None:
    words = refusal(sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    assert "1048576" in words


def test_one_cell_at_the_last_corner_of_a_row_without_number_is_refused() -> None:
    assert "16384" in refusal(sheet(b'<row><c r="XFD1"><v>1</v></c></row>'))


def test_a_dimension_of_the_whole_sheet_is_refused() -> None:
    assert "1048576" in refusal(sheet(b"", dimension="A1:XFD1048576"))


def test_a_million_empty_rows_are_refused() -> None:
    data = sheet(b"<row/>" * 1_000_000)
    assert len(data) < 100_000
    refusal(data)


def test_rows_are_counted_even_when_the_file_is_not_packed_tightly() -> None:
    with pytest.raises(WorkbookRefused, match="at most 110 rows"):
        check(sheet(b"<row/>" * 111), max_rows=10)


def test_more_columns_than_sixty_are_refused() -> None:
    assert "61" in refusal(sheet(b"<row>" + b"<c><v>1</v></c>" * 61 + b"</row>"))


def test_a_worksheet_hidden_under_another_name_is_checked_too() -> None:
    row = b'<row r="1048576"><c r="XFD1048576"/></row>'
    page = f'<x:worksheet xmlns:x="{NAMESPACE}"><x:sheetData>'.encode() + row.replace(b"<c", b"<x:c")
    refusal(altered({"xl/other.bin": page + b"</x:sheetData></x:worksheet>"}))


@pytest.mark.parametrize("reference", ["xfd1048576", "A99999999", "AAAA1", "1A", "?"])
def test_a_reference_that_readers_take_differently_is_refused(reference: str) -> None:
    refusal(sheet(f'<row><c r="A1"/><c r="{reference}"><v>1</v></c></row>'.encode()))


def test_a_worksheet_under_a_false_root_is_stopped_by_the_limits_of_the_reader() -> None:
    page = b"<sheet><sheetData><row><c r='A1'><v>1</v></c><c r='XFD1048576'><v>1</v></c></row></sheetData></sheet>"
    data = altered({SHEET: page})
    check(data, max_rows=20000)
    refusal(data)


def test_entities_are_refused() -> None:
    page = b'<!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    assert ".xlsx" in refusal(altered({SHEET: page}))


def test_broken_xml_is_refused() -> None:
    assert ".xlsx" in refusal(altered({SHEET: b"<worksheet><sheetData></worksheet>"}))


@pytest.mark.parametrize("rows", [pytest.param(22, id="35 MB of text"), pytest.param(800, id="1.2 GB of text")])
def test_a_small_file_that_swells_in_the_reader_is_refused(rows: int) -> None:
    strings = b"<sst xmlns='" + NAMESPACE.encode() + b"'><si><t>" + b"x" * 32_000 + b"</t></si></sst>"
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 50 + b"</row>"
    # The comments keep the packing ratio of an honest file.
    body = b"".join(row + b"<!-- %d %x -->" % (n * 7919, n * 104729) for n in range(rows))
    page = b"<worksheet xmlns='%s'><sheetData>" % NAMESPACE.encode() + body + b"</sheetData></worksheet>"
    data = altered({SHEET: page, "xl/sharedStrings.xml": strings})
    check(data, max_rows=20000)
    assert "could not be read" in refusal(data)
