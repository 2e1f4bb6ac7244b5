"""The page of trained producers whose diary has fallen silent."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from imports.export import Value
from lots.diaries import SILENT_DAYS, silent_diaries
from people.frame import PersonRequest
from projects.views.case import case_file, page
from projects.views.sheets import list_sheet, wants_sheet


@login_required
@require_safe
def silent(request: PersonRequest, code: str) -> HttpResponse:
    """Whom to call or invite again, the longest silence first; `?export=xlsx` gives the same rows as a workbook."""
    project = case_file(request, code)
    rows = silent_diaries(project)
    if wants_sheet(request):
        columns = [_("Producer"), _("Representative"), _("Phone number"), _("Last class"), _("Last entry"),
                   _("Days without an entry")]  # fmt: skip
        cells: list[list[Value]] = [
            [row.producer.name, row.producer.representative, row.producer.phone, row.trained_on, row.last_entry,
             row.days]
            for row in rows
        ]  # fmt: skip
        return list_sheet(f"nhat-ky-vang-{code}", _("Diaries fallen silent"), columns, cells)
    context = page(project, request.user, "training", rows=rows, days=SILENT_DAYS, today=timezone.localdate())
    return render(request, "lots/silent_diaries.html", context)
