"""Where the table of a sheet is: its header rows, which column holds what, and which rows are data.

Provinces put the office's name, titles and dates above the table, group headings inside it, and
sums and signatures below; headers have up to four rows with merged cells.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from imports import parsers
from imports.parsers import Cell
from imports.sheets import Sheet
from imports.workbook import folded

LOOK_WITHIN = 30  # rows before the header
MAX_DEPTH = 4  # rows of a header
_EXACT, _BEGINS = 3.0, 1.0
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_NUMBERING = re.compile(r"\(?(\d{1,2}|[A-ZĐ])\)?\Z")
_ORDINAL = frozenset({"tt", "stt", "sott", "sothutu", "no"})
_FOOTER = re.compile(
    r"(tổng (cộng|số)|cộng|ghi chú|nơi nhận|người (lập|kiểm)|thủ trưởng|giám đốc|chủ tịch|kt\.|tm\.|"
    r"xác nhận|\(?ký|ký tên|.{0,40}ngày .{1,6} tháng )",
    re.IGNORECASE,
)


class Column(Protocol):
    """What the guess has to know of a column that we want."""

    titles: tuple[str, ...]
    needed: bool
    splits: bool


Columns = Mapping[str, Column]


@dataclass(frozen=True)
class Layout:
    """The header's first and last row, and the column (from 1) of each key that was found."""

    first: int
    last: int
    places: dict[str, int] = field(default_factory=dict)
    score: float = 0.0


@dataclass(frozen=True)
class Line:
    """One line of data: the row it stands in, which of several products in a cell it is (0: the only one), cells."""

    row: int
    part: int
    cells: dict[str, Cell]


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return folded(text)


def levels(sheet: Sheet, first: int, last: int) -> dict[int, tuple[str, ...]]:
    """Return for each column what its header says, from the top row down, merged cells spread out."""
    found = {}
    for column in range(1, sheet.width + 1):
        texts: list[str] = []
        for row in range(first, last + 1):
            text = parsers.text(sheet.spread(row, column))
            if text and text not in texts[-1:] and not _NUMBERING.match(text):
                texts.append(text)
        if texts:
            found[column] = tuple(texts)
    return found


def match(titles: Mapping[int, tuple[str, ...]], columns: Columns) -> tuple[dict[str, int], float]:
    """Return the column of each key whose titles the header names, and how sure that is."""
    chances = []
    for place, texts in titles.items():
        for order, (key, column) in enumerate(columns.items()):
            if sure := _likeness(texts, column.titles):
                chances.append((-sure, order, place, key))
    places: dict[str, int] = {}
    score = 0.0
    for negative, _order, place, key in sorted(chances):
        if key not in places and place not in places.values():
            places[key] = place
            score -= negative
    return places, score


def _likeness(texts: tuple[str, ...], titles: Sequence[str]) -> float:
    wanted = [_folded(title) for title in titles]
    said = [texts[-1], *(" ".join(texts[start:]) for start in range(len(texts) - 1)), texts[0]]
    for text in said:
        for form in (_folded(text), _folded(_IN_BRACKETS.sub("", text))):
            if form in _ORDINAL:
                return 0.0
            if form in wanted:
                return _EXACT - wanted.index(form) / 100
    beginnings = [len(title) for title in wanted if len(title) > 5 and _folded(texts[-1]).startswith(title)]
    return _BEGINS + max(beginnings) / 100 if beginnings else 0.0


def layout_of(sheet: Sheet, columns: Columns) -> Layout:
    """Return the likeliest header of a sheet: the few rows that name most of our columns."""
    candidates = [number for number in list(sheet.rows)[:LOOK_WITHIN]]
    best = Layout(candidates[0], candidates[0])
    for first in candidates:
        for last in range(first, first + MAX_DEPTH):
            if last > first and last not in sheet.rows:
                break
            places, score = match(levels(sheet, first, last), columns)
            score -= (last - first) / 10
            if score > best.score:
                best = Layout(first, last, places, score)
    return header_at(sheet, columns, best.first, best.last)


def header_at(sheet: Sheet, columns: Columns, first: int, last: int) -> Layout:
    """Return the layout whose header starts at these rows: down to where its merged cells and numbers end."""
    for top, _left, bottom, right in sorted(sheet.merged):
        if first <= top <= last < bottom <= first + MAX_DEPTH and right:
            last = bottom
    while _is_numbering(sheet.rows.get(last + 1, [])):
        last += 1
    places, score = match(levels(sheet, first, last), columns)
    return Layout(first, last, places, score)


