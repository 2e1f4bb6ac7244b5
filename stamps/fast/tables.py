"""The range tables in memory, at most seconds old: read once, then only what was added.

Batches, activations and changes are only ever added, so a look at the database asks for keys beyond the
last; recalls in force and stamps under suspicion are few and read whole. Readers get an immutable snapshot
that is swapped as one reference. Without the database the last good one serves for an hour.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection, models
from django.utils import timezone

from lots.models import Lot, Recall
from stamps.codes import serials
from stamps.errors import ForgedSerial, InvalidSerial
from stamps.fast.decode import Decoder
from stamps.fast.snapshot import ActivationRow, BatchRow, ChangeRow, Found, Snapshot, batches_with, changes_with
from stamps.models import Activation, StampBatch, StampChange
from stamps.public.pages import spoken_of

logger = logging.getLogger(__name__)

EVERY = 1.0  # seconds between two looks
STALE = 3.0  # seconds after which pages say of when the data are
KEEP = 3600.0  # seconds that the last snapshot serves without a database
WHOLE = 600.0  # seconds between two readings of everything: what was never to change may have been mended by hand
LONGEST_WAIT = 4.0  # seconds between two tries while the database is away
# A row may become visible after one with a higher key. Its transaction is over after this many seconds, and
# at the first reading among this many keys.
LATE_SECONDS, LATE_KEYS = 60.0, 1_000


_BATCH = ("code", "key_version", "start", "end", "product_id", "order__has_pin")


class Away(Exception):
    """The database does not answer, and nothing young enough is in memory."""


@contextmanager
def database() -> Iterator[None]:
    """Use this thread's connection outside a Django request; raises Away when the database does not answer."""
    try:
        if not connection.in_atomic_block:
            close_old_connections()
        yield
    except (OperationalError, InterfaceError) as error:
        if not connection.in_atomic_block:
            connection.close()
        raise Away from error


class Added:
    """The keys of a growing table that were read; finds the rows added since, those that came late included."""

    def __init__(self, model: type[models.Model]) -> None:
        self._rows = model._default_manager.order_by("pk")
        self.newest = 0
        self._mark = 0
        self._known: set[int] = set()
        self._history: deque[tuple[float, int]] = deque()

    def read(self, *fields: str) -> list[tuple[Any, ...]]:
        """Return the rows that were never returned before, the key first."""
        rows = [
            row
            for row in self._rows.filter(pk__gt=self._mark).values_list("pk", *fields).iterator(chunk_size=10_000)
            if row[0] not in self._known
        ]
        is_first = not self._history
        self.newest = max([self.newest, *(row[0] for row in rows)])
        self._known.update(row[0] for row in rows)
        self._advance(max(self.newest - LATE_KEYS, 0) if is_first else self._mark)
        return rows

    def _advance(self, mark: int) -> None:
        now = time.monotonic()
        if not self._history or self._history[-1][1] != self.newest:
            self._history.append((now, self.newest))
        while self._history and now - self._history[0][0] > LATE_SECONDS and self._history[0][1] > mark:
            mark = self._history.popleft()[1]
        if not self._history:
            self._history.append((now, self.newest))
        if mark != self._mark:
            self._mark, self._known = mark, {key for key in self._known if key > mark}


class Reader:
    """Makes the next snapshot out of the last one; used by one thread at a time."""

    def __init__(self) -> None:
        self._whole_at: float | None = None
        self._products: int | None = None  # sum of the batches' keys of products; None without batches

    def next(self, last: Snapshot | None) -> Snapshot:
        """Return the snapshot of now; the same object if nothing was added and no recall changed."""
        if last is None or self._whole_at is None or time.monotonic() - self._whole_at > WHOLE:
            return self._whole(last)
        newest = self._changes.newest
        changes = self._read_changes()
        if any(row.pk < newest for row in changes):  # came late: it must not cover newer ones
            return self._whole(last)
        made = self._with_new(last, last, changes)
        # Two records of one product that were made one: the one thing that may change in a batch.
        has_moved = StampBatch.objects.aggregate(sum=models.Sum("product_id"))["sum"] != self._products
        return self._whole(last) if has_moved else made

    def _whole(self, last: Snapshot | None) -> Snapshot:
        self._batches, self._activations, self._changes = Added(StampBatch), Added(Activation), Added(StampChange)
        self._whole_at, self._products = time.monotonic(), None
        return self._with_new(Snapshot(), last)

    def _with_new(self, base: Snapshot, last: Snapshot | None, changes: list[ChangeRow] | None = None) -> Snapshot:
        changes = self._read_changes() if changes is None else changes
        batches = [BatchRow(*row) for row in self._batches.read(*_BATCH)]
        activations = [ActivationRow(*row) for row in self._activations.read("start", "end", "lot_id")]
        made = base
        if batches:
            self._products = (self._products or 0) + sum(row.product_id for row in batches)
            with_pin = made.with_pin | {row.pk for row in batches if row.has_pin}
            made = replace(made, batches=batches_with(made.batches, batches), with_pin=with_pin)
        if activations:
            rows = [(row.start, row.end, row.pk, row.lot_id) for row in activations]
            expiry = {**made.expiry, **_expiry_of({row.lot_id for row in activations})}
            made = replace(made, activations=made.activations.with_rows(rows), expiry=expiry)
        if changes:
            made = replace(made, changes=changes_with(made.changes, changes))
        products, lots = _recalls()
        if (products, lots) != (made.recalled_products, made.recalled_lots):
            made = replace(made, recalled_products=products, recalled_lots=lots)
        if (alerted := spoken_of()) != made.alerted:
            made = replace(made, alerted=alerted)
        return last if last is not None and made == last else made

    def _read_changes(self) -> list[ChangeRow]:
        return [ChangeRow(*row) for row in self._changes.read("start", "end", "state")]


