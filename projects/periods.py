"""Dates of the periods that plans print: "Quý II-III/2021", "Hàng năm", "trước 15/12 hằng năm"."""

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

YEARLY = "yearly"


class Period(NamedTuple):
    """First and last day of a printed period, and "yearly" when the plan means every year.

    Dates are None where the text names none. For "trước 15/12" the last day is the printed date;
    whether that day itself is late is the reporting round's rule, not the calendar's.
    """

    starts_on: dt.date | None
    ends_on: dt.date | None
    recurrence: str


UNKNOWN = Period(None, None, "")

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(r"quý (iv|i{1,3}|[1-4])(?: ?- ?(?:quý )?(iv|i{1,3}|[1-4]))?(?: ?/ ?| năm | )?(\d{4})?\Z")
_MONTHS = re.compile(r"(?:từ )?tháng (\d{1,2})(?: ?(?:-|đến) ?(?:tháng )?(\d{1,2}))? ?(?:/| năm ) ?(\d{4})\Z")
_YEARS = re.compile(r"(?:từ )?(?:giai đoạn |năm )?(\d{4})(?: ?(?:-|đến) ?(?:năm )?(\d{4}))?\Z")
_BEFORE = re.compile(r"trước (?:ngày )?(\d{1,2})(?: ?/ ?| tháng )(\d{1,2})(?:(?: ?/ ?| năm )(\d{4}))?\Z")
_UNTIL = re.compile(r"đến (?:hết )?năm (\d{4})\Z")
_EVERY_YEAR = re.compile(r" ?(?:hàng|hằng) năm\Z")


def parse(text: str, *, year: int | None = None) -> Period:
    """Read a printed period; `year` gives the dates of one occurrence of a yearly one.

    "Quý IV" without a year means every year (seed 002). Text that is not understood, or names an
    impossible date, gives a Period without dates: a plan must load as it is printed.
    """
    words = _normal(text)
    stripped = _EVERY_YEAR.sub("", words)
    yearly = stripped != words
    try:
        if yearly and not stripped:
            return Period(*_span(year, 1, 12), YEARLY)
        return _quarter(stripped, year) or _before(stripped, year, yearly=yearly) or _dated(stripped)
    except ValueError:
        return UNKNOWN


def _normal(text: str) -> str:
    words = re.sub(r"[–—−]", "-", unicodedata.normalize("NFC", text).lower())
    return re.sub(r"\s+", " ", words).strip(" .;:")


def _span(year: int | None, first_month: int, last_month: int) -> tuple[dt.date | None, dt.date | None]:
    """First day of one month to last day of another; no dates without a year."""
    if year is None:
        return None, None
    if first_month > last_month:
        raise ValueError(f"month {first_month} after month {last_month}")
    following = dt.date(year + last_month // 12, last_month % 12 + 1, 1)
    return dt.date(year, first_month, 1), following - dt.timedelta(days=1)


def _quarter(words: str, year: int | None) -> Period | None:
    match = _QUARTER.match(words)
    if not match:
        return None
    first = _QUARTERS[match[1]]
    last = _QUARTERS[match[2] or match[1]]
    printed = int(match[3]) if match[3] else None
    return Period(*_span(printed or year, 3 * first - 2, 3 * last), "" if printed else YEARLY)


def _before(words: str, year: int | None, *, yearly: bool) -> Period | None:
    match = _BEFORE.match(words)
    if not match:
        return None
    printed = int(match[3]) if match[3] else year
    ends_on = dt.date(printed, int(match[2]), int(match[1])) if printed else None
    return Period(None, ends_on, YEARLY if yearly else "")


def _dated(words: str) -> Period:
    if match := _MONTHS.match(words):
        return Period(*_span(int(match[3]), int(match[1]), int(match[2] or match[1])), "")
    if match := _UNTIL.match(words):
        return Period(None, dt.date(int(match[1]), 12, 31), "")
    if match := _YEARS.match(words):
        first, last = int(match[1]), int(match[2] or match[1])
        if first <= last:
            return Period(dt.date(first, 1, 1), dt.date(last, 12, 31), "")
    return UNKNOWN
