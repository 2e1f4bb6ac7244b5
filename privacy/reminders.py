"""Telling those who handle requests that a term ends: computed at every tick, told once per date and rung."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from notices.actions import tell
from people.models import Membership, User
from privacy.models import DataRequest
from privacy.policies import HANDLERS
from worktime.working_days import Calendar

EVENT = "privacy.request_due"
SOON = 1  # working days before the term ends


def remind(now: datetime | None = None) -> int:
    """Tell the office of each request whose next term ends tomorrow, today, or is over; return how many messages.

    One question when nothing waits; safe at any time and beside itself, because a message's key names
    the request, the date and the rung.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    waiting = list(DataRequest.objects.waiting().by_next_date().select_related("province"))
    calendar = Calendar()
    if not waiting or not calendar.is_working(today):
        return 0
    return sum(_tell(request, today, calendar, now) for request in waiting)


def _tell(request: DataRequest, today: date, calendar: Calendar, now: datetime) -> int:
    due: date = request.next_due  # type: ignore[attr-defined]  # annotated by by_next_date()
    left = calendar.left(today, due)
    if left > SOON:
        return 0
    what = "answer" if request.answered_at is None else "done"
    rung = "late" if left < 0 else "soon"
    state = _("late") if left < 0 else _("due on %(day)s") % {"day": f"{due:%d/%m/%Y}"}
    facts = {"kind": str(request.get_kind_display()), "due": f"{due:%d/%m/%Y}", "state": state}
    key = f"privacy:{request.pk}:{what}:{due:%Y%m%d}:{rung}"
    url = request.get_absolute_url()
    people = handlers(request.province_id, today)
    return len(
        tell(EVENT, people, key=key, facts=facts, url=url, province=request.province, now=now, calendar=calendar)
    )


def handlers(province_id: int, day: date) -> list[User]:
    """Return those who answer and close the province's requests."""
    offices = Membership.objects.active(day).filter(role__in=HANDLERS, organisation__province=province_id)
    return list(User.objects.filter(pk__in=offices.values("user"), is_active=True))
