"""Workbooks we write: data unchanged, nothing that a spreadsheet would run."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from imports import parsers
from imports.export import write_xlsx
from imports.workbook import Column, read_table


def sheet(data: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(data)).worksheets[0]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A", "\t=1+1"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    page = sheet(write_xlsx("Sản phẩm", ["Tên"], [[text]]))
    assert page["A2"].value == text
    assert page["A2"].data_type == "s"


def test_a_title_that_looks_like_a_formula_stays_text() -> None:
    assert sheet(write_xlsx("x", ["=1+1"], []))["A1"].data_type == "s"


def test_the_header_is_bold_filtered_and_stays_in_view() -> None:
    page = sheet(write_xlsx("Sản phẩm", ["TT", "Tên sản phẩm"], [[1, "Chôm chôm Ia Grai"]]))
    assert page.title == "Sản phẩm"
    assert page["B1"].font.bold
    assert page.auto_filter.ref == "A1:B2"
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["B"].width == 19


def test_lines_above_the_table_push_the_header_down() -> None:
    page = sheet(write_xlsx("x", ["Tên"], [["Chè"]], above=["DANH SÁCH", "=1+1"]))
    assert [page["A1"].value, page["A2"].value, page["A3"].value, page["A4"].value] == [
        "DANH SÁCH",
        "=1+1",
        "Tên",
        "Chè",
    ]
    assert page["A2"].data_type == "s"
    assert page.auto_filter.ref == "A3:A4"
    assert page.freeze_panes == "A4"


def test_dates_and_times_are_written_in_local_time() -> None:
    moment = dt.datetime(2022, 2, 17, 20, 0, tzinfo=dt.UTC)
    page = sheet(write_xlsx("x", ["a", "b"], [[dt.date(2022, 2, 17), moment]]))
    assert page["A2"].value == dt.datetime(2022, 2, 17)
    assert page["A2"].number_format == "dd/mm/yyyy"
    assert page["B2"].value == dt.datetime(2022, 2, 18, 3, 0)


def test_characters_that_a_workbook_cannot_hold_are_dropped() -> None:
    assert sheet(write_xlsx("a/b[c]", ["a"], [["Chè\x00\x0b"]]))["A2"].value == "Chè"


def test_what_we_write_can_be_read_back() -> None:
    columns = [Column("name", ["Tên"], True, parsers.text, "text"), Column("stars", ["Sao"], True, parsers.stars, "")]
    table = read_table(write_xlsx("x", ["Tên", "Sao"], [["=1+1", 4]]), columns)
    assert table.rows[0].values == {"name": "=1+1", "stars": 4}
