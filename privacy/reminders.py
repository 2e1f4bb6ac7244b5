"""What is told at every tick: terms of requests that end, and words that ask people anew. Each is told once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from notices.actions import tell
from notices.models import Message
from people.models import Membership, User
from privacy.models import KIND_IN_OFFICE, Consent, ConsentText, DataRequest
from privacy.policies import HANDLERS
from registry.models import ProducerMember
from worktime.working_days import Calendar

EVENT = "privacy.request_due"
ASKED_ANEW = "privacy.asked_anew"
TOLD_WITHIN = 30  # days after the words are in force; who gets an account later is asked by the page itself
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
    facts = {"kind": str(KIND_IN_OFFICE[request.kind]), "due": f"{due:%d/%m/%Y}", "state": state}
    key = f"privacy:{request.pk}:{what}:{due:%Y%m%d}:{rung}"
    url = request.get_absolute_url()
    people = handlers(request.province_id, today)
    return len(
        tell(EVENT, people, key=key, facts=facts, url=url, province=request.province, now=now, calendar=calendar)
    )


def ask_anew(now: datetime | None = None) -> int:
    """Tell the people of each producer whose consent counts no longer, once for each new text; return how many times.

    Only people with an account can be told; the others are asked when they next come, or by phone.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    texts = ConsentText.objects.filter(
        asks_anew=True, effective_from__lte=today, effective_from__gt=today - timedelta(days=TOLD_WITHIN)
    )
    return sum(_tell_anew(text, now) for text in texts)


def _tell_anew(text: ConsentText, now: datetime) -> int:
    """Those who said yes to earlier words, and have not answered to these or later ones; three queries if all know."""
    earlier = Consent.objects.in_force(text.purpose).filter(text__version__lt=text.version)
    answered = Consent.objects.filter(text__purpose=text.purpose, text__version__gte=text.version)
    members = ProducerMember.objects.filter(
        is_active=True, user__is_active=True, producer__merged_into=None, producer__in=earlier.values("producer")
    ).exclude(producer__in=answered.values("producer"))
    start = f"privacy:anew:{text.pk}:"
    told = set(Message.objects.filter(event=ASKED_ANEW, key__startswith=start).values_list("key", flat=True))
    sent = 0
    for member in members.select_related("user", "producer__province").order_by("producer", "user"):
        producer = member.producer
        if f"{start}{producer.pk}:{member.user_id}" in told:
            continue
        facts = {"purpose": str(text.get_purpose_display()), "producer": str(producer)}
        url = reverse("privacy:consent_give", args=[producer.pk, text.purpose])
        to, key = [member.user], f"{start}{producer.pk}"
        sent += len(
            tell(ASKED_ANEW, to, key=key, facts=facts, url=url, case=producer, province=producer.province, now=now)
        )
    return sent


def handlers(province_id: int, day: date) -> list[User]:
    """Return those who answer and close the province's requests."""
    offices = Membership.objects.active(day).filter(role__in=HANDLERS, organisation__province=province_id)
    return list(User.objects.filter(pk__in=offices.values("user"), is_active=True))
