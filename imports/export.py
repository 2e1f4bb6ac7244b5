"""Write tables to .xlsx so that no cell is ever taken for a formula."""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font

Value = str | int | float | Decimal | bool | dt.date | None

MAX_WIDTH = 60
MIN_WIDTH = 8
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def write_xlsx(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]], *, above: Sequence[str] = ()
) -> bytes:
    """A workbook of one sheet: the lines `above`, a bold header with a filter, then `rows`, exactly as given.

    Text that starts with = + - or @ stays text: a cell must not run in the reader's spreadsheet.
    Characters that XML cannot hold are dropped. Aware times are written in local time.
    """
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = _SHEET_FORBIDDEN.sub(" ", title).strip()[:31] or "1"
    for number, line in enumerate(above, start=1):
        _write(sheet.cell(number, 1), line)
        sheet.cell(number, 1).font = Font(bold=number == 1)
    header = len(above) + 1
    widths = [MIN_WIDTH] * len(columns)
    for number, values in enumerate([columns, *rows], start=header):
        for place, value in enumerate(values):
            _write(sheet.cell(number, place + 1), value)
            widths[place] = min(max(widths[place], len(_longest_line(value)) + 2), MAX_WIDTH)
    for place, cell in enumerate(sheet[header]):
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = widths[place]
    sheet.auto_filter.ref = f"A{header}:{sheet.cell(sheet.max_row, len(columns)).coordinate}"
    sheet.freeze_panes = f"A{header + 1}"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _write(cell: Cell, value: Value) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"  # openpyxl guesses "f" for a leading = and "e" for #N/A
        return
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.make_naive(value)
    cell.value = value
    if isinstance(value, dt.date):
        cell.number_format = "dd/mm/yyyy hh:mm" if isinstance(value, dt.datetime) else "dd/mm/yyyy"


def _longest_line(value: Value) -> str:
    return max(str(value).splitlines(), key=len, default="") if isinstance(value, str) else "0" * 10
