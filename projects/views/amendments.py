"""One amendment with what was and what shall be."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from projects.models import Amendment
from projects.views.case import PersonRequest, case_file, page

TONES = {
    Amendment.Status.REQUESTED: "wait",
    Amendment.Status.APPROVED: "ok",
    Amendment.Status.REFUSED: "late",
    Amendment.Status.WITHDRAWN: "no",
}


@login_required
@require_safe
def amendment(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """What the manager asks for, why, and what the leader decided."""
    project = case_file(request, code)
    rows = project.amendments.select_related("requested_by", "decided_by", "baseline")
    found: Amendment = get_object_or_404(rows, pk=pk)
    context = page(
        project,
        request.user,
        "timeline",
        amendment=found,
        tone=TONES[Amendment.Status(found.status)],
        is_open=found.status == Amendment.Status.REQUESTED,
    )
    return render(request, "projects/amendment.html", context)
