"""Read the tables that provinces keep in workbooks: safely, and with every problem named at once."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from imports import archive, child, parsers
from imports.errors import CellError, WorkbookRefused

# Provinces put titles, dates and a unit line above the table.
HEADER_WITHIN = 20


@dataclass(frozen=True)
class Column:
    """A column we want: the titles it may carry, how a cell is read, and its rule in words.

    `parse` gets a filled cell and raises ValueError when the cell breaks the rule. `rule` is said
    to the person who has to correct the cell, so it reads on after a colon.
    """

    key: str
    titles: Sequence[str]
    required: bool
    parse: Callable[[parsers.Cell], object]
    rule: str | Promise


@dataclass(frozen=True)
class Row:
    """One row of data: its number in the sheet, and a value (or None) for every column key."""

    number: int
    values: dict[str, Any]


@dataclass
class Table:
    """What was read and everything that was wrong; rows with errors are in `rows` too, with None."""

    rows: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


_Cells = list[parsers.Cell]
_Lines = list[tuple[int, _Cells]]


def read_table(
    data: bytes, columns: Sequence[Column], *, max_rows: int = 20000, unique: Iterable[tuple[str, ...]] = ()
) -> Table:
    """Read the first visible sheet of an .xlsx file into `columns`.

    `unique` lists sets of column keys whose values together may stand in one row only. Raises
    `WorkbookRefused` when there is no table to read; problems of single cells are in the result.
    """
    archive.check(data, max_rows=max_rows)
    lines = _lines(data)
    start, places = _header(lines, columns)
    table = Table(errors=_missing(lines[start], columns, places))
    if len(lines) - start - 1 > max_rows:
        raise WorkbookRefused(_("The table has more than %(rows)s rows. Split it.") % {"rows": max_rows})
    for number, cells in lines[start + 1 :]:
        _read_row(table, number, cells, columns, places)
    titles = {column.key: _title(column, lines[start][1], places) for column in columns}
    for keys in unique:
        table.errors.extend(_duplicates(table.rows, keys, titles))
    table.errors.sort(key=lambda error: error.row)
    return table


def _lines(data: bytes) -> _Lines:
    """Every filled row, parsed in a child process that cannot take the server down (see imports.reader)."""
    return [(number, [child.cell(cell) for cell in cells]) for number, cells in child.parsed(data)]


def folded(title: object) -> str:
    """A title without case, diacritics, spaces and punctuation, so that "Mã số thuế" is "MA SO THUE"."""
    letters = unicodedata.normalize("NFKD", str(title).lower().replace("đ", "d"))
    return "".join(letter for letter in letters if letter.isalnum())


def _header(lines: _Lines, columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """Index of the header row and the place of each column found: the row that knows most titles wins."""
    found = [_places(cells, columns) for _number, cells in lines[:HEADER_WITHIN]]
    best = max(range(len(found)), key=lambda index: len(found[index]), default=None)
    if best is None or len(found[best]) < min(2, len(columns)):
        titles = ", ".join(column.titles[0] for column in columns if column.required)
        raise WorkbookRefused(
            _("No header row was found in the first rows of the sheet. It must name the columns: %(titles)s.")
            % {"titles": titles}
        )
    return best, found[best]


def _places(cells: _Cells, columns: Sequence[Column]) -> dict[str, int]:
    seen: dict[str, int] = {}
    for place, cell in enumerate(cells):
        seen.setdefault(folded(cell), place)
    places = {}
    for column in columns:
        for title in reversed(column.titles):
            if folded(title) in seen:
                places[column.key] = seen[folded(title)]
    return places


def _missing(header: tuple[int, _Cells], columns: Sequence[Column], places: dict[str, int]) -> list[CellError]:
    return [
        CellError(
            header[0],
            column.titles[0],
            "",
            _("this column is missing; accepted titles: %(titles)s") % {"titles": ", ".join(column.titles)},
        )
        for column in columns
        if column.required and column.key not in places
    ]


def _title(column: Column, header: _Cells, places: dict[str, int]) -> str:
    """The title as the file prints it, or our first spelling when the file has no such column."""
    if column.key in places:
        return parsers.text(header[places[column.key]])
    return column.titles[0]


def _read_row(table: Table, number: int, cells: _Cells, columns: Sequence[Column], places: dict[str, int]) -> None:
    values: dict[str, Any] = dict.fromkeys(column.key for column in columns)
    known = [(column, cells[places[column.key]]) for column in columns if column.key in places]
    if all(parsers.is_blank(cell) for _column, cell in known):
        return
    for column, cell in known:
        try:
            values[column.key] = _value(column, cell)
        except ValueError:
            rule = _("this cell must not be empty") if parsers.is_blank(cell) else column.rule
            table.errors.append(CellError(number, column.titles[0], parsers.text(cell)[:100], rule))
    table.rows.append(Row(number, values))


def _value(column: Column, cell: parsers.Cell) -> object:
    if not parsers.is_blank(cell):
        return column.parse(cell)
    if column.required:
        raise ValueError(cell)
    return None


def _duplicates(rows: Iterable[Row], keys: tuple[str, ...], titles: dict[str, str]) -> list[CellError]:
    """One error for each row that repeats an earlier one; a key that is wholly empty repeats nothing."""
    first: dict[tuple[str, ...], int] = {}
    errors = []
    for row in rows:
        key = tuple(str(row.values[name] or "").casefold() for name in keys)
        if not any(key):
            continue
        earlier = first.setdefault(key, row.number)
        if earlier != row.number:
            shown = ", ".join(str(row.values[name] or "") for name in keys)
            rule = _("this already stands in row %(row)s; keep one of the two rows") % {"row": earlier}
            errors.append(CellError(row.number, ", ".join(titles[name] for name in keys), shown, rule))
    return errors
