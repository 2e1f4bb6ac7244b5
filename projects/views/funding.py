"""The money of a plan line or a project: rows, sums by year and source, and a form for the next row."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from imports.export import Value, write_xlsx
from people.frame import accepted, refusals_said
from projects import money
from projects.actions import funding as actions
from projects.actions.funding import Owner
from projects.funding_forms import FundingForm
from projects.models import Funding, PilotProject, Plan, PlanLine
from projects.views.case import PersonRequest, case_file, page
from projects.views.sheets import sheet

require_form = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_form
def line_funding(request: PersonRequest, pk: int) -> HttpResponse:
    """The money of a plan line."""
    visible = Plan.objects.visible_to(request.user)
    line: PlanLine = get_object_or_404(
        PlanLine.objects.select_related("plan__programme__province"), pk=pk, plan__in=visible
    )
    return _owner_page(request, line)


@login_required
@require_form
def project_funding(request: PersonRequest, code: str) -> HttpResponse:
    """The money of a project."""
    return _owner_page(request, case_file(request, code))


def _owner_page(request: PersonRequest, owner: Owner) -> HttpResponse:
    may_enter = actions.may_enter(request.user, owner)
    if request.method == "POST" and not may_enter:
        raise PermissionDenied
    form = FundingForm(request.POST or None)
    if accepted(form, lambda: actions.enter_funding(owner, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The money is entered."))
        return redirect(_url(owner))
    rows = list(owner.funding.all())
    if request.GET.get("export") == "xlsx":
        return sheet("kinh-phi", _workbook(owner, rows))
    context = _context(request, owner) | {"rows": _shown(rows), "sums": money.sums(rows), "may_enter": may_enter}
    return _answer(request, owner, context, form)


def _shown(rows: list[Funding]) -> list[tuple[Funding, str, str]]:
    return [(row, money.dong(row.planned), money.dong(row.disbursed)) for row in rows]


@login_required
@require_form
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a row."""
    row, owner = _row(request, pk)
    form = FundingForm(request.POST or None, initial={name: getattr(row, name) for name in actions.FIELDS})
    if accepted(form, lambda: actions.change_funding(row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(_url(owner))
    return _answer(request, owner, _context(request, owner) | {"row": row}, form)


@login_required
@require_POST
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take out a row that was entered by mistake."""
    row, owner = _row(request, pk)
    with refusals_said(request):
        actions.remove_funding(row, by=request.user)
        messages.success(request, _("The row is taken out; the history keeps what it said."))
    return redirect(_url(owner))


def _row(request: PersonRequest, pk: int) -> tuple[Funding, Owner]:
    """Return a row to those who may change it; 403 for their colleagues, 404 for strangers."""
    known = Q(line__plan__in=Plan.objects.visible_to(request.user)) | Q(
        project__in=PilotProject.objects.visible_to(request.user)
    )
    rows = Funding.objects.filter(known).select_related("line__plan__programme__province", "project__province")
    row = get_object_or_404(rows, pk=pk)
    owner = actions.owner_of(row)
    if not actions.may_enter(request.user, owner):
        raise PermissionDenied
    return row, owner


def _url(owner: Owner) -> str:
    if isinstance(owner, PlanLine):
        return reverse("projects:line_funding", args=[owner.pk])
    return reverse("projects:project_funding", args=[owner.code])


def _context(request: PersonRequest, owner: Owner) -> dict[str, Any]:
    shared = {"owner_url": _url(owner), "export_url": f"{_url(owner)}?export=xlsx"}
    if isinstance(owner, PlanLine):
        crumb = {"label": str(owner.plan), "url": owner.plan.get_absolute_url()}
        return shared | {"title": _("Funding"), "lead": owner, "crumbs": [crumb]}
    return page(owner, request.user, "funding", title=owner, lead="", **shared)


def _answer(request: PersonRequest, owner: Owner, context: dict[str, Any], form: FundingForm) -> HttpResponse:
    template = "projects/funding_edit.html" if "row" in context else "projects/funding.html"
    return render(request, template, context | {"form": form}, status=422 if form.errors else 200)


def _workbook(owner: Owner, rows: list[Funding]) -> bytes:
    columns = [_("Year"), _("Source"), _("Kind of money"), _("Planned (đồng)"), _("Disbursed (đồng)")]
    values: list[list[Value]] = [
        [row.year, row.get_source_display(), row.detail, row.planned, row.disbursed] for row in rows
    ]
    return write_xlsx(_("Funding"), columns, values, above=(_("Funding"), str(owner)))
