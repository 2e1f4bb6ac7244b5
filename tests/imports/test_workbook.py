"""Reading workbooks: what a province's table gives, and every problem named at once."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl import Workbook

from imports import parsers
from imports.errors import CellError, WorkbookRefused
from imports.workbook import Column, Table, read_table

COLUMNS = [
    Column("name", ["Tên sản phẩm", "Sản phẩm"], True, parsers.text, "a name"),
    Column("stars", ["Hạng sao"], True, parsers.stars, "stars are 1 to 5"),
    Column("decided_on", ["Ngày quyết định"], False, parsers.date, "a date dd/mm/yyyy"),
    Column("quantity", ["Số lượng"], False, parsers.integer, "a whole number"),
]
HEADER = ["TT", "Tên sản phẩm", "Hạng sao", "Ngày quyết định", "Số lượng"]


def workbook(*rows: Sequence[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(*rows: Sequence[Any], unique: Sequence[tuple[str, ...]] = ()) -> Table:
    return read_table(workbook(*rows), COLUMNS, unique=unique)


def test_it_reads_the_rows_under_the_titles_with_the_numbers_the_spreadsheet_shows() -> None:
    table = read(["SỞ KHOA HỌC VÀ CÔNG NGHỆ"], [], HEADER, [1, "Chôm chôm", "3 sao", "17/02/2022", 40])
    assert table.errors == []
    assert [(row.number, row.values) for row in table.rows] == [
        (4, {"name": "Chôm chôm", "stars": 3, "decided_on": dt.date(2022, 2, 17), "quantity": 40})
    ]


def test_it_knows_titles_without_case_diacritics_and_spaces() -> None:
    table = read(["STT", "TEN  SAN PHAM ", "hạng\nsao"], [1, "Chè", 4])
    assert table.rows[0].values["name"] == "Chè"
    assert table.rows[0].values["stars"] == 4


def test_it_composes_decomposed_vietnamese() -> None:
    decomposed = "Che\u0300 Shan tuye\u0302\u0301t"
    assert read(HEADER, [1, decomposed, 3]).rows[0].values["name"] == "Ch\u00e8 Shan tuy\u1ebft"


def test_it_skips_empty_rows_and_keeps_empty_optional_cells_as_none() -> None:
    table = read(HEADER, [1, "Chè", 3], [], [2, "Tiêu", 4])
    assert [row.number for row in table.rows] == [2, 4]
    assert table.rows[0].values["decided_on"] is None


def test_it_names_every_problem_at_once() -> None:
    table = read(HEADER, [1, "Chè", "sáu", "2022-02-17", "x"], [2, None, 3], [3, "Tiêu", 9])
    assert table.errors == [
        CellError(2, "Hạng sao", "sáu", "stars are 1 to 5"),
        CellError(2, "Ngày quyết định", "2022-02-17", "a date dd/mm/yyyy"),
        CellError(2, "Số lượng", "x", "a whole number"),
        CellError(3, "Tên sản phẩm", "", "this cell must not be empty"),
        CellError(4, "Hạng sao", "9", "stars are 1 to 5"),
    ]


def test_a_missing_column_is_named_with_the_titles_it_may_have() -> None:
    table = read_table(
        workbook(["Hạng sao", "Số lượng"], [3, 5]),
        COLUMNS,
    )
    assert len(table.errors) == 1
    assert table.errors[0].column == "Tên sản phẩm"
    assert "Tên sản phẩm, Sản phẩm" in str(table.errors[0])
    assert table.rows[0].values["stars"] == 3


def test_a_product_twice_names_both_rows() -> None:
    table = read(HEADER, [1, "Chè", 3], [2, "Tiêu", 3], [3, "CHÈ", 4], unique=[("name",)])
    assert [(error.row, error.value) for error in table.errors] == [(4, "CHÈ")]
    assert "2" in str(table.errors[0].rule)


def test_rows_that_repeat_only_a_part_of_the_key_are_not_duplicates() -> None:
    table = read(HEADER, [1, "Chè", 3], [2, "Chè", 4], unique=[("name", "stars")])
    assert table.errors == []


def test_empty_keys_do_not_repeat_each_other() -> None:
    table = read(HEADER, [1, "Chè", 3], [2, "Tiêu", 3], unique=[("decided_on",)])
    assert table.errors == []


def test_a_formula_is_never_evaluated() -> None:
    table = read(HEADER, [1, "Chè", 3, None, "=1+1"])
    assert table.rows[0].values["quantity"] is None


def test_an_error_reads_as_one_sentence() -> None:
    error = CellError(7, "Hạng sao", "sáu", "stars are 1 to 5")
    words = str(error)
    assert all(part in words for part in ("7", "Hạng sao", "sáu", "stars are 1 to 5"))
    assert words.endswith(".")


def test_a_sheet_without_the_titles_is_refused_with_the_titles_it_needs() -> None:
    with pytest.raises(WorkbookRefused, match="Tên sản phẩm, Hạng sao"):
        read(["a", "b"], [1, 2])


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(WorkbookRefused, match="Tên sản phẩm"):
        read()


def test_more_rows_than_allowed_are_refused() -> None:
    rows = [[number, f"Chè {number}", 3] for number in range(6)]
    with pytest.raises(WorkbookRefused, match="5"):
        read_table(workbook(HEADER, *rows), COLUMNS, max_rows=5)


def test_only_the_first_visible_sheet_is_read() -> None:
    book = Workbook()
    book.worksheets[0].sheet_state = "hidden"
    visible = book.create_sheet("Danh sách")
    visible.append(HEADER)
    visible.append([1, "Chè", 3])
    book.active = 1
    buffer = io.BytesIO()
    book.save(buffer)
    assert read_table(buffer.getvalue(), COLUMNS).rows[0].values["name"] == "Chè"
