"""The person's own workbook sent back: bad cells coloured, and a column that says what to correct.

Everything else stays as it was: other sheets, widths, styles, formulas.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

BAD = PatternFill("solid", start_color="F8D7DA", end_color="F8D7DA")
REASON = PatternFill("solid", start_color="FFF3CD", end_color="FFF3CD")
WIDTH = 60  # characters of the column of reasons
LINE = 16  # points of a line


def letter_of(column: int) -> str:
    """Return the letters of a column, counted from 1: 28 is AB."""
    return str(get_column_letter(column))


def annotate(
    data: bytes, *, sheet: str, header: int, title: str, cells: Iterable[tuple[int, int]], reasons: Mapping[int, str]
) -> bytes:
    """Return the workbook with `cells` (row and column, from 1) coloured and `reasons` by row in a new last column."""
    book = load_workbook(io.BytesIO(data))
    page = book[sheet]
    column = page.max_column + 1
    for row, place in cells:
        page.cell(row, place).fill = BAD
    for row, text in {header: title, **reasons}.items():
        cell = page.cell(row, column)
        cell.value, cell.data_type = text, "s"  # never a formula
        cell.fill = REASON
        cell.font = Font(bold=row == header)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        lines = sum(len(part) // WIDTH + 1 for part in text.splitlines())
        size = page.row_dimensions[row]
        if lines > 1:  # a row whose height the workbook has fixed would show only the first reason
            size.height = max(size.height or 0, lines * LINE)
    page.column_dimensions[page.cell(header, column).column_letter].width = WIDTH
    book.active = book.worksheets.index(page)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
