"""Which channels bring a message to a person, and when: rules, wishes, quiet hours, at most one a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from notices import channels, quiet
from notices.models import Channel, Delivery, Message, Preference
from notices.rules import Way
from people.models import User
from worktime.working_days import Calendar

MERGE_WITHIN = timedelta(minutes=30)

Plan = dict[str, bool]  # channel: whether it waits for the digest


def deliveries_of(
    messages: Sequence[Message], ways: Mapping[str, Way], *, now: datetime, calendar: Calendar | None = None
) -> list[Delivery]:
    """Return the deliveries, not saved, of messages that tell one event; four queries however many they are."""
    if not messages:
        return []
    way = ways[messages[0].event]
    wishes = {} if way.is_mandatory else _wishes(messages)
    plans = [(message, _plan(message.recipient, way, wishes)) for message in messages]
    if not any(plan for _message, plan in plans):
        return [delivery for message, _plan_ in plans for delivery in _unreachable(message, way, now)]
    calendar = calendar or Calendar()
    at = now if way.is_urgent else quiet.next_open(now, calendar)
    digest_at = quiet.next_digest(now, calendar)
    known = _Known.about(messages, ways, at=at, now=now) if not all(_waits(plan) for _m, plan in plans) else _Known()
    found: list[Delivery] = []
    for message, plan in plans:
        waits = not way.is_mandatory and message.recipient_id in known.disturbed
        start = at if way.is_urgent else max(at, known.told_about.get((message.recipient_id, message.url), at))
        found += [
            _delivery(message, channel, is_digest=digest or waits, at=digest_at if digest or waits else start)
            for channel, digest in plan.items()
        ] or _unreachable(message, way, now)
    return found


def _wishes(messages: Sequence[Message]) -> dict[tuple[int, str], str]:
    rows = Preference.objects.filter(user__in=[m.recipient_id for m in messages], event=messages[0].event)
    return {(user, channel): wish for user, channel, wish in rows.values_list("user", "channel", "wish")}


def _plan(person: User, way: Way, wishes: Mapping[tuple[int, str], str]) -> Plan:
    """The channels that reach the person; whoever has no e-mail gets an SMS instead, but never a digest by SMS."""
    plan: Plan = {}
    for channel in map(str, Channel.values):
        wish = wishes.get((person.pk, channel))
        if wish == Preference.Wish.OFF or (wish is None and channel not in way.channels):
            continue
        plan[channel] = way.is_digest if wish is None else wish == Preference.Wish.DIGEST
    if Channel.EMAIL in plan and not person.email:
        waits = plan.pop(Channel.EMAIL)
        if not waits and wishes.get((person.pk, Channel.SMS)) != Preference.Wish.OFF:
            plan[Channel.SMS] = False
    return {channel: waits for channel, waits in plan.items() if channels.address_of(person, channel)}


def _waits(plan: Plan) -> bool:
    return all(plan.values())


@dataclass(frozen=True)
class _Known:
    """What the recipients were told directly before: who today already, and about what just now."""

    disturbed: frozenset[int] = frozenset()
    # (person, page) → when the next message about it may go out, so that several go out as one
    told_about: Mapping[tuple[int, str], datetime] = field(default_factory=dict)

    @classmethod
    def about(cls, messages: Sequence[Message], ways: Mapping[str, Way], *, at: datetime, now: datetime) -> _Known:
        start, end = quiet.day_of(at)
        people = [message.recipient_id for message in messages]
        earlier = (
            Delivery.objects.filter(message__recipient__in=people, is_digest=False)
            .exclude(state__in=Delivery.STRANDED)
            .filter(Q(not_before__gte=start, not_before__lt=end) | Q(message__made_at__gt=now - MERGE_WITHIN))
            .values_list("message__recipient", "message__event", "message__url", "message__made_at", "not_before")
        )
        disturbed: set[int] = set()
        told_about: dict[tuple[int, str], datetime] = {}
        for person, event, url, made_at, not_before in earlier:
            is_optional = event not in ways or not ways[event].is_mandatory
            if is_optional and start <= not_before < end:
                disturbed.add(person)
            if url and made_at > now - MERGE_WITHIN:
                told_about[person, url] = min(made_at + MERGE_WITHIN, told_about.get((person, url), at + MERGE_WITHIN))
        return cls(frozenset(disturbed), told_about)


def _delivery(message: Message, channel: str, *, is_digest: bool, at: datetime) -> Delivery:
    state = Delivery.State.QUEUED if channels.is_configured(channel) else Delivery.State.UNCONFIGURED
    address = channels.address_of(message.recipient, channel)
    return Delivery(message=message, channel=channel, address=address, is_digest=is_digest, state=state, not_before=at)


def _unreachable(message: Message, way: Way, now: datetime) -> list[Delivery]:
    """What must be told and has no way to the person stands on the call list, so that somebody sees it."""
    if not (way.is_mandatory and way.channels):
        return []
    return [
        Delivery(
            message=message,
            channel=Channel.EMAIL,
            address="",
            state=Delivery.State.FAILED,
            not_before=now,
            last_error=_("Neither an e-mail address nor a phone number is known."),
        )
    ]
