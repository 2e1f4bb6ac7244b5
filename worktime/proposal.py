"""The door to the `holidays` library: the public holidays of a year, as a proposal for the calendar.

The library knows Bộ luật Lao động 2019, Article 112, the lunar calendar, days in lieu (Article 111)
and the swaps that the government announced before its release. It is no authority: the person who
enters the days compares them with the announcement of the year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import holidays
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from worktime.models import SpecialDay
from worktime.working_days import SATURDAY

COUNTRY = "VN"


@dataclass(frozen=True, order=True)
class Proposed:
    """A day that is not what its weekday says."""

    day: date
    kind: str
    name: str


def propose_year(year: int) -> list[Proposed]:
    """Return the special days of a year that are not entered yet, in order.

    Holidays on a Saturday or Sunday change nothing and are left out; so is what contradicts nothing.
    """
    with translation.override(settings.LANGUAGE_CODE):  # names are data of the installation
        found = [*_days_off(year), *_worked_days(year)]
    entered = set(SpecialDay.objects.filter(day__in=[one.day for one in found]).values_list("day", flat=True))
    return sorted(one for one in found if one.day not in entered)


def _days_off(year: int) -> Iterable[Proposed]:
    known = holidays.country_holidays(COUNTRY, years=year, language=settings.LANGUAGE_CODE)
    return [Proposed(day, SpecialDay.Kind.OFF, str(name)) for day, name in known.items() if day.weekday() < SATURDAY]


def _worked_days(year: int) -> Iterable[Proposed]:
    """Saturdays and Sundays that are worked in exchange for a weekday off."""
    known = holidays.country_holidays(COUNTRY, years=year, language=settings.LANGUAGE_CODE)
    swapped = sorted(day for day in getattr(known, "weekend_workdays", ()) if day.year == year)
    return [Proposed(day, SpecialDay.Kind.WORKED, _("Worked in exchange for a day off")) for day in swapped]
