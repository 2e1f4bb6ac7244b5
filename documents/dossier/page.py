"""The acceptance dossier of a project: what is in it, what is missing, and the ZIP."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.dossier import places_of
from documents.dossier.job import AcceptanceDossier, ask_for_dossier
from jobs.models import Job
from jobs.progress import progress_of
from people import audit
from people.frame import refusals_said
from projects.views.case import PersonRequest, case_file, crumbs


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: PersonRequest, code: str) -> HttpResponse:
    """The dossier's list with what is missing; a POST has the ZIP made."""
    project = case_file(request, code)
    if request.method == "POST":
        with refusals_said(request):
            ask_for_dossier(project, by=request.user)
            messages.success(request, _("The dossier is being put together; you may close the page."))
        return redirect("documents:dossier", code)
    places = places_of(project)
    job = Job.objects.visible_to(request.user).filter(kind=AcceptanceDossier.key, target=audit.label(project)).first()
    context = {
        "project": project,
        "crumbs": crumbs(project),
        "places": places,
        "count": sum(len(place.versions) for place in places),
        "missing": sum(place.is_missing for place in places),
        **(progress_of(job, request.user) if job else {}),
    }
    return render(request, "documents/dossier.html", context)
