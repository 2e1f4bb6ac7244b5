"""The portfolio: all projects that a user may see, narrowed, with sums, and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from imports.export import write_xlsx
from people.models import Organisation, User
from people.scope import scope_of
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
    context["units"] = _own_units(request.user, known)
    return render(request, "projects/projects.html", context)


def _own_units(user: User, known: QuerySet[PilotProject]) -> list[tuple[str, str]]:
    """The user's own units that lead projects, each with the address of its projects (seed 001, IV.1)."""
    mine = {organisation for _role, organisation, _province in scope_of(user).memberships}
    units = Organisation.objects.filter(pk__in=known.order_by().filter(owner__in=mine).values("owner"))
    return [(unit.name, f"{reverse('projects:projects')}?owner={unit.pk}") for unit in units]


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
    last = [export_total(totals)] if values else []
    titles = [str(title) for title in EXPORT_COLUMNS]
    return write_xlsx(_("Pilot projects"), titles, [*values, *last])


def _with_export(request: PersonRequest) -> str:
    query = request.GET.copy()
    query["export"] = "xlsx"
    return f"{request.path}?{query.urlencode()}"
