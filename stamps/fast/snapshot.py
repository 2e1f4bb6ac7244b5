"""What the database said of all stamps at one moment, as sorted ranges in memory. Never changed once made."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from stamps.life.standing import Verdict
from stamps.models import StampChange

_STATE = (Verdict.VALID, *(Verdict(state) for state in StampChange.State.values if state != "restored"))
_CODE_OF: Mapping[str, int] = {str(verdict): code for code, verdict in enumerate(_STATE) if code}
_SHIFT = 3  # of a change's key; the state is in the lowest bits


class Found(NamedTuple):
    """A genuine stamp: its number, the keys of the rows that say what it is (0 for none), and the verdict."""

    code: str
    serial: str
    number: int
    batch: int
    product: int
    activation: int
    lot: int
    change: int
    recall: int
    verdict: Verdict
    has_pin: bool
    is_alerted: bool  # a rule found its scans unusual, or an officer found it copied


class BatchRow(NamedTuple):
    """A batch as it is read: numbers start ≤ n < end."""

    pk: int
    code: str
    key_version: str
    start: int
    end: int
    product_id: int
    has_pin: bool


class ActivationRow(NamedTuple):
    """A range of stamps on a lot."""

    pk: int
    start: int
    end: int
    lot_id: int


class ChangeRow(NamedTuple):
    """A range whose state was changed."""

    pk: int
    start: int
    end: int
    state: str


@dataclass(frozen=True, slots=True)
class Strokes:
    """A division of all numbers into stretches; a stroke painted later covers what was there."""

    starts: array[int] = field(default_factory=lambda: array("q", [0]))
    values: array[int] = field(default_factory=lambda: array("q", [0]))

    def copy(self) -> Strokes:
        """Return a division of its own, to be painted on."""
        return Strokes(self.starts[:], self.values[:])

    def at(self, index: int) -> int:
        """Return the value of the stretch that a number ≥ 0 lies in."""
        return self.values[bisect_right(self.starts, index) - 1]

    def paint(self, start: int, end: int, value: int) -> None:
        """Give start ≤ n < end the value; only while the division is being made."""
        first, after = bisect_left(self.starts, start), bisect_right(self.starts, end)
        rest = self.values[after - 1]
        self.starts[first:after] = array("q", [start, end])
        self.values[first:after] = array("q", [value, rest])


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges that never overlap, sorted; two keys each."""

    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))
    keys: array[int] = field(default_factory=lambda: array("q"))
    others: array[int] = field(default_factory=lambda: array("q"))

    def with_rows(self, rows: Iterable[tuple[int, int, int, int]]) -> Ranges:
        """Return the ranges with (start, end, key, other key) rows added."""
        known = zip(self.starts, self.ends, self.keys, self.others, strict=True)
        columns = list(zip(*sorted([*known, *rows]), strict=True)) or [(), (), (), ()]
        return Ranges(*(array("q", column) for column in columns))

    def at(self, index: int) -> tuple[int, int]:
        """Return both keys of the range that a number lies in, (0, 0) outside all."""
        place = bisect_right(self.starts, index) - 1
        if place < 0 or index >= self.ends[place]:
            return 0, 0
        return self.keys[place], self.others[place]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The range tables of one moment; two of the same content are the same object (see `tables`)."""

    batches: Mapping[tuple[str, str], Ranges] = field(default_factory=dict)
    activations: Ranges = field(default_factory=Ranges)
    changes: Strokes = field(default_factory=Strokes)
    expiry: Mapping[int, date] = field(default_factory=dict)  # best-before dates by lot
    recalled_products: Mapping[int, int] = field(default_factory=dict)
    recalled_lots: Mapping[int, int] = field(default_factory=dict)
    with_pin: frozenset[int] = frozenset()  # batches with hidden codes
    alerted: frozenset[int] = frozenset()  # stamps

    def find(self, code: str, serial: str, index: int, today: date) -> Found | None:
        """Return what stands of a deciphered serial, None for a number that was not issued for the code."""
        batches = self.batches.get((code, serial[0]))
        batch, product = batches.at(index) if batches else (0, 0)
        if not batch:
            return None
        activation, lot = self.activations.at(index)
        said = self.changes.at(index)
        # The product's recall comes first: it says more.
        recall = self.recalled_products.get(product) or self.recalled_lots.get(lot, 0)
        verdict = self._verdict(said, activation, lot, recall, today)
        has_pin, is_alerted = batch in self.with_pin, index in self.alerted
        change = said >> _SHIFT
        return Found(code, serial, index, batch, product, activation, lot, change, recall, verdict, has_pin, is_alerted)

    def _verdict(self, said: int, activation: int, lot: int, recall: int, today: date) -> Verdict:
        """`Standing.verdict` over keys."""
        if recall:
            return Verdict.RECALLED
        if said:
            return _STATE[said & (1 << _SHIFT) - 1]
        if not activation:
            return Verdict.INACTIVE
        expires_on = self.expiry.get(lot)
        return Verdict.EXPIRED if expires_on and expires_on < today else Verdict.VALID


def batches_with(known: Mapping[tuple[str, str], Ranges], rows: Iterable[BatchRow]) -> Mapping[tuple[str, str], Ranges]:
    """Return the batches by code and key version with rows added."""
    added: dict[tuple[str, str], list[tuple[int, int, int, int]]] = {}
    for row in rows:
        added.setdefault((row.code, row.key_version), []).append((row.start, row.end, row.pk, row.product_id))
    return {**known, **{key: known.get(key, Ranges()).with_rows(new) for key, new in added.items()}}


def changes_with(known: Strokes, rows: Iterable[ChangeRow]) -> Strokes:
    """Return the changes with newer rows painted over them in the order of their keys; RESTORED says nothing."""
    made = known.copy()
    for row in sorted(rows):
        code = _CODE_OF.get(row.state)
        made.paint(row.start, row.end, row.pk << _SHIFT | code if code else 0)
    return made
