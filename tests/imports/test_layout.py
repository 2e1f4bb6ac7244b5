"""Where the table of an untidy sheet is, and which of its rows are data."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook

from imports import parsers
from imports.layout import choose_sheet, layout_of, lines_of, parts_of
from imports.resources import ListField, ListResource
from imports.sheets import Sheet, read_workbook
from tests.imports.make_lists import FOLDER


class People(ListResource):
    """A list of people, as of a class."""

    key_column = "name"
    name = ListField(("Họ và tên", "Họ tên"), parsers.text, "a name", needed=True)
    unit = ListField(("Đơn vị", "Đơn vị công tác"), parsers.text, "a unit")
    phone = ListField(("Điện thoại", "Số điện thoại"), parsers.phone, "a phone number")


COLUMNS = People.columns()


def sheet(*rows: list[Any], merged: tuple[str, ...] = ()) -> Sheet:
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    buffer = io.BytesIO()
    book.save(buffer)
    return read_workbook(buffer.getvalue())[0]


def test_the_list_of_a_class_is_read_past_its_titles_and_signatures() -> None:
    sheets = read_workbook((FOLDER / "d-diem-danh.xlsx").read_bytes())
    place, layout = choose_sheet(sheets, COLUMNS)
    lines, skipped = lines_of(sheets[place], layout, COLUMNS, "name")
    assert (layout.first, layout.last, layout.places) == (4, 4, {"name": 2, "unit": 4, "phone": 5})
    records = [People().clean(line.cells) for line in lines]
    assert [values["phone"] for values, _problems in records] == ["0900000021", "0900000022", "0900000023"]
    assert [text for _row, text in skipped] == ["Tổng số: 3 học viên", "GIẢNG VIÊN"]


def test_the_sheet_whose_titles_are_known_is_chosen() -> None:
    sheets = [sheet(["Ghi chú"], ["không có gì"]), sheet(["Họ tên", "Đơn vị"], ["Mai", "HTX"])]
    assert choose_sheet(sheets, COLUMNS)[0] == 1


def test_a_row_that_only_numbers_the_columns_belongs_to_the_header() -> None:
    layout = layout_of(sheet(["TT", "Họ và tên", "Đơn vị"], ["(1)", "(2)", "(3)"], [1, "Mai", "HTX"]), COLUMNS)
    assert (layout.first, layout.last) == (1, 2)


def test_a_cell_merged_over_several_rows_holds_for_each_of_them() -> None:
    page = sheet(["Họ và tên", "Đơn vị"], ["Mai", "HTX Một"], ["Lan", None], merged=("B2:B3",))
    lines, _skipped = lines_of(page, layout_of(page, COLUMNS), COLUMNS, "name")
    assert [line.cells["unit"] for line in lines] == ["HTX Một", "HTX Một"]


def test_a_table_that_does_not_begin_in_the_first_column_is_found() -> None:
    page = sheet([], [None, None, "Họ và tên", "Đơn vị"], [None, None, "Mai", "HTX"])
    layout = layout_of(page, COLUMNS)
    assert (layout.first, layout.places) == (2, {"name": 3, "unit": 4})


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Chè xanh\nChè đen", ["Chè xanh", "Chè đen"]),
        ("- Chè xanh\n- Chè đen", ["Chè xanh", "Chè đen"]),
        ("1. Chè xanh; 2. Chè đen", ["Chè xanh", "Chè đen"]),
        ("Cà phê bột\nrang xay", ["Cà phê bột rang xay"]),
        ("Chè xanh", ["Chè xanh"]),
        ("Mật ong 500 ml", ["Mật ong 500 ml"]),
    ],
)
def test_a_cell_with_several_products_is_split_and_one_that_wraps_is_not(cell: str, parts: list[str]) -> None:
    assert parts_of(cell) == parts


def test_a_formula_gives_its_stored_value_and_one_without_is_noted() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Họ và tên", "Đơn vị"])
    page.append(["Mai", '="HTX"&" Một"'])
    buffer = io.BytesIO()
    book.save(buffer)
    assert read_workbook(buffer.getvalue())[0].gaps == {(2, 2)}
