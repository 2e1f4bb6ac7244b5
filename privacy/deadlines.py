"""By when a request about personal data must be answered and done (Law 91/2025/QH15, NĐ 356/2025).

The answer is counted in working days. What follows is counted in days of the calendar, and a term whose
last day is not worked ends with the next working day (Bộ luật Dân sự 2015, Article 148, paragraph 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from privacy.models import DataRequest
from worktime.working_days import Calendar

Kind = DataRequest.Kind
ANSWER_WORKING_DAYS = 2
DAYS: Mapping[str, int] = MappingProxyType(
    {Kind.SEE: 10, Kind.CORRECT: 10, Kind.DELETE: 10, Kind.WITHDRAW: 15, Kind.RESTRICT: 15}
)
DAYS_VIA_THIRD_PARTY = 20
MOST_EXTENSION_DAYS = 15


def answer_due(received_on: date, calendar: Calendar) -> date:
    """The last day for the first answer."""
    return calendar.add(received_on, ANSWER_WORKING_DAYS)


def done_due(kind: str, received_on: date, calendar: Calendar, *, via_third_party: bool = False) -> date:
    """The last day for doing it; never before the answer, which long holidays may push back."""
    days = DAYS_VIA_THIRD_PARTY if via_third_party else DAYS[kind]
    return max(ending(received_on + timedelta(days=days), calendar), answer_due(received_on, calendar))


def extended(due_on: date, days: int, calendar: Calendar) -> date:
    """The last day after an extension by `days`."""
    return ending(due_on + timedelta(days=days), calendar)


def ending(day: date, calendar: Calendar) -> date:
    """The day itself if it is worked, else the next working day."""
    return calendar.add(day, 0)
