"""Writing scans in bulk: the entries, what the next one who scans is told, and the sums of days.

Several processes write at once, so counts are added by the database. Rows are touched in the order of their
keys: two writers wait for each other and never in a circle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from stamps.fast.scans import Scan
from stamps.models import ScanEntry

# A network's hash is of one day, so it can be found again only among entries of that day; with a reserve
# for entries that waited for the database over midnight.
SAME_CLIENT = timedelta(days=2)
# Django's own upsert can only overwrite, and counts have to be added; its bulk_create takes twice the time of a
# cold page. Constant texts: only parameters vary.
_ENTRY = 'INSERT INTO stamps_scanentry ("index", scanned_at, client, province) VALUES (%s, %s, %s, %s)'
_SEEN = """
INSERT INTO stamps_stampseen
    ("index", scans, clients, first_at, first_province, last_at, last_province) VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT ("index") DO UPDATE SET
    scans = stamps_stampseen.scans + excluded.scans, clients = stamps_stampseen.clients + excluded.clients,
    last_at = excluded.last_at, last_province = excluded.last_province
"""
_DAY = """
INSERT INTO stamps_scanday (lot_id, day, province, scans) VALUES (%s, %s, %s, %s)
ON CONFLICT (lot_id, day, province) DO UPDATE SET scans = stamps_scanday.scans + excluded.scans
"""


@transaction.atomic
def write(scans: Sequence[Scan]) -> None:
    """Write the scans, in the order of their time, in one transaction."""
    if not scans:
        return
    new = _new_clients(scans)
    as_stored = connection.ops.adapt_datetimefield_value
    times = [as_stored(scan.scanned_at) for scan in scans]
    with connection.cursor() as cursor:
        rows = zip(scans, times, strict=True)
        cursor.executemany(_ENTRY, [(scan.number, at, scan.client, scan.province) for scan, at in rows])
        cursor.executemany(_SEEN, _seen_rows(scans, times, new))
        if days := _day_rows(scans):
            cursor.executemany(_DAY, days)


def _new_clients(scans: Sequence[Scan]) -> Counter[int]:
    """How many networks of the scans had not scanned a stamp before, by its index."""
    pairs = {(scan.number, scan.client) for scan in scans}
    indexes = sorted({scan.number for scan in scans})
    since = datetime.fromtimestamp(scans[0].at, UTC) - SAME_CLIENT
    known: set[tuple[int, str]] = set()
    for place in range(0, len(indexes), 500):
        rows = ScanEntry.objects.filter(index__in=indexes[place : place + 500], scanned_at__gte=since)
        known.update(rows.values_list("index", "client").distinct())
    return Counter(index for index, _client in pairs - known)


def _seen_rows(scans: Sequence[Scan], times: Sequence[Any], new: Counter[int]) -> list[tuple[Any, ...]]:
    """One row for each stamp, with the first and last of its scans; `times` as the database takes them."""
    places: dict[int, list[int]] = {}
    for place, scan in enumerate(scans):
        places.setdefault(scan.number, []).append(place)
    rows = []
    for index, own in sorted(places.items()):
        first, last = own[0], own[-1]
        ends = times[first], scans[first].province, times[last], scans[last].province
        rows.append((index, len(own), new[index], *ends))
    return rows


def _day_rows(scans: Sequence[Scan]) -> list[tuple[Any, ...]]:
    days = Counter((scan.lot, timezone.localdate(scan.scanned_at), scan.province) for scan in scans if scan.lot)
    as_stored = connection.ops.adapt_datefield_value
    return [(lot, as_stored(day), province, count) for (lot, day, province), count in sorted(days.items())]