def _is_numbering(cells: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: 1 2 3, (1) (2) (3), A B 1 2."""
    texts = [text for cell in cells if (text := parsers.text(cell))]
    if len(texts) < 3 or not all(_NUMBERING.match(text) for text in texts):
        return False
    numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdigit()]
    return numbers == sorted(set(numbers))


def choose_sheet(sheets: Sequence[Sheet], columns: Columns) -> tuple[int, Layout]:
    """Return the place of the sheet whose header names most of our columns, and its layout."""
    layouts = [layout_of(sheet, columns) for sheet in sheets]
    place = max(range(len(sheets)), key=lambda index: (layouts[index].score, -index))
    return place, layouts[place]


def fingerprint(sheet: Sheet, layout: Layout) -> str:
    """Return what tells two kinds of lists apart: a hash of the titles in their order."""
    titles = levels(sheet, layout.first, layout.last)
    said = "|".join(f"{place}:{'/'.join(map(_folded, texts))}" for place, texts in sorted(titles.items()))
    return hashlib.sha256(said.encode()).hexdigest()


def lines_of(
    sheet: Sheet, layout: Layout, columns: Columns, key_column: str
) -> tuple[list[Line], list[tuple[int, str]]]:
    """Return the lines of data, and the rows left out (number and text): headings, sums, signatures."""
    lines: list[Line] = []
    skipped: list[tuple[int, str]] = []
    below = _filled_down(sheet, layout)
    is_over = False
    for number, cells in below:
        found = {key: cells[place - 1] if place <= len(cells) else "" for key, place in layout.places.items()}
        filled = [cell for cell in found.values() if not parsers.is_blank(cell)]
        words = parsers.text(next((cell for cell in cells if not parsers.is_blank(cell)), ""))
        is_footer = any(_FOOTER.match(parsers.text(cell)) for cell in cells if isinstance(cell, str) and cell)
        is_over = is_over or (is_footer and len(filled) <= 3)
        if len(filled) < min(2, len(layout.places)) or (is_over and len(filled) <= 3):
            if words:
                skipped.append(
                    (number, " ".join(parsers.text(cell) for cell in cells if not parsers.is_blank(cell))[:120])
                )
            continue
        lines.extend(_split(number, found, columns, key_column))
    return lines, skipped


def _filled_down(sheet: Sheet, layout: Layout) -> Iterator[tuple[int, list[Cell]]]:
    """The rows below the header; a cell merged over several rows stands in each of them."""
    rows = {number: list(cells) for number, cells in sheet.rows.items() if number > layout.last}
    for top, left, bottom, _right in sheet.merged:
        if top in rows and bottom > top:
            for number in range(top + 1, bottom + 1):
                if number in rows and left <= len(rows[number]):
                    rows[number][left - 1] = sheet.cell(top, left)
    yield from rows.items()


# --- several products in one cell ------------------------------------------------------------
_BULLET = re.compile(r"\s*(?:[-–+•*]|\d{1,2}[.)])\s*")


def parts_of(cell: Cell) -> list[str]:
    """Return the values of a cell that lists several: one per line, or between semicolons.

    A line that starts in small letters goes on from the line before: the cell only wraps.
    """
    if not isinstance(cell, str) or not ("\n" in cell or ";" in cell):
        return [cell] if isinstance(cell, str) else []
    pieces = [piece.strip() for piece in re.split(r"[\n;]", cell) if piece.strip()]
    parts: list[str] = []
    for piece in pieces:
        bare = _BULLET.sub("", piece, count=1) if _BULLET.match(piece) else piece
        if parts and bare == piece and piece[0].islower() and "\n" in cell:
            parts[-1] += " " + piece
        else:
            parts.append(bare)
    return parts


def _split(number: int, cells: dict[str, Cell], columns: Columns, key_column: str) -> Iterator[Line]:
    parts = parts_of(cells.get(key_column, ""))
    if len(parts) < 2:
        yield Line(number, 0, cells)
        return
    others = {key: parts_of(cell) for key, cell in cells.items() if columns[key].splits and key != key_column}
    for index, part in enumerate(parts):
        own = {key: pieces[index] for key, pieces in others.items() if len(pieces) == len(parts)}
        yield Line(number, index + 1, {**cells, **own, key_column: part})
