"""A plan as its annex is printed, with how far each line has come: on paper, and as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from imports.export import Value, write_xlsx
from projects.models import PilotProject, Plan, PlanLine
from projects.rag import Rag, rag, with_rag
from projects.standing import Standing, with_standing
from projects.views.case import PersonRequest
from projects.views.programmes import annex_columns, crumbs
from projects.views.sheets import sheet
from worktime.working_days import Calendar

Row = tuple[PlanLine, list[tuple[str, Value]], list["Progress"]]


@dataclass(frozen=True)
class Progress:
    """How far a project is that carries out a line."""

    project: PilotProject
    colour: Rag
    standing: Standing
    issued: int
    needed: int

    @property
    def state(self) -> str:
        """The colour in words; of a project that is not running, its status."""
        return self.colour.label or str(self.project.get_status_display())

    @property
    def text(self) -> str:
        """In one line, for the workbook."""
        parts = [self.project.code, self.state, self.standing.stage_label, f"{self.issued}/{self.needed}"]
        if self.colour.slip:
            parts.append(_("%(days)d working days late") % {"days": self.colour.slip})
        return " · ".join(parts)


@login_required
@require_safe
def plan_print(request: PersonRequest, pk: int) -> HttpResponse:
    """The plan's table in the annex's own order of columns, and progress; `?export=xlsx` gives a workbook of it."""
    plan: Plan = get_object_or_404(
        Plan.objects.visible_to(request.user).select_related("programme__province", "issuer"), pk=pk
    )
    lines: list[Any] = list(
        plan.lines.prefetch_related("expected_deliverables", Prefetch("projects", _projects(), to_attr="followed"))
    )
    columns = annex_columns(lines)
    today, calendar = timezone.localdate(), Calendar()
    rows = [
        (line, [(title, value(line)) for title, value in columns], _progress(line, today, calendar)) for line in lines
    ]
    titles = [title for title, _value in columns]
    if request.GET.get("export") == "xlsx":
        return sheet(f"tien-do-{plan.pk}", _workbook(plan, titles, rows))
    context = {
        "plan": plan,
        "titles": titles,
        "width": len(titles) + 1,
        "sections": [(section, list(group)) for section, group in groupby(rows, key=lambda row: row[0].section)],
        "today": today,
        "actions": [{"label": _("Export to Excel"), "url": "?export=xlsx", "icon": "download"}],
        "crumbs": crumbs(plan.programme, plan),
    }
    return render(request, "projects/plan_print.html", context)


def _projects() -> Any:
    return with_standing(with_rag(PilotProject.objects.for_table()))


def _progress(line: PlanLine, today: date, calendar: Calendar) -> list[Progress]:
    return [
        Progress(
            project,
            rag(project, today, calendar),
            Standing(project, today),
            project.issued_count,
            project.deliverable_count,
        )
        for project in line.followed  # type: ignore[attr-defined]
    ]


def _workbook(plan: Plan, titles: list[str], rows: list[Row]) -> bytes:
    table: list[list[Value]] = []
    for section, group in groupby(rows, key=lambda row: row[0].section):
        if section:
            table.append([section, *[None] * len(titles)])
        table.extend(
            [*(value for _title, value in values), "\n".join(each.text for each in progress)]
            for _line, values, progress in group
        )
    above = [plan.annex_title or plan.title, str(plan), _("As of %(day)s") % {"day": date_format(timezone.localdate())}]
    return write_xlsx(plan.number or str(plan.pk), [*titles, _("Progress")], table, above=above)
