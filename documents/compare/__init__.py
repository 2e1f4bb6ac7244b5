"""Comparing two versions of a document: what a reader sees of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from django.utils.translation import gettext as _

from documents.compare.data import FieldChange, compare_data
from documents.compare.wording import Kind, Pair, Piece, compare_lines
from documents.docx.text import Line
from documents.errors import DocumentError, NotComparable
from documents.models import DocumentVersion
from documents.reading import Reading, head_of, lines_of

# Ten pages with a table of 100 rows are 300 lines; nobody reads the changes of a hundred pages on a screen.
MAX_LINES = 3_000
MAX_CHARACTERS = 300_000


@dataclass(frozen=True)
class Cell:
    """A cell of a row that changed, under its column's heading."""

    label: str
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Whether its words differ."""
        return any(piece.kind != Kind.SAME for piece in self.pieces)


@dataclass(frozen=True)
class Change:
    """A paragraph or a table row that differs: where, and the words of both versions. Numbered over the page."""

    number: int
    kind: Kind
    where: str
    pair: Pair
    cells: tuple[Cell, ...]

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return len(self.cells) > 1

    @property
    def shown(self) -> tuple[Cell, ...]:
        """The cells to read: of a row that changed its name and what differs, else all that say something."""
        filled = [cell for cell in self.cells if cell.pieces]
        if self.kind != Kind.CHANGED:
            return tuple(filled)
        name = next((cell for cell in filled if not "".join(piece.text for piece in cell.pieces).isdigit()), None)
        return tuple(cell for cell in filled if cell.is_changed or cell is name)

    @property
    def has_before(self) -> bool:
        """Whether the earlier version has it."""
        return self.pair.before is not None

    @property
    def has_after(self) -> bool:
        """Whether the later version has it."""
        return self.pair.after is not None


@dataclass(frozen=True)
class Run:
    """Lines in a row that did not change (`lines`), or a single change."""

    lines: tuple[Line, ...] = ()
    change: Change | None = None


class Numbered(Protocol):
    """What is compared: a version of a document, or of a template."""

    @property
    def number(self) -> int | str:
        """What the version is called."""


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side; `problem` says why the text is not compared, the data always is."""

    before: Numbered
    after: Numbered
    data: tuple[FieldChange, ...]
    text: tuple[Run, ...]
    problem: str = ""

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of the text."""
        return tuple(run.change for run in self.text if run.change)

    @property
    def is_same(self) -> bool:
        """Whether data and text are the same, as far as they could be read."""
        return not (self.data or self.changes or self.problem)


def compare(before: DocumentVersion, after: DocumentVersion) -> Comparison:
    """Compare two versions of one document. A file that cannot be read is named in `problem`."""
    data = tuple(compare_data(before.context, after.context))
    try:
        text = tuple(runs_of(readings(before, after)))
    except DocumentError as error:
        return Comparison(before, after, data, (), str(error))
    return Comparison(before, after, data, text)


def readings(before: DocumentVersion, after: DocumentVersion) -> tuple[Reading, Reading]:
    """Return both texts. Raises NotReadable naming the version, NotComparable when one is too long."""
    texts = Reading(tuple(lines_of(before))), Reading(tuple(lines_of(after)))
    for version, text in zip((before, after), texts, strict=True):
        check_length(text, version.number)
    return texts


def check_length(text: Reading, number: int | str) -> None:
    """Raise NotComparable, naming the version, for a text that is too long to be compared on a page."""
    if len(text.lines) > MAX_LINES or sum(len(str(line)) for line in text.lines) > MAX_CHARACTERS:
        raise NotComparable(
            _(
                "The text of version %(number)s is longer than %(limit)d lines or 100 pages, too long to compare "
                "here; download both versions and compare them in Word (Review, Compare)."
            )
            % {"number": number, "limit": MAX_LINES}
        )


def runs_of(texts: tuple[Reading, Reading]) -> Iterator[Run]:
    """Yield what did not change in runs and what did one by one, in reading order."""
    heads = tuple(_heads(text.lines) for text in texts)
    numbered = _with_places(compare_lines(texts[0].lines, texts[1].lines))
    number = 0
    for is_quiet, group in groupby(numbered, key=lambda item: item[0].is_quiet):
        items = list(group)
        if is_quiet:
            yield Run(tuple(pair.after for pair, _a, _b in items if pair.after))
            continue
        for pair, old, new in items:
            number += 1
            side, place = (1, new) if pair.after else (0, old)
            section = texts[side].at(place)
            head = heads[side].get((pair.after or pair.before).table)  # type: ignore[union-attr]
            where = section.name if section else ""
            yield Run(change=Change(number, pair.kind, where, pair, tuple(_cells(pair, head or ()))))


def _with_places(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, int, int]]:
    """Yield each pair with the numbers of its lines."""
    old = new = 0
    for pair in pairs:
        yield pair, old, new
        old, new = old + (pair.before is not None), new + (pair.after is not None)


def _heads(lines: Sequence[Line]) -> dict[int | None, tuple[str, ...]]:
    """The header row of each table."""
    return {
        table: head_of(list(rows)) for table, rows in groupby(lines, key=lambda line: line.table) if table is not None
    }


def _cells(pair: Pair, head: tuple[str, ...]) -> Iterator[Cell]:
    labels = head if len(head) == len(pair.cells) else ("",) * len(pair.cells)
    for label, pieces in zip(labels, pair.cells, strict=True):
        yield Cell(label, pieces)
