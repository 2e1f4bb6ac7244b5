"""Start-up checks: wrong configuration stops here, with an id and a way out."""

import sqlite3
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

# WAL databases can be corrupted by SQLite 3.7.0 to 3.51.2 ("WAL-reset bug", fixed 2026-03-13).
SAFE_WAL = (3, 51, 3)


@register(Tags.database)
def sqlite_is_safe(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a WAL database on an SQLite that may corrupt it."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3") or sqlite3.sqlite_version_info >= SAFE_WAL:
        return []
    if "journal_mode=wal" not in database.get("OPTIONS", {}).get("init_command", "").lower():
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} can corrupt a database in WAL mode.",
            hint="Install pysqlite3 (it is in the locked requirements) or set DATABASE_URL to PostgreSQL.",
            id="config.E001",
        )
    ]
