"""The portfolio: all projects that a user may see, narrowed, with sums, and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from imports.export import write_xlsx
from projects.filters import ProjectFilter
from projects.models import PilotProject
from projects.money import with_money
from projects.rag import with_rag
from projects.standing import with_standing
from projects.tables import EXPORT_COLUMNS, ProjectTable, export_row, export_total
from projects.views.case import PersonRequest
from projects.views.sheets import sheet
from worktime.working_days import Calendar

PER_PAGE = 25


@login_required
@require_safe
def portfolio(request: PersonRequest) -> HttpResponse:
    """All projects of my province, filtered; `?export=xlsx` gives exactly these as a workbook."""
    known = PilotProject.objects.visible_to(request.user).for_table().select_related("owner")
    narrowed = ProjectFilter(request.GET, queryset=known)
    year = narrowed.chosen("year")
    found = with_money(narrowed.qs, source=narrowed.chosen("source") or "", year=int(year) if year else None)
    rows, totals = with_standing(with_rag(found)), _totals(found)
    if request.GET.get("export") == "xlsx":
        return sheet("nhiem-vu", _workbook(rows, totals))
    since = narrowed.chosen("since")
    table = ProjectTable(rows, totals=totals, exclude=_left_out(totals, has_changes=since is not None))
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {"table": table, "filter": narrowed, "export_url": _with_export(request), "since": since}
    return render(request, "projects/projects.html", context)


def _totals(projects: QuerySet[PilotProject]) -> Mapping[str, int]:
    sums = projects.order_by().aggregate(
        projects=Count("pk"),
        deliverables=Sum("deliverable_count"),
        issued=Sum("issued_count"),
        sum_planned=Sum("planned"),
        sum_disbursed=Sum("disbursed"),
    )
    return {name.removeprefix("sum_"): int(value or 0) for name, value in sums.items()}


def _left_out(totals: Mapping[str, int], *, has_changes: bool) -> tuple[str, ...]:
    """Columns that would be empty: money before any is entered, changes without a day to count from."""
    money = () if totals["planned"] else ("planned", "disbursed")
    return money if has_changes else (*money, "changes")


def _workbook(rows: QuerySet[PilotProject], totals: Mapping[str, int]) -> bytes:
    today, calendar = timezone.localdate(), Calendar()
    values: list[Any] = [export_row(project, today, calendar) for project in rows]
    above = (_("Pilot projects"), _("As of %(day)s") % {"day": date_format(today)})
    titles = [str(title) for title in EXPORT_COLUMNS]
    return write_xlsx(_("Pilot projects"), titles, [*values, export_total(totals)], above=above)


def _with_export(request: PersonRequest) -> str:
    query = request.GET.copy()
    query["export"] = "xlsx"
    return f"{request.path}?{query.urlencode()}"
