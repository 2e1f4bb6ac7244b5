"""The annex as a plain grid of texts, from wherever it comes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from imports import archive, docx_tables, parsers, sheets
from imports.errors import WorkbookRefused

MAX_ROWS, MAX_COLUMNS, MAX_LETTERS = 500, 20, 200_000
# A field in quotation marks that a spreadsheet put there because of a line break inside; else the field as it is.
_FIELD = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)|([^\t\n]*)')
XLSX, DOCX = ".xlsx", ".docx"


@dataclass(frozen=True)
class Line:
    """A row of the grid: its number as people count, its texts, and whether it is one cell over all columns."""

    number: int
    cells: tuple[str, ...]
    is_whole: bool = False


def from_text(text: str) -> list[Line]:
    """Return the grid of text pasted from Word or a spreadsheet: cells parted by tabs. Raises WorkbookRefused."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))
    rows: list[list[str]] = [[]]
    position = 0
    while position <= len(text) and (match := _FIELD.match(text, position)):
        quoted, plain = match.groups()
        rows[-1].append(plain if quoted is None else quoted.replace('""', '"'))
        position = match.end()
        if position < len(text) and text[position] == "\n":
            rows.append([])
        position += 1
    return _limited([Line(number, tuple(map(clean, row))) for number, row in enumerate(rows, start=1)])


def from_file(name: str, data: bytes) -> list[Line]:
    """Return the grid of an .xlsx or .docx file; which one it is, its bytes say. Raises WorkbookRefused."""
    if name.lower().endswith(DOCX):
        return _from_docx(data)
    if name.lower().endswith(XLSX):
        return _from_xlsx(data)
    raise WorkbookRefused(_("Choose a Word document (.docx) or a workbook (.xlsx), or paste the table as text."))


def clean(text: str) -> str:
    """A cell's text as printed; only the blanks that no print shows are taken away."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _from_xlsx(data: bytes) -> list[Line]:
    found = sheets.read_workbook(data, max_rows=MAX_ROWS + archive.SPARE_ROWS)
    return _limited(max((_sheet(sheet) for sheet in found), key=len))


def _sheet(sheet: sheets.Sheet) -> list[Line]:
    lines = []
    for number, cells in sorted(sheet.rows.items()):
        wide = [merge for merge in sheet.merged if merge[0] <= number <= merge[2]]
        texts = [clean(parsers.text(cell)) for cell in cells]
        for _top, left, bottom, right in wide:
            if bottom > number or _top < number:  # merged downward: each row says it
                texts += [""] * (right - len(texts))
                texts[left - 1] = clean(parsers.text(sheet.spread(number, left)))
        covered = max((right - left + 1 for _top, left, _bottom, right in wide), default=1)
        lines.append(Line(number, tuple(texts), _is_whole(texts, covered)))
    return lines


def _from_docx(data: bytes) -> list[Line]:
    tables = docx_tables.tables_of(data)
    # An annex that Word broke into several tables with the same columns is one; else the longest table counts.
    longest = max(tables, key=len)
    width = _width(longest)
    return _limited([line for table in tables if _width(table) == width for line in _table(table)])


def _width(table: docx_tables.Table) -> int:
    return max((sum(cell.span for cell in row) for row in table), default=0)


def _table(table: docx_tables.Table) -> list[Line]:
    lines: list[Line] = []
    for number, row in enumerate(table, start=1):
        texts: list[str] = []
        for cell in row:
            above = lines[-1].cells if lines else ()
            goes_on = cell.goes_on and len(texts) < len(above)
            texts += [above[len(texts)] if goes_on else clean(cell.text), *[""] * (cell.span - 1)]
        covered = max((cell.span for cell in row), default=1)
        lines.append(Line(number, tuple(texts), _is_whole(texts, covered)))
    return lines


def _is_whole(texts: Sequence[str], covered: int) -> bool:
    return covered > 1 and sum(1 for text in texts if text) == 1


def _limited(lines: list[Line]) -> list[Line]:
    filled = [line for line in lines if any(line.cells)]
    letters = sum(len(text) for line in filled for text in line.cells)
    wide = max((len(line.cells) for line in filled), default=0)
    if not filled:
        raise WorkbookRefused(_("There is no table here. Paste the annex with its row of titles, or choose its file."))
    if len(filled) > MAX_ROWS or wide > MAX_COLUMNS or letters > MAX_LETTERS:
        raise WorkbookRefused(
            _("The table is too large for an annex: at most %(rows)s rows and %(columns)s columns.")
            % {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
        )
    return [Line(line.number, line.cells + ("",) * (wide - len(line.cells)), line.is_whole) for line in filled]
