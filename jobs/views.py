"""Long work: the list, one job with its progress, its file, stopping and starting again."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_tables2.views import SingleTableView

from jobs import actions
from jobs.models import Job
from jobs.policies import may_fetch
from jobs.progress import progress_of
from jobs.tables import JobTable
from people.frame import refusals_said
from people.models import User


class PersonRequest(HttpRequest):
    """A request behind `login_required`: somebody is signed in."""

    user: User


class JobList(LoginRequiredMixin, SingleTableView):
    """What the user asked for, and what goes on in their provinces."""

    table_class = JobTable
    template_name = "jobs/jobs.html"
    table_pagination: ClassVar[dict[str, int]] = {"per_page": 25}

    def get_queryset(self) -> QuerySet[Job]:
        """Visible jobs."""
        rows: QuerySet[Job] = Job.objects.visible_to(self.request.user).for_table()
        return rows


@login_required
@require_safe
@never_cache
def job(request: PersonRequest, pk: int) -> HttpResponse:
    """One job: how far it is, what it made, or what went wrong."""
    found = _job(request, pk)
    return render(request, "jobs/job.html", {"facts": _facts(found), **progress_of(found, request.user)})


@login_required
@require_safe
@never_cache
def progress(request: PersonRequest, pk: int) -> HttpResponse:
    """The progress alone; a fragment that asks again while the job goes on."""
    found = _job(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect(found)
    return render(request, "jobs/_progress.html", progress_of(found, request.user))


@login_required
@require_safe
def file(request: PersonRequest, pk: int) -> FileResponse:
    """The file that a job made."""
    found = _job(request, pk)
    if not may_fetch(request.user, found):
        raise Http404
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)


@login_required
@require_POST
def stop(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop a job."""
    found = _job(request, pk)
    with refusals_said(request):
        actions.cancel(found, by=request.user)
        messages.success(request, _("The work was stopped. The unfinished file is not kept."))
    return redirect(found)


@login_required
@require_POST
def again(request: PersonRequest, pk: int) -> HttpResponse:
    """Start a failed or stopped job again."""
    found = _job(request, pk)
    with refusals_said(request):
        actions.start_again(found, by=request.user)
        messages.success(request, _("The work goes on in the background."))
    return redirect(found)


def _job(request: PersonRequest, pk: int) -> Job:
    found: Job = get_object_or_404(Job.objects.visible_to(request.user).for_table(), pk=pk)
    return found


def _facts(found: Job) -> list[dict[str, Any]]:
    about = {"label": _("About"), "value": found.target_label, "url": found.target_url}
    return [
        about,
        {"label": _("Number of this work"), "value": found.pk},
        {"label": _("Requested by"), "value": found.owner},
    ]
