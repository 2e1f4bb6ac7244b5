"""Values that are expensive to make: kept, made anew at most once a second by one thread, while the others go on."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")
STRIPES = 64  # locks shared by all keys; two keys of one stripe may wait for each other, which harms nobody
LONGEST_WAIT = 3.0  # seconds that a thread waits for another one's value


class Busy(Exception):
    """Another thread has been making the value for too long."""


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Value]):
    value: Value
    of: object
    made_at: float


class Kept(Generic[Value]):
    """At most `size` values; the ones asked for longest ago go first."""

    def __init__(self, *, size: int, seconds: float) -> None:
        self._size, self._seconds = size, seconds
        self._entries: OrderedDict[Hashable, _Entry[Value]] = OrderedDict()
        self._guard = threading.Lock()
        self._stripes = [threading.Lock() for _ in range(STRIPES)]

    def fresh(self, key: Hashable, of: object = None) -> Value | None:
        """Return the value if it was made of `of` within the last seconds."""
        entry = self._entries.get(key)
        return entry.value if entry is not None and self._is_fresh(entry, of) else None

    def last(self, key: Hashable, within: float) -> Value | None:
        """Return the value however old, up to `within` seconds."""
        entry = self._entries.get(key)
        return entry.value if entry is not None and time.monotonic() - entry.made_at <= within else None

    def get(self, key: Hashable, make: Callable[[], Value], of: object = None) -> Value:
        """Return the fresh value, made now if need be; the last one while another thread makes it.

        Whoever finds none, or one older than twice the time, waits. Raises Busy, and what `make` raises.
        """
        entry = self._entries.get(key)
        if entry is not None and self._is_fresh(entry, of):
            return entry.value
        stripe = self._stripes[hash(key) % STRIPES]
        is_usable = entry is not None and time.monotonic() - entry.made_at < 2 * self._seconds
        if not (stripe.acquire(blocking=False) if is_usable else stripe.acquire(timeout=LONGEST_WAIT)):
            if entry is not None and is_usable:
                return entry.value
            raise Busy
        try:
            entry = self._entries.get(key)
            if entry is not None and self._is_fresh(entry, of):
                return entry.value
            began = time.monotonic()
            value = make()
            self._put(key, _Entry(value, of, began))
            return value
        finally:
            stripe.release()

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value that is at hand."""
        self._put(key, _Entry(value, None, time.monotonic()))

    def _is_fresh(self, entry: _Entry[Value], of: object) -> bool:
        return entry.of is of and time.monotonic() - entry.made_at < self._seconds

    def _put(self, key: Hashable, entry: _Entry[Value]) -> None:
        with self._guard:
            self._entries[key] = entry
            self._entries.move_to_end(key)
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)

    def __len__(self) -> int:
        return len(self._entries)
