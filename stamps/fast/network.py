"""Who scans, so far as it is kept: a network and a kind of browser, as a hash keyed by a key of the day.

Law 91/2025/QH15: no address is stored, logged or kept in memory. The key is one row per day for all
processes; when it is deleted nobody can try out addresses against the hashes any more.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from typing import Any

from django.conf import settings

from people.throttle import address_of
from stamps.fast.tables import database
from stamps.life.provinces import PROVINCES
from stamps.models import DayKey

HASH_BYTES = 8  # 16 letters in the table
_BROWSERS = ("Zalo", "FBAN", "FBAV", "coc_coc", "SamsungBrowser", "Edg", "OPR", "Firefox", "FxiOS", "CriOS", "Chrome",
             "Safari")  # fmt: skip
_DEVICES = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


class DayKeys:
    """The key of today. Until it was fetched, one of this process's own: better a network twice than a wait."""

    def __init__(self) -> None:
        self._own = secrets.token_bytes(32)
        self._kept: tuple[date, bytes] | None = None

    def of(self, day: date) -> bytes:
        """Return the key of the day, without asking the database."""
        kept = self._kept
        return kept[1] if kept is not None and kept[0] == day else self._own

    def fetch(self, day: date) -> None:
        """Get the key of the day, or make it if nobody has yet; raises Away."""
        if self._kept is None or self._kept[0] != day:
            with database():
                row, _is_new = DayKey.objects.get_or_create(day=day, defaults={"key": secrets.token_bytes(32)})
            self._kept = (day, bytes(row.key))


def network_of(environ: Mapping[str, Any]) -> str:
    """Return the sender's network: the /24 of an IPv4 address, the /48 of an IPv6 one, "" if there is none."""
    address = address_of(environ)
    head, _dot, tail = address.rpartition(".")
    if tail.isdigit() and head.count(".") == 2 and ":" not in head:
        return head
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped).rpartition(".")[0]
        return str(ipaddress.ip_network((ip, 48), strict=False))
    return address.rpartition(".")[0]


def hashed(text: str, key: bytes) -> str:
    """Return the keyed hash of a text: 16 hexadecimal digits."""
    return blake2b(text.encode("utf-8", "replace"), key=key, digest_size=HASH_BYTES).hexdigest()


def family_of(agent: str) -> str:
    """Return browser and device of a User-Agent, without version or anything rarer.

    >>> family_of("Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36")
    'Chrome Android'
    """
    browser = next((name for name in _BROWSERS if name in agent), "")
    return f"{browser} {next((name for name in _DEVICES if name in agent), '')}"


def province_of(environ: Mapping[str, Any]) -> str:
    """Return the province's code that our own front proxy found, "" if there is none that can be believed."""
    if not settings.STAMPS_PROVINCE_HEADER or not settings.TRUSTED_PROXY_COUNT:
        return ""
    name = "HTTP_" + settings.STAMPS_PROVINCE_HEADER.upper().replace("-", "_")
    code: str = environ.get(name, "")
    return code if code in PROVINCES else ""
