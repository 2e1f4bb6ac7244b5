"""Aligning two texts: line by line, then cell by cell, then word by word. Nothing is lost: either text can be
read back from the result.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from documents.docx.text import Line

# What keeps an answer within a second whatever the file: beyond it the alignment is coarser, never wrong.
MAX_LINE_PAIRS = 40_000
MAX_WORD_PAIRS = 250_000
ALIKE = 0.4  # share of common words from which two lines are one line that was changed
_WORD = re.compile(r"\w+(?:[.,/:-]\w+)*|\s+|[^\w\s]")


class Kind(StrEnum):
    """What happened to a piece, a line or a field."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENUMBERED = "renumbered"  # a table row that only got another running number


@dataclass(frozen=True)
class Piece:
    """A run of words that both texts have, or only one of them."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Pair:
    """A line of the one text beside its line of the other; `cells` has the words of each cell."""

    kind: Kind
    before: Line | None
    after: Line | None
    cells: tuple[tuple[Piece, ...], ...]

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to read in it."""
        return self.kind in (Kind.SAME, Kind.RENUMBERED)


def compare_lines(before: Sequence[Line], after: Sequence[Line]) -> list[Pair]:
    """Return the lines of both texts side by side, in reading order of both."""
    left, right = [_key(line) for line in before], [_key(line) for line in after]
    pairs: list[Pair] = []
    for step, a, b, c, d in SequenceMatcher(None, left, right, autojunk=_is_heavy(left, right)).get_opcodes():
        if step == "equal":
            pairs += [_quiet(one, other) for one, other in zip(before[a:b], after[c:d], strict=True)]
        else:
            pairs += _aligned(before[a:b], after[c:d])
    return pairs


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the words of both texts: common, removed and added runs, in reading order."""
    if before == after:
        return (Piece(Kind.SAME, before),) if before else ()
    left, right = _WORD.findall(before), _WORD.findall(after)
    if len(left) * len(right) > MAX_WORD_PAIRS:
        return tuple(_pieces([(before, after)]))
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.quick_ratio() < ALIKE:
        return tuple(_pieces([(before, after)]))
    steps = [("".join(left[a:b]), "".join(right[c:d])) for _step, a, b, c, d in matcher.get_opcodes()]
    return tuple(_pieces(_joined(steps)))


def before_of(pieces: Sequence[Piece]) -> str:
    """Return the earlier text."""
    return "".join(piece.text for piece in pieces if piece.kind != Kind.ADDED)


def after_of(pieces: Sequence[Piece]) -> str:
    """Return the later text."""
    return "".join(piece.text for piece in pieces if piece.kind != Kind.REMOVED)


def _joined(steps: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join changes that only a blank or a mark parts: three words are read better in one piece than in three."""
    joined: list[tuple[str, str]] = []
    for number, (old, new) in enumerate(steps):
        is_change = old != new
        between = joined and joined[-1][0] != joined[-1][1] and number + 1 < len(steps)
        if joined and joined[-1][0] != joined[-1][1] and (is_change or (between and not old.strip(" ,;."))):
            joined[-1] = (joined[-1][0] + old, joined[-1][1] + new)
        else:
            joined.append((old, new))
    return joined


def _pieces(steps: Sequence[tuple[str, str]]) -> Iterator[Piece]:
    for old, new in steps:
        if old == new:
            yield Piece(Kind.SAME, old)
            continue
        if old:
            yield Piece(Kind.REMOVED, old)
        if new:
            yield Piece(Kind.ADDED, new)


# --- lines -----------------------------------------------------------------------------------
def _key(line: Line) -> tuple[bool, tuple[str, ...]]:
    """What makes two lines the same line: a row's running number does not, it moves when a row is put in above."""
    return line.table is not None, _unnumbered(line)


def _unnumbered(line: Line) -> tuple[str, ...]:
    return line.cells[1:] if line.table is not None and len(line.cells) > 1 and line.cells[0].isdigit() else line.cells


def _is_heavy(left: Sequence[object], right: Sequence[object]) -> bool:
    """Whether lines repeat so often that matching them one with the other would take long."""
    ours, theirs = Counter(left), Counter(right)
    return sum(number * theirs[line] for line, number in ours.items()) > MAX_LINE_PAIRS


def _quiet(before: Line, after: Line) -> Pair:
    return _pair(Kind.SAME if before.cells == after.cells else Kind.RENUMBERED, before, after)


def _pair(kind: Kind, before: Line, after: Line) -> Pair:
    return Pair(kind, before, after, tuple(map(compare_words, before.cells, after.cells)))


def _single(kind: Kind, line: Line) -> Pair:
    cells = tuple((Piece(kind, cell),) if cell else () for cell in line.cells)
    return Pair(kind, line, None, cells) if kind == Kind.REMOVED else Pair(kind, None, line, cells)


def _aligned(before: Sequence[Line], after: Sequence[Line]) -> Iterator[Pair]:
    """Pair the lines that are alike, keeping the order of both; the others were removed or added."""
    for one, other in _matched(before, after):
        if one is not None and other is not None:
            yield _pair(Kind.CHANGED, one, other)
        elif one is not None:
            yield _single(Kind.REMOVED, one)
        elif other is not None:
            yield _single(Kind.ADDED, other)


def _matched(before: Sequence[Line], after: Sequence[Line]) -> Iterator[tuple[Line | None, Line | None]]:
    if len(before) * len(after) > MAX_LINE_PAIRS:
        yield from _one_by_one(before, after)
        return
    gain = _gains(before, after)
    best = [[0.0] * (len(after) + 1) for _line in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            together = best[i + 1][j + 1] + gain[i][j] if gain[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    i = j = 0
    while i < len(before) and j < len(after):
        if gain[i][j] and best[i][j] == best[i + 1][j + 1] + gain[i][j]:
            yield before[i], after[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield before[i], None
            i += 1
        else:
            yield None, after[j]
            j += 1
    yield from ((line, None) for line in before[i:])
    yield from ((None, line) for line in after[j:])


def _one_by_one(before: Sequence[Line], after: Sequence[Line]) -> Iterator[tuple[Line | None, Line | None]]:
    for one, other in zip_longest(before, after):
        if one is not None and other is not None and not _fit(one, other):
            yield one, None
            yield None, other
        else:
            yield one, other


def _gains(before: Sequence[Line], after: Sequence[Line]) -> list[list[float]]:
    """How alike each line of the one is to each line of the other; 0 where they are not the same line."""
    ours = [Counter(_words(line)) for line in before]
    theirs = [Counter(_words(line)) for line in after]
    return [
        [_alike(one, other, a, b) if _fit(one, other) else 0.0 for other, b in zip(after, theirs, strict=True)]
        for one, a in zip(before, ours, strict=True)
    ]


def _fit(one: Line, other: Line) -> bool:
    """Whether the lines can be one line: both paragraphs, or rows of as many cells."""
    return (one.table is None) == (other.table is None) and len(one.cells) == len(other.cells)


def _alike(one: Line, other: Line, a: Counter[str], b: Counter[str]) -> float:
    share = 2 * (a & b).total() / ((a.total() + b.total()) or 1)
    if one.table is not None and len(one.cells) > 2 and _unnumbered(one)[0] == _unnumbered(other)[0]:
        return 1.0 + share  # the same name in the first column
    return share if share >= ALIKE else 0.0


def _words(line: Line) -> list[str]:
    return " ".join(_unnumbered(line)).casefold().split()
