"""A workbook as a person sees it: visible sheets, merged cells filled in, text in Unicode."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from imports import archive, child
from imports.errors import WorkbookRefused
from imports.legacy_text import Script, script_of, to_unicode
from imports.parsers import Cell

MAX_ROWS = 20_000
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column; from 1


@dataclass
class Sheet:
    """One sheet: filled rows by their number, merged ranges, and formulas that have no value.

    Rows and columns count from 1, as the spreadsheet numbers rows. `script` says what the text was
    typed in before it was made Unicode.
    """

    name: str
    rows: dict[int, list[Cell]]
    merged: list[Merge] = field(default_factory=list)
    gaps: set[tuple[int, int]] = field(default_factory=set)
    script: Script = Script.UNICODE

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(cells) for cells in self.rows.values()), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; "" where there is none."""
        cells = self.rows.get(row, [])
        return cells[column - 1] if column <= len(cells) else ""

    def spread(self, row: int, column: int) -> Cell:
        """Return a cell, or what the merged range over it says."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return self.cell(top, left)
        return self.cell(row, column)


def read_workbook(data: bytes, *, max_rows: int = MAX_ROWS, was_checked: bool = False) -> list[Sheet]:
    """Return the visible sheets of an .xlsx file that hold anything.

    `was_checked` is for our own copy of a file that came in this way before. Raises
    `WorkbookRefused` for a hostile, damaged or empty file, in words for the person who sent it.
    """
    if not was_checked:
        archive.check(data, max_rows=max_rows)
    sheets = [_sheet(page) for page in child.parsed(data, "all")]
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise WorkbookRefused(_("The workbook is empty: none of its visible sheets has a filled cell."))
    return filled


def _sheet(page: dict[str, Any]) -> Sheet:
    rows = {number: [child.cell(value) for value in cells] for number, cells in page["rows"]}
    script = script_of(cell for cells in rows.values() for cell in cells if isinstance(cell, str))
    known: dict[str, str] = {}
    for cells in rows.values():
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and cell:
                if cell not in known:
                    known[cell] = to_unicode(cell, script)
                cells[place] = known[cell]
    return Sheet(
        name=page["name"],
        rows=rows,
        merged=[tuple(merge) for merge in page["merged"]],
        gaps={(row, column) for row, column in page["gaps"]},
        script=script,
    )
