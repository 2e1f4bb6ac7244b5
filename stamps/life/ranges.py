"""Arithmetic of ranges start ≤ n < end: which of many covers a number last, and two divisions laid on each other."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

Value = TypeVar("Value")
Other = TypeVar("Other")


def painted(
    start: int, end: int, strokes: Sequence[tuple[int, int, Value]], ground: Value
) -> list[tuple[int, int, Value]]:
    """Return the stretches of start ≤ n < end after painting (start, end, value) strokes one over the other.

    What no stroke covers has the value `ground`; neighbours of equal value are one stretch. Takes
    n log n steps for n strokes.

    >>> painted(0, 10, [(2, 8, "a"), (4, 6, "b")], "-")
    [(0, 2, '-'), (2, 4, 'a'), (4, 6, 'b'), (6, 8, 'a'), (8, 10, '-')]
    """
    inside = [(max(left, start), min(right, end)) for left, right, _value in strokes]
    order = sorted(range(len(strokes)), key=lambda place: inside[place][0])
    cuts = sorted({start, end, *(cut for left, right in inside if left < right for cut in (left, right))})
    on_top: list[int] = []  # a heap of the strokes begun, the last painted first
    begun = 0
    found: list[tuple[int, int, Value]] = []
    for left, right in pairwise(cuts):
        while begun < len(order) and inside[order[begun]][0] <= left:
            heapq.heappush(on_top, -order[begun])
            begun += 1
        while on_top and inside[-on_top[0]][1] <= left:
            heapq.heappop(on_top)
        _append(found, left, right, strokes[-on_top[0]][2] if on_top else ground)
    return found


def crossed(
    first: Sequence[tuple[int, int, Value]], second: Sequence[tuple[int, int, Other]]
) -> Iterator[tuple[int, int, Value, Other]]:
    """Yield (start, end, value of the first, value of the second) of two divisions of the same numbers.

    >>> list(crossed([(0, 4, "a"), (4, 9, "b")], [(0, 6, 1), (6, 9, 2)]))
    [(0, 4, 'a', 1), (4, 6, 'b', 1), (6, 9, 'b', 2)]
    """
    left = right = 0
    while left < len(first) and right < len(second):
        start, end = max(first[left][0], second[right][0]), min(first[left][1], second[right][1])
        if start < end:
            yield start, end, first[left][2], second[right][2]
        left, right = left + (first[left][1] <= end), right + (second[right][1] <= end)


def joined(stretches: Iterable[tuple[int, int, Value]]) -> list[tuple[int, int, Value]]:
    """Return the stretches with neighbours of equal value made one."""
    found: list[tuple[int, int, Value]] = []
    for start, end, value in stretches:
        _append(found, start, end, value)
    return found


def _append(found: list[tuple[int, int, Value]], start: int, end: int, value: Value) -> None:
    if found and found[-1][1] == start and found[-1][2] == value:
        found[-1] = (found[-1][0], end, value)
    else:
        found.append((start, end, value))
