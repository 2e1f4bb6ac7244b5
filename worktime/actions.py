"""Changing the office's calendar. Due dates that are set already stay; the days left are counted anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from worktime import policies
from worktime.errors import CalendarRefused
from worktime.models import SpecialDay
from worktime.proposal import Proposed
from worktime.working_days import SATURDAY

FIRST_YEAR, LAST_YEAR = 2000, 2100
Kind = SpecialDay.Kind


@transaction.atomic
def enter_special_day(day: date, *, kind: str, name: str, by: User, now: datetime | None = None) -> SpecialDay:
    """Enter a weekday off, or a Saturday or Sunday that is worked, and return it.

    Raises CalendarRefused for other people than administrators and leaders, for a day that is
    entered already, and for one that is off or worked anyway.
    """
    _check_may_change(by)
    _check_day(day, kind)
    special, is_new = SpecialDay.objects.get_or_create(day=day, defaults={"kind": Kind(kind), "name": name.strip()})
    if not is_new:
        raise CalendarRefused(
            _("%(day)s is entered already (%(kind)s, %(name)s); take that entry out first.")
            % {"day": _written(day), "kind": special.get_kind_display().lower(), "name": special.name}
        )
    _log("worktime.day_entered", special, by=by, now=now)
    return special


@transaction.atomic
def swap_days(off: date, worked: date, *, name: str, by: User, now: datetime | None = None) -> list[SpecialDay]:
    """Enter a swap ("hoán đổi ngày làm việc"): a weekday off for a Saturday or Sunday worked; both or neither."""
    return [
        enter_special_day(off, kind=Kind.OFF, name=name, by=by, now=now),
        enter_special_day(worked, kind=Kind.WORKED, name=name, by=by, now=now),
    ]


@transaction.atomic
def enter_proposed(days: Iterable[Proposed], *, by: User, now: datetime | None = None) -> list[SpecialDay]:
    """Enter proposed days and return those that are new; one that was entered meanwhile is left as it is."""
    _check_may_change(by)
    wanted = list(days)
    entered = set(SpecialDay.objects.filter(day__in=[one.day for one in wanted]).values_list("day", flat=True))
    return [
        enter_special_day(one.day, kind=one.kind, name=one.name, by=by, now=now)
        for one in wanted
        if one.day not in entered
    ]


@transaction.atomic
def remove_special_day(special: SpecialDay, *, by: User, now: datetime | None = None) -> None:
    """Take a special day out, so that it is what its weekday says again; taking it out twice changes nothing."""
    _check_may_change(by)
    known = SpecialDay.objects.select_for_update().filter(pk=special.pk).first()
    if known is not None:
        _log("worktime.day_removed", known, by=by, now=now)
        known.delete()


def _check_may_change(user: User) -> None:
    if not policies.can_change(user):
        raise CalendarRefused(_("Only administrators and leaders change the calendar; ask one of them."))


def _check_day(day: date, kind: str) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CalendarRefused(
            _("The calendar holds the years %(first)d to %(last)d; correct the date.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    is_weekend = day.weekday() >= SATURDAY
    if kind == Kind.OFF and is_weekend:
        raise CalendarRefused(
            _("%(day)s is a Saturday or Sunday and off anyway; enter the weekday that is off in its place.")
            % {"day": _written(day)}
        )
    if kind == Kind.WORKED and not is_weekend:
        raise CalendarRefused(
            _("%(day)s is a weekday and worked anyway; enter the Saturday or Sunday that is worked.")
            % {"day": _written(day)}
        )


def _written(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _log(verb: str, special: SpecialDay, *, by: User, now: datetime | None) -> None:
    day, kind = special.day.isoformat(), str(special.kind)
    audit.record(verb, by=by, target=special, at=now, day=day, kind=kind, name=special.name)
