"""Making a project from a plan line, and what it starts with."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import Refusal
from people.frame import refusals_said
from projects import policies
from projects.actions import project as actions
from projects.actions.parties import name_receiving_party
from projects.actions.standards import attach_standards
from projects.forms import PartyForm, ProjectForm, StandardsForm
from projects.models import PilotProject, Plan, PlanLine
from projects.views.case import PersonRequest, case_file, managed_file, page


@login_required
@require_http_methods(["GET", "POST"])
def create(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a draft project from a plan line; managers of the province only."""
    visible = Plan.objects.visible_to(request.user)
    line: PlanLine = get_object_or_404(
        PlanLine.objects.select_related("plan__programme__province"), pk=pk, plan__in=visible
    )
    if not policies.can_create_project(request.user, line.plan.programme.province_id):
        messages.error(request, _("Only project managers of the province can make projects; ask one of them."))
        return redirect(line.plan.get_absolute_url())
    form = ProjectForm(request.POST or None, line=line, manager=request.user, initial=_prefilled(line))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_create(form, line, request).get_absolute_url())
        except Refusal as error:
            form.add_error(None, str(error))
    plan_url = line.plan.get_absolute_url()
    context = {"form": form, "line": line, "crumbs": [{"label": str(line.plan), "url": plan_url}], "plan_url": plan_url}
    return render(request, "projects/create.html", context, status=422 if form.errors else 200)


def _prefilled(line: PlanLine) -> dict[str, object]:
    return {
        "title": line.title[:300],
        "starts_on": line.starts_on or timezone.localdate(),
        "owner": line.plan.issuer_id,
    }


def _create(form: ProjectForm, line: PlanLine, request: PersonRequest) -> PilotProject:
    answers = form.cleaned_data
    project = actions.create_project(
        answers["template"],
        line=line,
        code=answers["code"],
        title=answers["title"],
        owner=answers["owner"],
        manager=request.user,
        members=form.members(),
        starts_on=answers["starts_on"],
        by=request.user,
    )
    messages.success(
        request, _("Project %(code)s is made as a draft. Look it through, then start it.") % {"code": project.code}
    )
    return project


@login_required
@require_POST
def name_party(request: PersonRequest, code: str) -> HttpResponse:
    """Add a party that receives and applies the results; a project needs one before it starts."""
    project = case_file(request, code)
    form = PartyForm(request.POST)
    with refusals_said(request):
        if form.is_valid():
            party = name_receiving_party(project, name=form.cleaned_data["name"], by=request.user)
            messages.success(request, _("“%(party)s” receives and applies the results.") % {"party": party})
        else:
            messages.error(request, " ".join(map(str, form.errors["name"])))
    return redirect(project.get_absolute_url())


@login_required
@require_http_methods(["GET", "POST"])
def standards(request: PersonRequest, code: str) -> HttpResponse:
    """Choose the standards that the model applies."""
    project = managed_file(request, code)
    # No box ticked is an answer too, so the method decides, not the data.
    form = StandardsForm(request.POST if request.method == "POST" else None, project=project)
    if form.is_valid():
        with refusals_said(request):
            attach_standards(project, form.cleaned_data["standards"], by=request.user)
            messages.success(request, _("The standards of the model are saved."))
        return redirect(project.get_absolute_url())
    context = page(project, request.user, "overview", form=form, title=_("Standards of the model"))
    return render(request, "projects/record.html", context)
