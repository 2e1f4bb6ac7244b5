"""Child process that parses a workbook: `python -m imports.reader [all] < file.xlsx > rows.json`.

The parser is native code and can abort the whole process on hostile input, so it never runs in the
web server. A plain subprocess rather than multiprocessing: it imports neither Django nor our
`__main__`, gets no secret from the environment, and answers in JSON, which cannot carry code the
way a pickle can. Formulas are never evaluated: their last stored value is read.
"""

import datetime as dt
import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

from imports import formulas

CPU_SECONDS = 10
MEMORY_BYTES = 512 * 1024 * 1024
MAX_TEXT = 32 * 1024 * 1024  # characters in all cells; repeated shared strings can multiply a small file


def limit() -> None:
    """Bind this process to its share of CPU and memory; it may write no file."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def plain(cell: object) -> object:
    """A cell as JSON can say it; dates become {"date": "2022-02-17"}."""
    if isinstance(cell, dt.datetime):
        return {"date": cell.date().isoformat()}
    if isinstance(cell, dt.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, str | int | float) else str(cell)


def filled_rows(sheet: Any) -> Iterator[tuple[int, list[object]]]:
    """Rows with at least one filled cell, numbered as the spreadsheet shows them."""
    seen = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        seen += sum(len(cell) for cell in cells if isinstance(cell, str))
        if seen > MAX_TEXT:
            raise MemoryError
        if any(cell != "" for cell in cells):
            yield number, [plain(cell) for cell in cells]


def visible_sheets(workbook: Any) -> list[int]:
    """Places of the worksheets that a person sees, in the workbook's order."""
    return [
        position
        for position, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def whole(workbook: Any, data: bytes) -> list[dict[str, object]]:
    """Every visible sheet: its name, rows, merged ranges (first row, first column, last row, last column; from 1)."""
    gaps = formulas.without_value(data)
    sheets = []
    for position in visible_sheets(workbook):
        sheet = workbook.get_sheet_by_index(position)
        merged = [(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
        left = sheet.start[1] if sheet.start else 0  # the parser leaves out empty columns before the first cell
        rows = [(number, [""] * left + cells) for number, cells in filled_rows(sheet)]
        sheets.append({"name": sheet.name, "rows": rows, "merged": merged, "gaps": gaps.get(sheet.name, [])})
    return sheets


def main() -> None:
    """Read the first visible worksheet from standard input, or all of them, and write the rows to standard output."""
    limit()
    data = sys.stdin.buffer.read()
    workbook = load_workbook(io.BytesIO(data))
    if sys.argv[1:] == ["all"]:
        json.dump(whole(workbook, data), sys.stdout)
    else:
        json.dump(list(filled_rows(workbook.get_sheet_by_index(visible_sheets(workbook)[0]))), sys.stdout)


if __name__ == "__main__":
    main()
