"""A year of the calendar as a page shows it: months, weeks, days."""

from __future__ import annotations

import calendar as python_calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import pgettext_lazy

from worktime.models import SpecialDay
from worktime.working_days import SATURDAY, Calendar

ONE_DAY = timedelta(days=1)
MONTHS = range(1, 13)
# Heads of narrow columns; Django's own "Mon" is "Thứ 2".
WEEKDAYS: tuple[Any, ...] = (
    pgettext_lazy("narrow", "Mon"),
    pgettext_lazy("narrow", "Tue"),
    pgettext_lazy("narrow", "Wed"),
    pgettext_lazy("narrow", "Thu"),
    pgettext_lazy("narrow", "Fri"),
    pgettext_lazy("narrow", "Sat"),
    pgettext_lazy("narrow", "Sun"),
)
_weeks = python_calendar.Calendar(firstweekday=python_calendar.MONDAY)


@dataclass(frozen=True)
class Day:
    """One cell of a month."""

    day: date
    special: SpecialDay | None
    is_today: bool

    @property
    def look(self) -> str:
        """The class of the cell: off, worked, weekend or nothing."""
        if self.special:
            return str(self.special.kind)
        return "weekend" if self.day.weekday() >= SATURDAY else ""


@dataclass(frozen=True)
class Month:
    """One month with its weeks, Monday first; days of other months are empty cells."""

    first: date
    heads: tuple[Any, ...]
    weeks: list[list[Day | None]]
    working_days: int
    special: list[SpecialDay]


def months_of(year: int, special: Iterable[SpecialDay], *, today: date) -> list[Month]:
    """Return the twelve months; `special` are the special days of the year."""
    known = {one.day: one for one in special}
    calendar = Calendar({day: one.kind == SpecialDay.Kind.WORKED for day, one in known.items()})
    return [_month(year, number, known, calendar, today) for number in MONTHS]


def _month(year: int, number: int, known: dict[date, SpecialDay], calendar: Calendar, today: date) -> Month:
    first = date(year, number, 1)
    weeks = [
        [Day(day, known.get(day), day == today) if day.month == number else None for day in week]
        for week in _weeks.monthdatescalendar(year, number)
    ]
    last = max(day.day for week in weeks for day in week if day)
    return Month(
        first=first,
        heads=WEEKDAYS,
        weeks=weeks,
        working_days=calendar.between(first - ONE_DAY, last),
        special=[one for day, one in sorted(known.items()) if day.month == number],
    )
