"""Counting in working days: Monday to Friday, but for the special days that the office has entered.

A `Calendar` reads the special days once, when it is first asked, and then answers without the
database and without walking over the days; take one per request, job or list, and hand it down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from worktime.models import SpecialDay

SATURDAY = 5
DAYS_OF_WEEK, WORKED_OF_WEEK = 7, 5
LAST_DAY = date.max.toordinal()


class Calendar:
    """The working days of an installation."""

    def __init__(self, special: Mapping[date, bool] | None = None) -> None:
        """`special` says for single days whether they are worked; without it the database is read."""
        self._given = special

    @cached_property
    def _special(self) -> dict[date, bool]:
        """The special days, and whether each is worked."""
        if self._given is not None:
            return dict(self._given)
        known = SpecialDay.objects.values_list("day", "kind")
        return {day: kind == SpecialDay.Kind.WORKED for day, kind in known}

    @cached_property
    def _exceptions(self) -> tuple[list[int], list[int]]:
        """Weekdays that are off, and Saturdays and Sundays that are worked: sorted day numbers."""
        off: list[int] = []
        worked: list[int] = []
        for day, is_worked in sorted(self._special.items()):
            if is_worked != _is_weekday(day):
                (worked if is_worked else off).append(day.toordinal())
        return off, worked

    def is_working(self, day: date) -> bool:
        """Whether the office works on `day`."""
        return self._special.get(day, _is_weekday(day))

    def add(self, day: date, days: int) -> date:
        """Return the working day that lies `days` working days after `day` (before it, if negative).

        `day` itself is not counted: one day after a Friday is the next Monday. With 0 it is `day`
        itself if that is worked, else the next working day. Beyond the years that a date can hold
        it is the last day there is, or the first.
        """
        number = day.toordinal()
        # The working days are numbered from 1 on, over all years: which one is looked for?
        wanted = self._count(number) + days if days > 0 else self._count(number - 1) + days + 1
        found = bisect_left(range(LAST_DAY + 1), wanted, lo=1, key=self._count)
        return date.fromordinal(min(found, LAST_DAY))

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` up to and with `end`; negative when `end` is earlier.

        So `between(today, due)` is what is left, and `-between(today, due)` how late it is.
        """
        return self._count(end.toordinal()) - self._count(start.toordinal())

    def left(self, today: date, due: date) -> int:
        """Return the working days that are left until the end of `due`; negative when it is past.

        A term whose last day is not worked ends with the next working day (Bộ luật Dân sự 2015,
        Article 148, paragraph 5), so that nobody is late on a Sunday.
        """
        return self.between(today, self.add(due, 0))

    def _count(self, number: int) -> int:
        """Working days from the first day of year 1, a Monday, up to and with the day of that number."""
        weeks, rest = divmod(number, DAYS_OF_WEEK)
        off, worked = self._exceptions
        usual = weeks * WORKED_OF_WEEK + min(rest, WORKED_OF_WEEK)
        return usual - bisect_right(off, number) + bisect_right(worked, number)


def _is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY
