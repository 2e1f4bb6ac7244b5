"""What somebody asks about their personal data: taken down, answered, extended once, closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import audit
from people.models import AdminUnit, User
from privacy import deadlines, policies
from privacy.errors import NotAllowedForYou, NotAllowedNow
from privacy.models import DataRequest
from registry.models import Producer
from worktime.working_days import Calendar

Outcome = DataRequest.Outcome


@transaction.atomic
def receive_request(
    *,
    kind: str,
    requester_name: str,
    by: User,
    producer: Producer | None = None,
    province: AdminUnit | None = None,
    requester_phone: str = "",
    detail: str = "",
    received_on: date | None = None,
    via_third_party: bool = False,
    now: datetime | None = None,
) -> DataRequest:
    """Write down a request and by when it must be answered and done.

    A producer's own person asks for that producer; an official of the province enters what somebody else asked,
    with or without a producer, on the day it came. Raises NotAllowedForYou, NotAllowedNow for a day to come.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    received_on = received_on or today
    where = producer.province if producer else province
    if where is None or not _may_ask(by, producer, where):
        raise NotAllowedForYou(_("You enter requests about your own data only; an office can enter those of others."))
    if received_on > today:
        raise NotAllowedNow(_("The request came on a day that is still to come; enter the day on which it came."))
    if not requester_name.strip():
        raise NotAllowedNow(_("Enter the full name of the person who asks."))
    is_official = policies.is_official(by, where.pk)
    calendar = Calendar()
    request = DataRequest.objects.create(
        province=where,
        kind=kind,
        producer=producer,
        requester_name=requester_name.strip(),
        requester_phone=requester_phone,
        asked_by=None if is_official else by,
        recorded_by=by if is_official else None,
        detail=detail.strip(),
        via_third_party=via_third_party,
        received_on=received_on,
        answer_due_on=deadlines.answer_due(received_on, calendar),
        due_on=deadlines.done_due(kind, received_on, calendar, via_third_party=via_third_party),
    )
    _log(request, "privacy.request_received", by=by, now=now, asked=str(kind), due=request.due_on.isoformat())
    return request


def _may_ask(user: User, producer: Producer | None, province: AdminUnit) -> bool:
    if producer is not None:
        return policies.can_record(user, producer)
    return policies.is_official(user, province.pk)


@transaction.atomic
def answer_request(request: DataRequest, *, text: str, by: User, now: datetime | None = None) -> DataRequest:
    """Keep what the person was told first: what will be done, and by when. Raises NotAllowedNow the second time."""
    request, now = _open(request, by), now or timezone.now()
    if request.answered_at:
        raise NotAllowedNow(_("This request was answered already; close it when it is done."))
    request.answer, request.answered_at = _words(text, _("Write what the person was told.")), now
    request.save(update_fields=["answer", "answered_at"])
    _log(request, "privacy.request_answered", by=by, now=now)
    return request


@transaction.atomic
def extend_request(
    request: DataRequest, *, days: int, reason: str, by: User, now: datetime | None = None
) -> DataRequest:
    """Give the request more days, once, at most 15 and before it is late. Raises NotAllowedNow."""
    request, now = _open(request, by), now or timezone.now()
    if request.extended_at:
        raise NotAllowedNow(_("The term was extended once; the law allows no second extension."))
    if not 1 <= days <= deadlines.MOST_EXTENSION_DAYS:
        most = deadlines.MOST_EXTENSION_DAYS
        raise NotAllowedNow(
            ngettext("The law allows at most %(days)d day more.", "The law allows at most %(days)d days more.", most)
            % {"days": most}
        )
    calendar = Calendar()
    if calendar.left(timezone.localdate(now), request.due_on) < 0:
        raise NotAllowedNow(_("The term is over; it can no longer be extended. Do what is asked, and close it."))
    request.extension_reason = _words(reason, _("Write the reason; the person is told of it."))
    request.due_on, request.extended_at = deadlines.extended(request.due_on, days, calendar), now
    request.save(update_fields=["extension_reason", "due_on", "extended_at"])
    _log(request, "privacy.request_extended", by=by, now=now, due=request.due_on.isoformat())
    return request


@transaction.atomic
def close_request(
    request: DataRequest, *, outcome: str, result: str, by: User, now: datetime | None = None
) -> DataRequest:
    """Close it as done, or as refused with the reason; closing answers it too. Raises NotAllowedNow the second time."""
    request, now = _open(request, by), now or timezone.now()
    prompt = (
        _("Write what was done.") if outcome == Outcome.DONE else _("Write why it is refused, with the legal ground.")
    )
    request.result = _words(result, prompt)
    request.outcome, request.closed_at, request.closed_by = Outcome(outcome), now, by
    request.answered_at = request.answered_at or now
    request.save(update_fields=["result", "outcome", "closed_at", "closed_by", "answered_at"])
    _log(request, "privacy.request_closed", by=by, now=now, outcome=str(outcome))
    return request


def _open(request: DataRequest, by: User) -> DataRequest:
    """The request, locked, if it is open and `by` decides about those of its province."""
    rows = DataRequest.objects.select_for_update(of=("self",)).select_related("province", "producer")
    request = rows.get(pk=request.pk)
    if not policies.can_handle(by, request.province_id):
        raise NotAllowedForYou(_("Requests about personal data are handled by the managers and leaders of the office."))
    if request.closed_at:
        raise NotAllowedNow(_("This request is closed; enter a new one if the person asks again."))
    return request


def _words(text: str, prompt: str) -> str:
    if not text.strip():
        raise NotAllowedNow(prompt)
    return text.strip()


def _log(request: DataRequest, verb: str, *, by: User, now: datetime, **facts: str) -> None:
    case = request.producer or request
    audit.record(verb, by=by, target=request, case=case, province=request.province, at=now, **facts)
