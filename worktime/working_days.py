"""Counting in working days: Monday to Friday, but for the special days that the office has entered.

A `Calendar` reads the special days once and then answers without the database; take one per
request, job or list, and hand it down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from worktime.models import SpecialDay

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class Calendar:
    """The working days of an installation."""

    def __init__(self, special: Mapping[date, bool] | None = None) -> None:
        """`special` says for single days whether they are worked; without it the database is read."""
        if special is None:
            known = SpecialDay.objects.values_list("day", "kind")
            special = {day: kind == SpecialDay.Kind.WORKED for day, kind in known}
        self._special = dict(special)

    def is_working(self, day: date) -> bool:
        """Whether the office works on `day`."""
        return self._special.get(day, day.weekday() < SATURDAY)

    def add(self, day: date, days: int) -> date:
        """Return the working day that lies `days` working days after `day` (before it, if negative).

        `day` itself is not counted: one day after a Friday is the next Monday. With 0 it is `day`
        itself if that is worked, else the next working day.
        """
        step = -ONE_DAY if days < 0 else ONE_DAY
        if days == 0:
            while not self.is_working(day):
                day += ONE_DAY
            return day
        left = abs(days)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` up to and with `end`; negative when `end` is earlier.

        So `between(today, due)` is what is left, and `-between(today, due)` how late it is.
        """
        if end < start:
            return -self.between(end, start)
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