def _expiry_of(lots: set[int]) -> dict[int, date]:
    """Best-before dates of lots; asked in parts, as a database takes only so many parameters."""
    keys = sorted(lots)
    found: dict[int, date] = {}
    for place in range(0, len(keys), 500):
        rows = Lot.objects.filter(pk__in=keys[place : place + 500], expires_on__isnull=False)
        found.update((lot, day) for lot, day in rows.values_list("pk", "expires_on") if day)
    return found


def _recalls() -> tuple[dict[int, int], dict[int, int]]:
    rows = list(Recall.objects.in_force().order_by("-pk").values_list("pk", "product_id", "lot_id"))
    return (
        {product: pk for pk, product, lot in rows if lot is None},
        {lot: pk for pk, _product, lot in rows if lot is not None},
    )


class Tables:
    """The snapshot of this process. `start` lets a thread keep it fresh; without one, `current` does when asked."""

    def __init__(self, every: float = EVERY) -> None:
        self._every = every
        self._decoder = Decoder(serials.keyring_from_settings().keys)
        self._reader = Reader()
        self._snapshot: Snapshot | None = None
        self._read_at = self._due_at = 0.0  # monotonic
        self._read_time = timezone.now()
        self._failures = 0
        self._looking = threading.Lock()
        self._keeper: threading.Thread | None = None
        self._today = (0.0, timezone.localdate())

    def start(self) -> None:
        """Keep the tables fresh from a thread of this process, so that no request waits for the database."""
        with self._looking:
            if self._keeper is None or not self._keeper.is_alive():
                self._keeper = threading.Thread(target=self._keep, name="stamp tables", daemon=True)
                self._keeper.start()

    def current(self) -> Snapshot:
        """Return the newest snapshot; raises Away when there is none younger than an hour."""
        if self._keeper is None or self._snapshot is None:
            self._look_if_due()
        snapshot = self._snapshot
        if snapshot is None or time.monotonic() - self._read_at > KEEP:
            raise Away
        return snapshot

    @property
    def stale_since(self) -> datetime | None:
        """When the data were read, if that is too long ago to keep silent about it; None while they are fresh."""
        return self._read_time if time.monotonic() - self._read_at > STALE else None

    @property
    def is_away(self) -> bool:
        """Whether the last look at the database failed, or takes too long."""
        return self._failures > 0 or self.stale_since is not None

    def find(self, code: str, text: str) -> Found | None:
        """Return what a code and a scanned or typed serial name; None for what we never issued, whatever it is.

        The answer of `stamps.life.scan.look_up`, from memory. Raises Away.
        """
        snapshot = self.current()
        try:
            serial = serials.normalise(text)
            if (code, serial[0]) not in snapshot.batches:
                return None
            if not self._decoder.knows(serial[0]):
                raise Away  # printed here, and its key is missing in the settings: it may well be genuine
            index = self._decoder.index_of(code, serial)
        except (InvalidSerial, ForgedSerial):
            return None
        return snapshot.find(code, serial, index, self.today())

    def today(self) -> date:
        """Return the date here; asked of the clock once a second."""
        now, (asked_at, today) = time.monotonic(), self._today
        if now - asked_at >= 1:
            today = timezone.localdate()
            self._today = (now, today)
        return today

    def _keep(self) -> None:
        while True:
            time.sleep(max(self._due_at - time.monotonic(), 0.05))
            self._look_if_due()

    def _look_if_due(self) -> None:
        if time.monotonic() < self._due_at:
            return
        # Whoever comes while somebody looks goes on with what there is; only the first look is waited for.
        if self._looking.acquire(blocking=self._snapshot is None):
            try:
                if time.monotonic() >= self._due_at:
                    self._look()
            finally:
                self._looking.release()

    def _look(self) -> None:
        began, began_at = time.monotonic(), timezone.now()
        try:
            with database():
                self._snapshot = self._reader.next(self._snapshot)
        except Exception as error:
            self._reader = Reader()  # keys that it took as read may not be in the snapshot
            self._failures += 1
            self._due_at = time.monotonic() + min(0.5 * 2 ** (self._failures - 1), LONGEST_WAIT)
            if self._failures == 1:
                logger.warning("The stamp tables cannot be read (%s); the last ones serve.", type(error).__name__)
            return
        if self._failures:
            logger.info("The stamp tables are fresh again.")
        self._failures, self._read_at, self._read_time = 0, began, began_at
        self._due_at = time.monotonic() + self._every
