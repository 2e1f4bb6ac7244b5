"""One scan, between the page that was shown and the rows that are kept of it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import NamedTuple

from stamps.fast.snapshot import Found


class Scan(NamedTuple):
    """One scan of a genuine stamp, as it is written."""

    number: int  # of the stamp
    lot: int  # 0 for a stamp on none
    at: float  # seconds since 1970
    client: str  # keyed hash of network and browser
    province: str = ""
    has_ended: bool = False

    @classmethod
    def now(cls, found: Found, client: str, province: str, *, has_ended: bool) -> Scan:
        """Return the scan of this moment."""
        return cls(found.number, found.lot, time.time(), client, province, has_ended)

    @property
    def scanned_at(self) -> datetime:
        """The time as it is stored."""
        return datetime.fromtimestamp(self.at, UTC)
