"""When people may be disturbed: working days from 7 to 20 o'clock; the day's digest goes out at 7:30."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from worktime.working_days import Calendar

OPENS, CLOSES = time(7), time(20)
DIGEST_AT = time(7, 30)
ONE_DAY = timedelta(days=1)


def is_quiet(at: datetime, calendar: Calendar) -> bool:
    """Whether nobody is to be disturbed at that moment: at night, on a holiday, on a weekend."""
    local = timezone.localtime(at)
    return not (calendar.is_working(local.date()) and OPENS <= local.time() < CLOSES)


def next_open(at: datetime, calendar: Calendar) -> datetime:
    """Return `at` itself if people may be disturbed then, else 7 o'clock of the next working morning."""
    if not is_quiet(at, calendar):
        return at
    return _next(at, OPENS, calendar)


def next_digest(at: datetime, calendar: Calendar) -> datetime:
    """Return the next time, after `at` or at it, at which the day's digest goes out."""
    return _next(at, DIGEST_AT, calendar)


def day_of(at: datetime) -> tuple[datetime, datetime]:
    """Return the beginning of the local day of `at`, and of the day after it."""
    today = timezone.localdate(at)
    return _local(today, time.min), _local(today + ONE_DAY, time.min)


def _next(at: datetime, clock: time, calendar: Calendar) -> datetime:
    day = timezone.localdate(at)
    if at > _local(day, clock):
        day += ONE_DAY
    return _local(calendar.add(day, 0), clock)


def _local(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
