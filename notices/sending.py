"""Sending what is due: `manage.py tick` calls `send_due` every few minutes.

A delivery is claimed under its row lock in a transaction of its own, sent outside of any, and its
result is recorded after it. So two runs at once send each delivery once; a worker that is killed
while it sends leaves rows in `sending`, which are taken back after ten minutes: at least once.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notices import channels, quiet
from notices.backends import Item, Outgoing, Result
from notices.channels import Backend
from notices.folding import short
from notices.models import Delivery, Message
from notices.rules import ways
from people.models import User
from worktime.working_days import Calendar

logger = logging.getLogger(__name__)

# Rooms above add to it: given a page's path and the reader, a path of a lighter page that opens it, or "".
WAYS_IN: list[Callable[[str, User], str]] = []
# Waiting times after the first, second … failed try; after the last one the delivery is given up.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
STUCK_AFTER = timedelta(minutes=10)
MAX_ROWS = 5000  # looked at in one run; the next one goes on
MAX_ERROR = 300
MAX_FAILURES = 3  # in a row on one channel: the server is down, and every try waits for its time-out
State = Delivery.State


@dataclass(frozen=True)
class Parcel:
    """What goes out as one: to a person on a channel, the day's digest, or all about one page."""

    recipient: int
    channel: str
    is_digest: bool
    url: str
    pk: int  # of the delivery, where nothing else may go with it; else 0

    def rows(self, now: datetime) -> QuerySet[Delivery]:
        """The deliveries that wait for it now."""
        rows: QuerySet[Delivery] = Delivery.objects.filter(
            message__recipient=self.recipient, channel=self.channel, is_digest=self.is_digest
        )
        rows = rows.filter(state=State.QUEUED, not_before__lte=now)
        if self.is_digest:
            return rows
        return rows.filter(pk=self.pk) if self.pk else rows.filter(message__url=self.url)


def send_due(now: datetime | None = None) -> int:
    """Send every delivery whose time has come and return how many were sent; one query when there are none."""
    now = now or timezone.now()
    waiting = Delivery.objects.filter(state__in=(State.QUEUED, State.SENDING), not_before__lte=now)
    columns = ("message__recipient", "message__event", "channel", "is_digest", "message__url", "pk", "state")
    due = list(waiting.order_by("not_before", "pk").values_list(*columns)[:MAX_ROWS])
    if not due:
        return 0
    taken_back = _take_back(now) if any(row[-1] == State.SENDING for row in due) else 0
    if taken_back:
        due = list(waiting.order_by("not_before", "pk").values_list(*columns)[:MAX_ROWS])
    return _send(_parcels(_speakable(due, now)), now)


def _speakable(due: list[Any], now: datetime) -> list[Any]:
    """Leave out what must not disturb anybody now."""
    queued = [row for row in due if row[-1] == State.QUEUED]
    if not queued or not quiet.is_quiet(now, Calendar()):
        return queued
    urgent = {event for event, way in ways().items() if way.is_urgent}
    return [row for row in queued if row[1] in urgent]


def _parcels(due: Iterable[Any]) -> list[Parcel]:
    """One parcel per digest, per page that is told about, and per delivery that is about no page."""
    found: dict[Parcel, None] = {}
    for recipient, _event, channel, is_digest, url, pk, _state in due:
        page = "" if is_digest else url
        found[Parcel(recipient, channel, is_digest, page, 0 if is_digest or page else pk)] = None
    return list(found)


def _send(parcels: list[Parcel], now: datetime) -> int:
    sent, started = 0, time.monotonic()
    with closing(_Lines()) as lines:
        for parcel in parcels:
            # A long run claims by the clock, or another run would take its last parcels for stuck ones.
            claimed_at = now + timedelta(seconds=time.monotonic() - started)
            if not lines.is_dead(parcel.channel) and (deliveries := _claim(parcel, now, claimed_at)):
                result = lines.send(parcel.channel, outgoing(deliveries))
                _record(deliveries, result, now)
                sent += len(deliveries) if result.is_sent else 0
    return sent


