"""Workbooks of products as a province keeps them, and the registry rows that they name."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from people.models import AdminUnit
from registry.models import OcopCriteria
from tests.factories.people import AdminUnitFactory, Office
from tests.factories.registry import OcopSetFactory, commune_of

DEMO = Path(__file__).resolve().parents[2] / "config" / "demo" / "data" / "gl-02-san-pham.xlsx"
ON = date(2022, 4, 1)


def demo_rows() -> tuple[list[Any], list[list[Any]]]:
    """Return the titles and the 17 rows of the demo's workbook."""
    rows = [list(row) for row in load_workbook(DEMO).worksheets[0].iter_rows(values_only=True)]
    start = next(index for index, row in enumerate(rows) if row[0] == "TT")
    return rows[start], rows[start + 1 :]


def workbook(titles: Sequence[Any], rows: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook with the titles in row 1 and the rows below."""
    book = Workbook()
    for row in (titles, *rows):
        book.worksheets[0].append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def prepare_registry(office: Office) -> None:
    """Make the communes and OCOP sets that the demo's workbook names, and the criteria of its years."""
    titles, rows = demo_rows()
    commune_of(office.province)
    names = {row[titles.index("Xã/phường")] for row in rows} - {"xã Ia Tô"}
    for number, name in enumerate(sorted(names), start=2):
        AdminUnitFactory(code=f"52-{number:03d}", name=name, level=AdminUnit.Level.COMMUNE, parent=office.province)
    for text in {row[titles.index("Bộ sản phẩm OCOP")] for row in rows}:
        number, name = text.split(". ", 1)
        OcopSetFactory(number=int(number), name=name)
    OcopCriteria.objects.get_or_create(
        decision="781/QĐ-TTg", effective_from=date(2020, 6, 8), points_a=35, points_b=25, points_c=40
    )
