"""A stamp's earlier scans, read for every page that is not hot: one row by its key, without the ORM."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

_QUERY = 'SELECT scans, first_at, first_province FROM stamps_stampseen WHERE "index" = %s'


class Earlier(NamedTuple):
    """The fields of `StampSeen` that a page shows: scans before this one, and when and where the first was."""

    scans: int
    first_at: datetime
    first_province: str = ""


def earlier_scans(index: int) -> Earlier | None:
    """Return what is kept of the scans before this one, None if there was none."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, [index])
        row = cursor.fetchone()
    if row is None:
        return None
    scans, first_at, province = row
    # SQLite keeps times in UTC without saying so.
    return Earlier(scans, first_at if first_at.tzinfo else first_at.replace(tzinfo=UTC), province)