@transaction.atomic
def _claim(parcel: Parcel, now: datetime, claimed_at: datetime) -> list[Delivery]:
    """Take the parcel's deliveries: whoever comes second finds them in another state."""
    rows = parcel.rows(now).select_for_update(of=("self",)).select_related("message__recipient").order_by("pk")
    taken = []
    for delivery in rows:
        if not channels.is_configured(delivery.channel):
            delivery.state = State.UNCONFIGURED
        elif not delivery.message.recipient.is_active:
            delivery.state, delivery.last_error = State.FAILED, _("The person's account is closed.")
        else:
            delivery.state, delivery.claimed_at, delivery.attempts = State.SENDING, claimed_at, delivery.attempts + 1
            taken.append(delivery)
    Delivery.objects.bulk_update(rows, ["state", "claimed_at", "attempts", "last_error"])
    return taken


class _Lines:
    """The backends of one run. A line that failed several times in a row is left alone until the next run."""

    def __init__(self) -> None:
        self._backends: dict[str, Backend] = {}
        self._failures: Counter[str] = Counter()

    def is_dead(self, channel: str) -> bool:
        """Whether more tries would only wait for the same time-out."""
        return self._failures[channel] >= MAX_FAILURES

    def send(self, channel: str, message: Outgoing) -> Result:
        """Send one message; whatever a backend raises is a failed try, never the end of the run."""
        try:
            result = self._backend(channel).send_messages([message])[0]
        except Exception as error:
            logger.exception("Sending on %s failed.", channel)
            result = Result(is_sent=False, error=f"{type(error).__name__}: {error}")
        has_failed = not (result.is_sent or result.is_final)
        self._failures[channel] = self._failures[channel] + 1 if has_failed else 0
        return result

    def _backend(self, channel: str) -> Backend:
        if channel not in self._backends:
            backend = channels.backend_of(channel)
            backend.open()
            self._backends[channel] = backend
        return self._backends[channel]

    def close(self) -> None:
        """End every connection."""
        for backend in self._backends.values():
            with suppress(Exception):
                backend.close()


def _record(deliveries: list[Delivery], result: Result, now: datetime) -> None:
    """Write down what became of claimed deliveries, but not over what somebody took back meanwhile."""
    for delivery in deliveries:
        values: dict[str, Any] = {"last_error": result.error[:MAX_ERROR], "provider_id": result.provider_id[:120]}
        if result.is_sent:
            values |= {"state": State.SENT, "sent_at": delivery.claimed_at}
        elif result.is_final or delivery.attempts > len(BACK_OFF):
            values |= {"state": State.FAILED}
        else:
            values |= {"state": State.QUEUED, "not_before": now + BACK_OFF[delivery.attempts - 1]}
        Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claimed_at=delivery.claimed_at).update(**values)


def _take_back(now: datetime) -> int:
    """Queue again what a killed worker left; what kills every worker is given up like any other failure."""
    stuck = Delivery.objects.filter(state=State.SENDING, claimed_at__lt=now - STUCK_AFTER)
    given_up: int = stuck.filter(attempts__gt=len(BACK_OFF)).update(
        state=State.FAILED, last_error=_("The sending was broken off several times.")
    )
    queued: int = stuck.update(state=State.QUEUED)
    return given_up + queued


def outgoing(deliveries: list[Delivery]) -> Outgoing:
    """Return what a backend gets for deliveries that go out as one, newest first."""
    newest_first = sorted(deliveries, key=lambda delivery: delivery.message_id, reverse=True)
    items = tuple(_item(delivery) for delivery in newest_first)
    first, count = newest_first[0], len(items)
    subject, brief = items[0].subject, items[0].short_text
    if first.is_digest and count > 1:
        subject = ngettext("TXNG: %(count)d notice today", "TXNG: %(count)d notices today", count) % {"count": count}
        brief = f"{subject}. {brief}"
    elif count > 1:
        subject = _("%(subject)s (and %(count)d more)") % {"subject": subject, "count": count - 1}
    # The same set of deliveries has the same name at every try.
    name = ",".join(str(delivery.pk) for delivery in sorted(deliveries, key=lambda delivery: delivery.pk))
    key = hashlib.sha256(name.encode()).hexdigest()[:32]
    return Outgoing(key, first.address, subject, short(brief), items, is_digest=first.is_digest)


def _item(delivery: Delivery) -> Item:
    message = delivery.message
    return Item(message.subject, message.text, message.short_text, _from_outside(message), message.event, message.facts)


def _from_outside(message: Message) -> str:
    """The address for a reader who is not in the application: the light page, if a room above knows one."""
    if not message.url.startswith("/"):
        return ""
    lighter = (way_in(message.url, message.recipient) for way_in in WAYS_IN)
    return f"{settings.SITE_URL}{next(filter(None, lighter), message.url)}"
