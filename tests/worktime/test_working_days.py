"""Counting in working days: against the plain definition, around Tết, and without a question per row."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worktime.models import SpecialDay
from worktime.working_days import Calendar

ONE_DAY = timedelta(days=1)
TET = {date(2026, 2, 16) + n * ONE_DAY: False for n in range(5)}  # Monday to Friday
SWAPPED = {date(2026, 8, 22): True, date(2026, 8, 31): False}  # a Saturday for a Monday

DAYS = st.dates(date(2025, 12, 1), date(2026, 12, 31))
SPECIAL = st.dictionaries(DAYS, st.booleans(), max_size=40)


def counted(calendar: Calendar, start: date, end: date) -> int:
    """The definition of `between`, day by day."""
    if end < start:
        return -counted(calendar, end, start)
    return sum(calendar.is_working(start + n * ONE_DAY) for n in range(1, (end - start).days + 1))


def walked(calendar: Calendar, day: date, days: int) -> date:
    """The definition of `add`, day by day."""
    if days == 0:
        while not calendar.is_working(day):
            day += ONE_DAY
        return day
    left = abs(days)
    while left:
        day += ONE_DAY if days > 0 else -ONE_DAY
        left -= calendar.is_working(day)
    return day


@given(SPECIAL, DAYS, DAYS)
def test_the_days_between_are_those_that_one_counts_by_hand(special: dict[date, bool], start: date, end: date) -> None:
    calendar = Calendar(special)
    assert calendar.between(start, end) == counted(calendar, start, end)


@given(SPECIAL, DAYS, st.integers(-90, 90))
def test_adding_days_comes_to_the_day_that_one_finds_by_hand(special: dict[date, bool], day: date, days: int) -> None:
    calendar = Calendar(special)
    assert calendar.add(day, days) == walked(calendar, day, days)


@given(SPECIAL, DAYS, st.integers(1, 90))
def test_as_many_days_lie_between_as_were_added(special: dict[date, bool], day: date, days: int) -> None:
    calendar = Calendar(special)
    assert calendar.between(day, calendar.add(day, days)) == days


def test_tet_does_not_count() -> None:
    calendar = Calendar(TET)
    assert calendar.add(date(2026, 2, 13), 1) == date(2026, 2, 23)
    assert calendar.between(date(2026, 2, 13), date(2026, 2, 24)) == 2


def test_a_swapped_saturday_counts_and_its_monday_does_not() -> None:
    calendar = Calendar(SWAPPED)
    assert calendar.add(date(2026, 8, 21), 1) == date(2026, 8, 22)
    assert calendar.add(date(2026, 8, 28), 1) == date(2026, 9, 1)


def test_without_special_days_the_office_works_monday_to_friday() -> None:
    calendar = Calendar({})
    assert [calendar.is_working(date(2026, 11, 16) + n * ONE_DAY) for n in range(7)] == [True] * 5 + [False] * 2


def test_the_calendar_ends_where_dates_end() -> None:
    assert Calendar({}).add(date(9999, 12, 30), 60) == date.max
    assert Calendar({}).add(date(1, 1, 2), -60) == date.min


@pytest.mark.django_db
def test_the_special_days_are_read_once_and_only_when_asked(django_assert_num_queries) -> None:
    SpecialDay.objects.create(day=date(2026, 9, 2), name="Quốc khánh")
    with django_assert_num_queries(0):
        calendar = Calendar()
    with django_assert_num_queries(1):
        left = [calendar.between(date(2026, 9, 1), date(2026, 9, 1) + n * ONE_DAY) for n in range(3)]
    assert left == [0, 0, 1]


def test_ten_thousand_spans_of_a_decade_take_no_time() -> None:
    """Counting day by day, this would be thirty million steps and some ten seconds."""
    calendar = Calendar(TET)
    start, began = date(2016, 1, 1), process_time()
    for n in range(10_000):
        calendar.between(start, date(2026, 1, 1) + (n % 300) * ONE_DAY)
    assert process_time() - began < 1
