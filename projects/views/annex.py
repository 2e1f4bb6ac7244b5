"""Entering a plan, and its annex in three steps: give the table, look at the dry run, add the lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from imports.errors import WorkbookRefused
from people.errors import Refusal
from people.frame import refusals_said
from projects import policies
from projects.actions import annex as actions
from projects.annex.draft import Draft, draft
from projects.annex.grid import Line
from projects.annex_forms import AnnexForm, ColumnsForm, PlanForm
from projects.models import Plan, Programme
from projects.views.case import PersonRequest
from projects.views.programmes import crumbs

HOURS_OPEN = 12  # of a dry run that somebody left open


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: PersonRequest, code: str) -> HttpResponse:
    """Enter a plan of a programme: its number, day, issuer and titles; its lines come next."""
    visible = Programme.objects.visible_to(request.user).select_related("province")
    programme: Programme = get_object_or_404(visible, code=code)
    _refuse_unless_may(request, programme.province_id)
    form = PlanForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            plan = actions.register_plan(programme, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("The plan is entered. Now add the lines of its annex."))
            return redirect("projects:annex", plan.pk)
    context = {"form": form, "programme": programme, "crumbs": crumbs(programme)}
    return render(request, "projects/plan_new.html", context, status=422 if form.errors else 200)


def _refuse_unless_may(request: PersonRequest, province_id: int) -> None:
    if not policies.can_create_project(request.user, province_id):
        raise PermissionDenied(_("Plans and their lines are entered by the managers of the province."))


def _plan_for(request: PersonRequest, pk: int) -> Plan:
    visible = Plan.objects.visible_to(request.user).select_related("programme__province")
    plan: Plan = get_object_or_404(visible, pk=pk)
    _refuse_unless_may(request, plan.programme.province_id)
    return plan


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def annex(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the table; look at what it would become; change the columns; add the lines."""
    plan = _plan_for(request, pk)
    if "source" in request.POST:
        return _checked(request, plan)
    form = AnnexForm(request.POST, request.FILES) if request.method == "POST" else AnnexForm()
    if form.is_valid():
        grid, body = form.cleaned_data["grid"], form.cleaned_data["body"]
        try:
            return _dry_run(request, plan, draft(grid, body=body), grid, body)
        except WorkbookRefused as error:
            form.add_error("file" if form.cleaned_data.get("file") else "text", str(error))
    return _start(request, plan, form)


def _start(request: PersonRequest, plan: Plan, form: AnnexForm) -> HttpResponse:
    event = actions.last_import(plan)
    context = {
        "form": form,
        "plan": plan,
        "line_count": plan.lines.count(),
        "last": event,
        "in_use": actions.in_use(plan, event) if event else 0,
        "crumbs": crumbs(plan.programme, plan),
    }
    return render(request, "projects/annex.html", context, status=422 if form.errors else 200)


def _checked(request: PersonRequest, plan: Plan) -> HttpResponse:
    """The dry run again with the columns as chosen, or the lines added."""
    try:
        rows, body = signing.loads(request.POST["source"], salt=_salt(plan), max_age=HOURS_OPEN * 3600)
    except signing.BadSignature:
        form = AnnexForm({})
        form.full_clean()
        form.errors.clear()
        form.add_error(None, _("This dry run is too old or damaged; give the table once more."))
        return _start(request, plan, form)
    grid = [Line(number, tuple(cells), is_whole) for number, cells, is_whole in rows]
    first = draft(grid, body=body)
    columns = ColumnsForm(request.POST, titles=first.titles, keys=first.keys)
    if not columns.is_valid():
        return _dry_run(request, plan, first, grid, body, columns=columns)
    made = draft(grid, keys=columns.keys(), body=body)
    if "add" not in request.POST or not made.is_ready:
        return _dry_run(request, plan, made, grid, body, columns=columns)
    try:
        lines = actions.add_lines(plan, made.lines, by=request.user)
    except Refusal as refusal:
        made.problems.append(str(refusal))
        return _dry_run(request, plan, made, grid, body, columns=columns)
    said = ngettext("%(count)s line was added.", "%(count)s lines were added.", len(lines))
    messages.success(request, said % {"count": len(lines)})
    return redirect(plan)


def _dry_run(
    request: PersonRequest,
    plan: Plan,
    made: Draft,
    grid: Sequence[Line],
    body: str,
    columns: ColumnsForm | None = None,
) -> HttpResponse:
    """What would be added; the table travels in the form, signed, and nothing is stored."""
    source = [[line.number, list(line.cells), line.is_whole] for line in grid]
    context: dict[str, Any] = {
        "plan": plan,
        "draft": made,
        "columns": columns or ColumnsForm(titles=made.titles, keys=made.keys),
        "source": signing.dumps([source, body], salt=_salt(plan), compress=True),
        "line_count": plan.lines.count(),
        "crumbs": crumbs(plan.programme, plan),
    }
    wrong = bool(made.problems or (columns and columns.errors))
    return render(request, "projects/annex_check.html", context, status=422 if wrong else 200)


def _salt(plan: Plan) -> str:
    """A dry run belongs to its plan."""
    return f"annex:{plan.pk}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def annex_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the lines back that were added last, as long as nothing hangs on them."""
    plan = _plan_for(request, pk)
    event = actions.last_import(plan)
    if request.method == "POST":
        with refusals_said(request):
            count = actions.undo_import(plan, by=request.user)
            said = ngettext("%(count)s line was taken back.", "%(count)s lines were taken back.", count)
            messages.success(request, said % {"count": count})
        return redirect("projects:annex", plan.pk)
    if event is None:
        return redirect("projects:annex", plan.pk)
    context = {"plan": plan, "event": event, "in_use": actions.in_use(plan, event)}
    return render(request, "projects/annex_undo.html", {**context, "crumbs": crumbs(plan.programme, plan)})
