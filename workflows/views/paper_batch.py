"""Preparing several papers of a project in one action, and what became of each."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobs.models import Job
from jobs.progress import progress_of
from people import audit
from people.frame import refusals_said
from projects.views.case import PersonRequest, case_file, crumbs
from workflows.auth import holds
from workflows.paper_job import PREPARE, PreparePapers, choices_of, prepare_many


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_several(request: PersonRequest, code: str) -> HttpResponse:
    """The papers that can be prepared now, to be ticked, with the outcomes of the last time; managers."""
    project = case_file(request, code)
    if not holds(request.user, PREPARE, project):
        raise PermissionDenied
    choices = choices_of(project)
    if request.method == "POST":
        ticked = set(request.POST.getlist("paper"))
        with refusals_said(request):
            prepare_many(project, [choice for choice in choices if choice.key in ticked], by=request.user)
            messages.success(request, _("The papers are being prepared; you may close the page."))
        return redirect("prepare_papers", code)
    job = Job.objects.visible_to(request.user).filter(kind=PreparePapers.key, target=audit.label(project)).first()
    context = {
        "project": project,
        "crumbs": crumbs(project),
        "choices": choices,
        "outcomes": job.cursor.get("outcomes", []) if job else [],
        **(progress_of(job, request.user) if job else {}),
    }
    return render(request, "workflows/paper_batch.html", context)
