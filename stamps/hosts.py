"""Where links of others may lead: which addresses are taken at all, and which are reached without a page between."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from stamps.models import ProductLink

# A registered name: letters, digits and dashes with a dot, the last part no number (which browsers take for an IP).
_NAME = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z][a-z0-9-]*[a-z0-9])", re.ASCII)
_PRIVATE_ENDINGS = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".arpa", ".onion")
_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


def is_public_address(href: str) -> bool:
    """Whether the address is https on a public host name: no user, no port, no IP address, no inner network.

    Names only: nothing is fetched, so what the name resolves to is the reader's browser's affair.
    """
    if not _CHARACTERS.fullmatch(href):
        return False
    try:
        parts = urlsplit(href)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or "@" in parts.netloc or port not in (None, 443) or _is_ip(host):
        return False
    return _NAME.fullmatch(host) is not None and not f".{host}".endswith(_PRIVATE_ENDINGS)


def host_of(href: str) -> str:
    """Return the host name that people are shown."""
    return urlsplit(href).hostname or ""


def is_trusted(href: str) -> bool:
    """Whether the office vouches for the host (STAMPS_LINK_HOSTS): scans go there at once."""
    return is_public_address(href) and host_of(href) in settings.STAMPS_LINK_HOSTS


def link_target(link: ProductLink) -> str:
    """Return where the resolver sends people: the address itself, or the page of ours that names its host first."""
    return link.href if is_trusted(link.href) else reverse("leaving", args=[link.pk])


def with_query(target: str, query: str) -> str:
    """Return the target with a raw query string appended byte for byte, before a fragment.

    >>> with_query("https://vidu.example/a?b=1#c", "x=%3B;y")
    'https://vidu.example/a?b=1&x=%3B;y#c'
    """
    if not query:
        return target
    address, hash_sign, fragment = target.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{query}{hash_sign}{fragment}"


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
