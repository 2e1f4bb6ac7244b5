"""Cells as provinces type them, and as spreadsheets mangle them."""

import datetime as dt
from collections.abc import Callable

import pytest

from imports import parsers


def is_refused(parse: Callable[[parsers.Cell], object], cell: parsers.Cell) -> bool:
    try:
        parse(cell)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(("cell", "stars"), [(3, 3), ("3 sao", 3), ("4 SAO", 4), ("★★★", 3), ("*****", 5), ("5", 5)])
def test_stars_are_read_in_the_three_spellings(cell: parsers.Cell, stars: int) -> None:
    assert parsers.stars(cell) == stars


@pytest.mark.parametrize("cell", [0, 6, "sáu", "3,5", 3.5, "★★★★★★", True])
def test_other_stars_are_refused(cell: parsers.Cell) -> None:
    assert is_refused(parsers.stars, cell)


@pytest.mark.parametrize("cell", ["17/02/2022", "17-2-2022", "17.02.2022", dt.date(2022, 2, 17)])
def test_a_date_puts_the_day_first(cell: parsers.Cell) -> None:
    assert parsers.date(cell) == dt.date(2022, 2, 17)


@pytest.mark.parametrize("cell", ["02/17/2022", "31/02/2022", "2022-02-17", 44609, "17/02/22"])
def test_other_dates_are_refused(cell: parsers.Cell) -> None:
    assert is_refused(parsers.date, cell)


@pytest.mark.parametrize(
    ("cell", "number"), [(40, 40), ("40", 40), ("1.200", 1200), ("1 200 000", 1200000), ("-3", -3)]
)
def test_whole_numbers_may_group_thousands(cell: parsers.Cell, number: int) -> None:
    assert parsers.integer(cell) == number


@pytest.mark.parametrize("cell", [1.5, "1.20", "1,5", "x", True, dt.date(2022, 1, 1)])
def test_other_numbers_are_refused(cell: parsers.Cell) -> None:
    assert is_refused(parsers.integer, cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (8939636000813, "08939636000813"),
        ("8939636000813", "08939636000813"),
        ("893 9636 000813", "08939636000813"),
        (12345670, "00000012345670"),
        (1234565, "00000001234565"),  # GTIN-8 01234565 whose zero the spreadsheet dropped
    ],
)
def test_a_gtin_gets_its_lost_zeros_back(cell: parsers.Cell, code: str) -> None:
    assert parsers.gtin(cell) == code


@pytest.mark.parametrize("cell", [8934588000015, "1234565", 1234566, "8,93E+12", "abc", 12, 1.5])
def test_a_code_whose_check_digit_does_not_fit_is_refused(cell: parsers.Cell) -> None:
    assert is_refused(parsers.gtin, cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (900000011, "0900000011"),
        ("0900 000 011", "0900000011"),
        ("+84 900.000.011", "0900000011"),
        ("84900000011", "0900000011"),
        ("0269 3824 123", "02693824123"),
    ],
)
def test_a_phone_number_gets_its_lost_zero_back(cell: parsers.Cell, number: str) -> None:
    assert parsers.phone(cell) == number


@pytest.mark.parametrize("cell", ["0900 000 011 - 0900 000 012", "12345", "0100000000", "không có"])
def test_other_phone_numbers_are_refused(cell: parsers.Cell) -> None:
    assert is_refused(parsers.phone, cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [("9999000001", "9999000001"), (100109106, "0100109106"), ("9999000001-001", "9999000001-001")],
)
def test_a_tax_code_gets_its_lost_zero_back(cell: parsers.Cell, code: str) -> None:
    assert parsers.tax_code(cell) == code


@pytest.mark.parametrize("cell", ["99990000", "999900000A", 1.5])
def test_other_tax_codes_are_refused(cell: parsers.Cell) -> None:
    assert is_refused(parsers.tax_code, cell)
