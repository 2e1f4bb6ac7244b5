"""Scans that speak of a copied stamp (stamps.md §3.4): looked for among the stamps that were just scanned.

A rule accuses nobody: it opens a case that an officer looks into, and speaks once about a stamp while its
case is open. Networks are counted by day, since their hashes cannot be compared across days.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import transaction

from stamps.actions import raise_alert, raise_harvest
from stamps.fast.scans import Scan
from stamps.life.provinces import kilometres
from stamps.life.standing import standing_at
from stamps.models import DayKey, ScanEntry, StampAlert, StampBatch, StampSeen

logger = logging.getLogger(__name__)
Kind = StampAlert.Kind

PLACES_WITHIN = timedelta(hours=24)
PLACES_NETWORKS, PLACES_PROVINCES = 3, 2
FASTEST_KMH = 900.0
# Centres of neighbours are this near; a phone at the border, or a proxy's guess, is no journey.
NEIGHBOURS_KM = 150.0
MANY_NETWORKS = 10
HARVEST_STAMPS, HARVEST_WITHIN = 20, timedelta(minutes=1)  # more than so many


class Suspicion(NamedTuple):
    """What a rule found: of a stamp, or of a network (then `number` is one of the stamps it scanned)."""

    kind: str
    number: int
    at: datetime
    facts: dict[str, Any]


def look_for_copies(scans: Sequence[Scan]) -> int:
    """Apply the rules to the stamps of the scans, which are written already; return how many cases are new.

    Never raises: a rule that fails must not hold up the log.
    """
    try:
        return _opened(list(_suspicions(scans))) if scans else 0
    except Exception as error:
        logger.error("The copy rules failed (%s); the next scans apply them again.", type(error).__name__)
        return 0


def _suspicions(scans: Sequence[Scan]) -> Iterator[Suspicion]:
    for scan in scans:
        if scan.has_ended:
            yield Suspicion(Kind.AFTER_END, scan.number, scan.scanned_at, {"province": scan.province})
    indexes = sorted({scan.number for scan in scans})
    latest = datetime.fromtimestamp(max(scan.at for scan in scans), UTC)
    for place in range(0, len(indexes), 500):
        part = indexes[place : place + 500]
        seen = StampSeen.objects.filter(pk__in=part, clients__gte=MANY_NETWORKS)
        for index, clients in seen.values_list("pk", "clients"):
            yield Suspicion(Kind.CLIENTS, index, latest, {"networks": clients})
        yield from _far_apart(part, latest)
    yield from _harvests({scan.client for scan in scans}, latest)


def _far_apart(indexes: Sequence[int], latest: datetime) -> Iterator[Suspicion]:
    """Stamps in several provinces within a day, or faster from one to the other than an aeroplane."""
    entries = ScanEntry.objects.filter(index__in=indexes, scanned_at__gt=latest - PLACES_WITHIN).exclude(province="")
    of_stamp: dict[int, list[tuple[datetime, str, str]]] = {}
    rows = entries.order_by("scanned_at").values_list("index", "scanned_at", "province", "client")
    for index, at, province, client in rows:
        of_stamp.setdefault(index, []).append((at, province, client))
    for index, own in of_stamp.items():
        provinces, networks = {entry[1] for entry in own}, {entry[2] for entry in own}
        if len(provinces) >= PLACES_PROVINCES and len(networks) >= PLACES_NETWORKS:
            yield Suspicion(Kind.PLACES, index, latest, {"provinces": sorted(provinces), "networks": len(networks)})
        if facts := _too_fast(own):
            yield Suspicion(Kind.SPEED, index, latest, facts)


def _too_fast(entries: Iterable[tuple[datetime, str, str]]) -> dict[str, Any] | None:
    for (left_at, left, _by), (came_at, came, _then_by) in pairwise(entries):
        distance, hours = kilometres(left, came), (came_at - left_at) / timedelta(hours=1)
        if distance > NEIGHBOURS_KM and distance > FASTEST_KMH * hours:
            return {"from": left, "to": came, "km": round(distance), "minutes": round(hours * 60)}
    return None


def _harvests(clients: set[str], latest: datetime) -> Iterator[Suspicion]:
    """Networks that scan stamp after stamp: a shop does not scan so fast, a machine that copies pages does."""
    stamps: dict[str, set[int]] = {}
    names = sorted(clients)
    for place in range(0, len(names), 500):
        rows = ScanEntry.objects.filter(
            scanned_at__gt=latest - HARVEST_WITHIN, client__in=names[place : place + 500]
        ).order_by("pk")
        for client, index in rows.values_list("client", "index"):
            stamps.setdefault(client, set()).add(index)
    for client, own in stamps.items():
        if len(own) > HARVEST_STAMPS:
            yield Suspicion(Kind.HARVEST, min(own), latest, {"network": client, "stamps": len(own)})


def _opened(found: Sequence[Suspicion]) -> int:
    """Open a case for each suspicion that has none, and return how many."""
    opened, spoken_of = 0, set()
    for suspicion in found:
        key = (suspicion.kind, suspicion.number)
        if key in spoken_of:
            continue
        spoken_of.add(key)
        with transaction.atomic():
            opened += _open(suspicion)
    return opened


def _open(suspicion: Suspicion) -> bool:
    batches = StampBatch.objects.select_related("product__producer__province")
    batch = batches.get(start__lte=suspicion.number, end__gt=suspicion.number)
    if suspicion.kind == Kind.HARVEST:
        # The day's key is what two writers have in common: the second waits, and sees the first one's case.
        DayKey.objects.select_for_update().order_by("-day").first()
        open_now = StampAlert.objects.open().filter(kind=Kind.HARVEST, facts__network=suspicion.facts["network"])
        if open_now.exists():
            return False
        raise_harvest(batch.product, facts=suspicion.facts, now=suspicion.at)
        return True
    # The rule knows the stamp by its number; no page is made, so its serial is not needed.
    standing = standing_at(batch, suspicion.number, serial="")
    return raise_alert(suspicion.kind, standing, facts=suspicion.facts, now=suspicion.at) is not None
