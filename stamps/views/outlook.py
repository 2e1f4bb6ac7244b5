"""The page that says which product runs out of stamps when."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from lots.layout import layout_for, way_home
from people.frame import PersonRequest
from projects.views.sheets import list_sheet, wants_sheet
from stamps.life.outlook import NOTICE, WINDOW
from stamps.pages.outlook import outlook_rows
from stamps.tables import OUTLOOK_COLUMNS, OutlookTable, outlook_cells


@login_required
@require_safe
def outlook(request: PersonRequest) -> HttpResponse:
    """Products by the day on which their stamps end; `?export=xlsx` gives the same rows as a workbook."""
    rows = outlook_rows(request.user)
    if wants_sheet(request):
        return list_sheet(
            "du-bao-het-tem",
            _("When stamps run out"),
            [str(name) for name in OUTLOOK_COLUMNS],
            map(outlook_cells, rows),
        )
    table = OutlookTable(rows)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {
        "table": table,
        "short": sum(row.outlook.is_short for row in rows),
        "window": WINDOW,
        "notice": NOTICE,
        "layout": layout_for(request.user),
        "crumbs": [*way_home(request.user), {"label": _("Stamp orders"), "url": reverse("stamps:orders")}],
        "actions": [{"label": _("Excel"), "url": "?export=xlsx", "icon": "download"}] if rows else [],
    }
    return render(request, "stamps/outlook.html", context)
