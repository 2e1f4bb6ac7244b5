"""Answers that are workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from imports.export import Value, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(name: str, data: bytes) -> HttpResponse:
    """Return a workbook as a download called `name`.xlsx."""
    return HttpResponse(
        data,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{get_valid_filename(name)}.xlsx"'},
    )


def wants_sheet(request: HttpRequest) -> bool:
    """Whether the page is asked for as a workbook."""
    return request.GET.get("export") == "xlsx"


def list_sheet(name: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """Return a page's list as a workbook: its title and the day above, then the rows as they stand on the page."""
    above = (title, _("As of %(day)s") % {"day": date_format(timezone.localdate())})
    return sheet(name, write_xlsx(title, columns, rows, above=above))
