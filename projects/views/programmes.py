"""Programmes and plans: what the province decided, as printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from imports.export import Value, write_xlsx
from projects import money, policies
from projects.models import Plan, PlanLine, Programme
from projects.views.case import PersonRequest
from projects.views.sheets import list_sheet, sheet, wants_sheet

Column = tuple[str, Callable[[PlanLine], Value]]


@login_required
@require_safe
def programmes(request: PersonRequest) -> HttpResponse:
    """All programmes, by province."""
    rows: QuerySet[Programme] = Programme.objects.visible_to(request.user)
    rows = rows.select_related("province").annotate(
        plan_count=Count("plans", distinct=True), project_count=Count("plans__lines__projects", distinct=True)
    )
    if wants_sheet(request):
        columns = [_("Province"), _("Programme"), _("Starts on"), _("Ends on"), _("Plans"), _("Projects")]
        lines = ([str(row.province), row.title, row.starts_on, row.ends_on, row.plan_count, row.project_count]
                 for row in rows.order_by("province__name", "province", "code"))  # fmt: skip
        return list_sheet("chuong-trinh", _("Programmes"), columns, lines)
    by_province = [(province, list(group)) for province, group in groupby(
        rows.order_by("province__name", "province", "code"), key=lambda row: row.province)]  # fmt: skip
    return render(request, "projects/programmes.html", {"provinces": by_province})


@login_required
@require_safe
def programme(request: PersonRequest, code: str) -> HttpResponse:
    """One programme with its plans."""
    found: Programme = get_object_or_404(
        Programme.objects.visible_to(request.user).select_related("province"), code=code
    )
    plans: Any = found.plans.select_related("issuer", "parent").annotate(line_count=Count("lines"))
    if wants_sheet(request):
        columns = [_("Plan"), _("Title"), _("Kind of paper"), _("Issued on"), _("Issuer"), _("Lines")]
        rows = ([str(plan), plan.title, plan.get_kind_display(), plan.issued_on, str(plan.issuer), plan.line_count]
                for plan in plans)  # fmt: skip
        return list_sheet(f"ke-hoach-{code}", _("Plans"), columns, rows)
    context = {
        "programme": found,
        "plans": plans,
        "actions": _new_plan(found) if policies.can_create_project(request.user, found.province_id) else [],
        "crumbs": crumbs(),
    }
    return render(request, "projects/programme.html", context)


def crumbs(programme: Programme | None = None, plan: Plan | None = None) -> list[dict[str, str]]:
    """Return the way from the programmes down to a page below a programme or one of its plans."""
    way = [{"label": _("Programmes"), "url": reverse("projects:programmes")}]
    way += [{"label": programme.title, "url": programme.get_absolute_url()}] if programme else []
    return [*way, {"label": str(plan), "url": plan.get_absolute_url()}] if plan else way


def _new_plan(programme: Programme) -> list[dict[str, str]]:
    """The button by which a manager enters a plan."""
    url = reverse("projects:plan_new", args=[programme.code])
    return [{"label": _("Enter a plan"), "url": url, "icon": "plus", "kind": "primary"}]


@login_required
@require_safe
def plan(request: PersonRequest, pk: int) -> HttpResponse:
    """One plan with its lines as printed; `?export=xlsx` gives the annex as a workbook."""
    found: Plan = get_object_or_404(
        Plan.objects.visible_to(request.user).select_related("programme__province", "issuer", "parent"), pk=pk
    )
    lines = list(found.lines.prefetch_related("expected_deliverables", "projects", "funding"))
    if request.GET.get("export") == "xlsx":
        return sheet(f"phu-luc-{found.pk}", annex(found, lines))
    may_create = policies.can_create_project(request.user, found.programme.province_id)
    context = {
        "plan": found,
        "sections": [(title, list(group)) for title, group in groupby(lines, key=lambda line: line.section)],
        "flagged": sum(1 for line in lines if line.flags),
        "sums": money.sums(money.of_plan(found)),
        "children": found.children.select_related("issuer").order_by("issued_on", "pk"),
        "may_create": may_create,
        "annex_url": reverse("projects:annex", args=[found.pk]) if may_create else "",
        "crumbs": crumbs(found.programme),
    }
    return render(request, "projects/plan.html", context)


def annex(plan: Plan, lines: list[PlanLine]) -> bytes:
    """Return the plan's table as a workbook in the order of columns that such an annex prints.

    A list of tasks (seed 000) has number, task, objective, results and who receives them; a work
    plan (seeds 001, 002) has number, content, lead, partners, period, and funding or note.
    """
    columns = annex_columns(lines)
    rows: list[list[Value]] = []
    for section, group in groupby(lines, key=lambda line: line.section):
        if section:
            rows.append([section, *[None] * (len(columns) - 1)])
        rows.extend([value(line) for _title, value in columns] for line in group)
    above = [plan.annex_title or plan.title, str(plan)]
    return write_xlsx(plan.number or str(plan.pk), [title for title, _value in columns], rows, above=above)


def annex_columns(lines: Sequence[PlanLine]) -> list[Column]:
    """Return the titles and values of a printed annex in its own order of columns."""
    return _task_list() if any(line.objective or line.recipients for line in lines) else _work_plan(lines)


def _task_list() -> list[Column]:
    return [
        (_("No."), lambda line: line.printed_number),
        (_("Task"), lambda line: line.title),
        (_("Objective"), lambda line: line.objective),
        (_("Main expected deliverables"), _expected),
        (_("Expected receiving and applying parties"), lambda line: line.recipients),
    ]


def _work_plan(lines: Sequence[PlanLine]) -> list[Column]:
    columns: list[Column] = [
        (_("No."), lambda line: line.printed_number),
        (_("Content"), lambda line: line.title),
        (_("Lead unit"), lambda line: line.lead),
        (_("Partner units"), lambda line: line.partners),
        (_("Period"), lambda line: line.period_text),
    ]
    if any(line.funding_text for line in lines):
        columns.append((_("Funding"), lambda line: line.funding_text))
    if any(line.note for line in lines):
        columns.append((_("Note"), lambda line: line.note))
    return columns


def _expected(line: PlanLine) -> str:
    return "\n".join(f"- {paper.title}" for paper in line.expected_deliverables.all())
