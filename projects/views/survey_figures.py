"""What a project's surveys say: bars with the tables behind them, for the screen, for paper and as a workbook."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from imports.export import Value
from projects.survey_figures import FigureLine, figures_of
from projects.views.case import PersonRequest, case_file, page
from projects.views.sheets import list_sheet, wants_sheet


@login_required
@require_safe
def survey_figures(request: PersonRequest, code: str) -> HttpResponse:
    """Standards declared, quality systems, barcodes, diaries and output, by organisation and by product group."""
    project = case_file(request, code)
    figures = figures_of(project)
    if wants_sheet(request):
        columns = [_("Producer"), _("Surveys"), _("Declared standard"), _("Quality system"), _("Barcode"), _("Diary"),
                   _("Output, tonnes a year")]  # fmt: skip
        rows = map(_row, figures.organisations)
        return list_sheet(f"so-lieu-khao-sat-{code}", _("Figures of the surveys"), columns, rows)
    context = page(project, request.user, "surveys", figures=figures, today=timezone.localdate())
    return render(request, "projects/survey_figures.html", context)


def _row(line: FigureLine) -> list[Value]:
    yes, no = _("yes"), _("no")
    return [
        line.name,
        line.surveyed,
        yes if line.declared else no,
        line.quality_systems,
        yes if line.barcodes else no,
        yes if line.diaries else no,
        line.capacity,
    ]
