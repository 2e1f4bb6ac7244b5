"""Periods as the five seeds print them."""

import datetime as dt

import pytest

from projects.periods import Period, parse

D = dt.date


@pytest.mark.requirement("QT-PL.x")
@pytest.mark.parametrize(
    ("text", "starts_on", "ends_on"),
    [
        ("Quý II/2021", D(2021, 4, 1), D(2021, 6, 30)),
        ("Quý II-III/2021", D(2021, 4, 1), D(2021, 9, 30)),
        ("Quý III-IV/2021", D(2021, 7, 1), D(2021, 12, 31)),
        ("Quý I/2024", D(2024, 1, 1), D(2024, 3, 31)),
        ("Quý IV năm 2021", D(2021, 10, 1), D(2021, 12, 31)),
        ("Năm 2021", D(2021, 1, 1), D(2021, 12, 31)),
        ("2020", D(2020, 1, 1), D(2020, 12, 31)),
        ("2022", D(2022, 1, 1), D(2022, 12, 31)),
        ("giai đoạn 2020–2025", D(2020, 1, 1), D(2025, 12, 31)),
        ("Giai đoạn 2025 - 2030", D(2025, 1, 1), D(2030, 12, 31)),
        ("từ tháng 7 - 11/2021", D(2021, 7, 1), D(2021, 11, 30)),
        ("Tháng 2/2024", D(2024, 2, 1), D(2024, 2, 29)),
        ("  QUÝ   II – III / 2021. ", D(2021, 4, 1), D(2021, 9, 30)),
    ],
)
def test_a_printed_period_has_a_first_and_a_last_day(text: str, starts_on: dt.date, ends_on: dt.date) -> None:
    assert parse(text) == Period(starts_on, ends_on, "")


@pytest.mark.parametrize("text", ["Hàng năm", "hằng năm", "Quý IV", "Quý IV hàng năm"])
def test_a_period_without_a_year_comes_back_every_year(text: str) -> None:
    assert parse(text) == Period(None, None, "yearly")


def test_one_occurrence_of_a_yearly_period_has_dates() -> None:
    assert parse("Hàng năm", year=2023) == Period(D(2023, 1, 1), D(2023, 12, 31), "yearly")
    assert parse("Quý IV", year=2027) == Period(D(2027, 10, 1), D(2027, 12, 31), "yearly")


def test_a_printed_year_wins_over_the_year_asked_for() -> None:
    assert parse("Quý II/2021", year=2030) == Period(D(2021, 4, 1), D(2021, 6, 30), "")


@pytest.mark.parametrize("text", ["trước 15/12 hằng năm", "trước ngày 15 tháng 12 hằng năm"])
def test_a_yearly_deadline_ends_on_the_printed_day(text: str) -> None:
    assert parse(text) == Period(None, None, "yearly")
    assert parse(text, year=2026) == Period(None, D(2026, 12, 15), "yearly")


def test_a_deadline_of_one_year_does_not_come_back() -> None:
    assert parse("đến năm 2025") == Period(None, D(2025, 12, 31), "")
    assert parse("trước ngày 30/11/2021") == Period(None, D(2021, 11, 30), "")


@pytest.mark.parametrize(
    "text",
    ["", "khi có yêu cầu", "Quý V/2021", "Quý III-II/2021", "trước 31/02/2021", "tháng 13/2021", "2030 - 2025", "0000"],
)
def test_text_that_is_not_understood_gives_no_dates_and_no_error(text: str) -> None:
    assert parse(text) == Period(None, None, "")


def test_decomposed_vietnamese_is_understood() -> None:
    assert parse("Qu\u0079\u0301 II/2021").ends_on == D(2021, 6, 30)
