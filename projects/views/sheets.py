"""Answers that are workbooks."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.text import get_valid_filename

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(name: str, data: bytes) -> HttpResponse:
    """Return a workbook as a download called `name`.xlsx."""
    return HttpResponse(
        data,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{get_valid_filename(name)}.xlsx"'},
    )
