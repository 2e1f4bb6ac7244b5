"""Start-up checks: wrong configuration stops here, with an id and a way out."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.http.request import validate_host

from stamps.codes import serials
from stamps.errors import StampsNotConfigured
from stamps.hosts import is_public_address

# WAL databases can be corrupted by SQLite 3.7.0 to 3.51.2 ("WAL-reset bug", fixed 2026-03-13).
SAFE_WAL = (3, 51, 3)
# With a longer host the printed address leaves QR version 3 (29 × 29 modules) for a finer symbol.
SHORT_HOST = 17
HOST_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", re.ASCII)


@register(Tags.database)
def sqlite_is_safe(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a WAL database on an SQLite that may corrupt it."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return []
    return wal_problems(database.get("OPTIONS", {}).get("init_command", ""), sqlite3.sqlite_version_info)


def wal_problems(init_command: str, version: tuple[int, ...]) -> list[CheckMessage]:
    """Return what is wrong with opening a database by `init_command` on that SQLite."""
    if version >= SAFE_WAL or "journal_mode=wal" not in init_command.lower().replace(" ", ""):
        return []
    return [
        Error(
            f"SQLite {'.'.join(map(str, version))} can corrupt a database in WAL mode.",
            hint="Install pysqlite3 (it is in the locked requirements) or set DATABASE_URL to PostgreSQL.",
            id="config.E001",
        )
    ]


@register(Tags.security)
def stamps_can_be_made(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to run without the keys of the stamps: no stamp could be printed, and none that was be read."""
    try:
        serials.keyring_from_settings()
    except StampsNotConfigured as error:
        return [Error(str(error), id="config.E002")]
    return []


@register(Tags.security)
def stamps_host_is_a_name(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a host that no address can have; warn of a long one: both would be on every stamp for good."""
    host = settings.STAMPS_HOST
    if not HOST_NAME.fullmatch(host):
        return [
            Error(
                f"STAMPS_HOST is {host!r}, which is not a host name.",
                hint="Set it to the name alone, in lower case: tx.vidu.example (no https://, port or path).",
                id="config.E003",
            )
        ]
    if len(host) <= SHORT_HOST:
        return []
    return [
        Warning(
            f"STAMPS_HOST {host!r} has {len(host)} characters; beyond {SHORT_HOST} the printed symbol becomes finer.",
            hint="Choose a shorter name before the first stamp is printed; afterwards it cannot be changed.",
            id="config.W001",
        )
    ]


@register(Tags.security)
def handlers_are_resolvers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a prefix that is none and a resolver that is not reached by https: scans would be sent astray."""
    return [
        Error(
            f"STAMPS_HANDLED_BY hands “{prefix}” over to “{root}”.",
            hint="Write GS1 prefix and address of a resolver: 8938505970=https://id.vidu.example",
            id="config.E004",
        )
        for prefix, root in settings.STAMPS_HANDLED_BY.items()
        if not (prefix.isascii() and prefix.isdigit() and is_public_address(root))
    ]


@register(Tags.security, deploy=True)
def stamps_host_is_answered(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn when a scan of a printed stamp would be turned away at the door."""
    if validate_host(settings.STAMPS_HOST, settings.ALLOWED_HOSTS):
        return []
    return [
        Warning(
            f"ALLOWED_HOSTS lacks STAMPS_HOST ({settings.STAMPS_HOST}): every scan of a stamp is answered with 400.",
            hint="Add it to ALLOWED_HOSTS, or silence config.W002 where another server answers the scans.",
            id="config.W002",
        )
    ]
