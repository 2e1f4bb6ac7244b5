"""The call list: people whom no channel reached, what to tell them, and what reached them last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max

from notices.models import Channel, Delivery
from people.models import User

MAX_PEOPLE = 200


@dataclass
class Call:
    """A person to be called, with the deliveries that stand open."""

    person: User
    deliveries: list[Delivery] = field(default_factory=list)
    last_channel: str = ""
    last_at: datetime | None = None

    @property
    def texts(self) -> list[str]:
        """What to say, each notice once, the oldest first."""
        return list(dict.fromkeys(delivery.message.text for delivery in self.deliveries))

    @property
    def reasons(self) -> list[str]:
        """Why nothing arrived."""
        return sorted({f"{d.get_channel_display()}: {d.last_error or d.get_state_display()}" for d in self.deliveries})


def to_make(user: User) -> list[Call]:
    """Return the calls that the user may make, whoever waits longest first; two queries."""
    open_ones = (
        Delivery.objects.to_be_called(user).select_related("message__recipient").order_by("message__made_at", "pk")
    )
    calls: dict[int, Call] = {}
    for delivery in open_ones:
        person = delivery.message.recipient
        if person.pk in calls or len(calls) < MAX_PEOPLE:
            calls.setdefault(person.pk, Call(person)).deliveries.append(delivery)
    for person_pk, channel, at in _last_reached(calls):
        call = calls[person_pk]
        if call.last_at is None or at > call.last_at:
            call.last_channel, call.last_at = str(Channel(channel).label), at
    return list(calls.values())


def _last_reached(people: Iterable[int]) -> Iterable[tuple[int, str, datetime]]:
    reached = Delivery.objects.filter(message__recipient__in=list(people), state=Delivery.State.SENT)
    rows: Iterable[tuple[int, str, datetime]] = (
        reached.order_by().values_list("message__recipient", "channel").annotate(last=Max("sent_at"))
    )
    return rows
