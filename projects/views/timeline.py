"""How a project stands in time: the timeline against a baseline, taking a baseline, judging the colour."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.frame import accepted, refusals_said
from people.models import User
from projects.actions.baselines import take_baseline
from projects.actions.judgement import judge
from projects.managing_forms import BaselineForm, JudgementForm
from projects.models import Baseline, PilotProject
from projects.rag import rag_of
from projects.timeline import draw, lines_of
from projects.views.case import PersonRequest, case_file, managed_file, page
from projects.views.milestones import milestone_rows
from worktime.working_days import Calendar

RECENT = 5  # amendments on the project's page


def steering(project: PilotProject, user: User, today: date) -> dict[str, Any]:
    """Return what the project's own page shows of time: the colour, the milestones, the amendments."""
    calendar = Calendar()
    return {
        "rag": rag_of(project, today, calendar),
        "milestones": milestone_rows(project, user, today=today, calendar=calendar),
        "amendments": list(project.amendments.select_related("project", "requested_by")[:RECENT]),
    }


@login_required
@require_safe
def timeline(request: PersonRequest, code: str) -> HttpResponse:
    """The timeline; `?baseline=` compares with an older baseline, and the address can be sent to others."""
    project = case_file(request, code)
    today, calendar = timezone.localdate(), Calendar()
    baselines = list(project.baselines.select_related("made_by").order_by("made_at", "pk"))
    baseline = _chosen(baselines, request.GET.get("baseline", ""))
    lines = lines_of(project, baseline, today=today, calendar=calendar)
    context = page(
        project,
        request.user,
        "timeline",
        drawing=draw(lines, today=today),
        lines=lines,
        baselines=baselines,
        baseline=baseline,
        today=today,
        rag=rag_of(project, today, calendar),
        baseline_form=BaselineForm(),
        is_running=project.status == PilotProject.Status.RUNNING,
    )
    return render(request, "projects/timeline.html", context)


def _chosen(baselines: list[Baseline], wanted: str) -> Baseline | None:
    """The baseline of that key, the newest without one; a key that the project does not have is not found."""
    if not wanted:
        return baselines[-1] if baselines else None
    for baseline in baselines:
        if str(baseline.pk) == wanted:
            return baseline
    raise Http404


@login_required
@require_POST
def keep_baseline(request: PersonRequest, code: str) -> HttpResponse:
    """Take a baseline under a name; managers only."""
    project = managed_file(request, code)
    form = BaselineForm(request.POST)
    with refusals_said(request):
        if form.is_valid():
            baseline = take_baseline(project, name=form.cleaned_data["name"], by=request.user)
            messages.success(request, _("Baseline “%(name)s” is kept.") % {"name": baseline})
        else:
            messages.error(request, " ".join(map(str, form.errors["name"])))
    return redirect("projects:timeline", code=code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def judgement(request: PersonRequest, code: str) -> HttpResponse:
    """Set a colour against the computed one, with a reason and an end; managers only."""
    project = managed_file(request, code)
    today = timezone.localdate()
    form = JudgementForm(request.POST if request.method == "POST" else None, project=project, today=today)
    if accepted(form, lambda: judge(project, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Your judgement is saved; the computed colour stays visible beside it."))
        return redirect(project.get_absolute_url())
    context = page(project, request.user, "overview", form=form, rag=rag_of(project, today))
    return render(request, "projects/judgement.html", context, status=422 if form.errors else 200)
