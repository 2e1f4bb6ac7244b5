"""A Word file as a reader sees it: sections with their page, paragraphs and tables with their look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

TWIPS_PER_MM = 1440 / 25.4
_SINGLE = 240  # w:line of single spacing


def mm(twips: float) -> float:
    """Return a length in millimetres."""
    return twips / TWIPS_PER_MM


@dataclass(frozen=True, kw_only=True)
class Run:
    """Text of one look; sizes in points."""

    text: str
    size: float
    bold: bool
    italic: bool
    capitals: bool
    fonts: frozenset[str]
    colour: str


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph; lengths in twips. `line_mm` is the length of a line drawn by it or anchored in it, 0 for none."""

    runs: tuple[Run, ...]
    align: str  # left, center, right, both
    first_line: int
    before: int
    after: int
    spacing: float  # in lines
    starts_page: bool
    line_mm: float
    fields: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """What is read."""
        return "".join(run.text.upper() if run.capitals else run.text for run in self.runs).strip()

    @cached_property
    def said(self) -> tuple[Run, ...]:
        """The runs that are not blank."""
        return tuple(run for run in self.runs if run.text.strip())

    @property
    def sizes(self) -> list[float]:
        """The sizes of its letters."""
        return sorted({run.size for run in self.said})

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return bool(self.said) and all(run.bold for run in self.said)

    @property
    def is_italic(self) -> bool:
        """Whether all of it is italic."""
        return bool(self.said) and all(run.italic for run in self.said)

    @property
    def is_capitals(self) -> bool:
        """Whether it is written in capitals."""
        return self.text == self.text.upper() and self.text != self.text.lower()


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell of a table, `span` columns wide."""

    paragraphs: tuple[Paragraph, ...]
    width: int
    span: int

    @property
    def lines(self) -> list[Paragraph]:
        """The paragraphs that say something."""
        return [paragraph for paragraph in self.paragraphs if paragraph.text]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a table; `is_heading` repeats on every page."""

    cells: tuple[Cell, ...]
    is_heading: bool


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table, with or without lines."""

    rows: tuple[Row, ...]
    is_bordered: bool

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """All its paragraphs, row by row."""
        return (line for row in self.rows for cell in row.cells for line in cell.paragraphs)

    def column(self, place: int) -> list[Paragraph]:
        """Return what the cells of the first (0) or the last (-1) column say, from top to bottom."""
        return [line for row in self.rows if row.cells for line in row.cells[place].lines]


Block = Paragraph | Table


@dataclass(frozen=True, kw_only=True)
class Section:
    """Pages of one layout; lengths in twips. Headers and footers are those of its first and of its other pages."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    is_framed: bool
    hides_first: bool  # the first page has a header of its own
    restarts: bool  # pages are counted from 1 again
    header: tuple[Paragraph, ...]
    first_header: tuple[Paragraph, ...]
    footer: tuple[Paragraph, ...]
    blocks: tuple[Block, ...]

    @property
    def is_landscape(self) -> bool:
        """Whether the sheet lies on its long side."""
        return self.width > self.height

    @property
    def text_mm(self) -> float:
        """The width of the text."""
        return mm(self.width - self.left - self.right)


def lines(value: int, rule: str, size: float) -> float:
    """Return a w:line value as a number of lines; fixed heights are measured against the letters' own height."""
    if rule in ("exact", "atLeast"):
        return value / 20 / (size * 1.15)
    return value / _SINGLE
