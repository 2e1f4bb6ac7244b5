"""Slowing down those who guess: per account and per network, with growing delays, never a lock for good.

A try is counted before the secret is looked at, under the row's lock, so a hundred guesses sent at once are a
hundred tries. A right answer takes its own try back. The longest delay is a quarter of an hour: an outsider who
keeps guessing can make the owner of an account wait that long and no longer.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.claim_models import Throttle
from people.errors import Refusal

FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=1)  # without a try


class TooManyTries(Refusal):
    """Guessed too often; `wait` says how long the next try is refused."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(_("Too many tries. Try again in %(wait)s.") % {"wait": words(wait)})


@dataclass(frozen=True)
class Counter:
    """What is counted: the name of an account or network under a purpose, and how many tries are free."""

    purpose: str
    name: str
    free: int

    @property
    def key(self) -> str:
        """The name as it is stored: addresses and phone numbers are personal data."""
        return salted_hmac("throttle of tries", f"{self.purpose}:{self.name}", algorithm="sha256").hexdigest()


def words(wait: timedelta) -> str:
    """Return a delay in whole seconds or minutes, rounded up."""
    seconds = max(1, -int(-wait.total_seconds() // 1))
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def take(counters: Iterable[Counter], *, now: datetime | None = None) -> None:
    """Count one try at each counter. Raises TooManyTries, and counts nothing, while the first of them makes wait."""
    now = now or timezone.now()
    for counter in counters:
        _take(counter, now)


@transaction.atomic
def _take(counter: Counter, now: datetime) -> None:
    rows = Throttle.objects.select_for_update()
    row, _is_new = rows.get_or_create(key=counter.key, defaults={"last_at": now, "next_at": now})
    if now < row.next_at:
        raise TooManyTries(row.next_at - now)
    tries = 1 if now - row.last_at > FORGET_AFTER else row.tries + 1
    row.tries, row.last_at, row.next_at = tries, now, now + delay(tries, counter.free)
    row.save(update_fields=["tries", "last_at", "next_at"])


def delay(tries: int, free: int) -> timedelta:
    """Return how long the next try waits after so many: nothing for the free ones, then twice as long each time."""
    if tries < free:
        return timedelta(0)
    doublings = min(tries - free, 16)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


@transaction.atomic
def forgive(counters: Iterable[Counter]) -> None:
    """Take back the try of a right answer: an account starts anew, a network gets its one try back."""
    for counter in counters:
        row = Throttle.objects.select_for_update().filter(key=counter.key).first()
        if row is None:
            continue
        row.tries = max(row.tries - 1, 0) if counter.purpose.endswith("network") else 0
        row.next_at = min(row.next_at, row.last_at)
        row.save(update_fields=["tries", "next_at"])


def forget_old(now: datetime | None = None) -> int:
    """Delete the counters that no longer count; return how many. Called by the tick."""
    deleted, _rows = Throttle.objects.filter(last_at__lt=(now or timezone.now()) - 2 * FORGET_AFTER).delete()
    return deleted


def address_of(meta: Mapping[str, Any]) -> str:
    """Return the sender's address as the server gave it (`request.META`, a WSGI environment), "" if it gave none.

    Behind proxies it is the one that the outermost of our TRUSTED_PROXY_COUNT proxies saw; what a
    sender writes into the header is further left and is not believed.
    """
    address: str = meta.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXY_COUNT:
        seen = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        address = seen[-settings.TRUSTED_PROXY_COUNT] if len(seen) >= settings.TRUSTED_PROXY_COUNT else address
    return address


def network_of(request: HttpRequest) -> str:
    """Return the sender's network: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address_of(request.META))
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:  # how a socket for both kinds writes an IPv4 sender
        return str(ip.ipv4_mapped)
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))
