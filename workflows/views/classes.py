"""A class's papers, and its invitations with their codes, ready to print."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.models import DocumentVersion
from people.errors import Refusal
from projects.models import PilotProject, TrainingSession
from projects.views.case import PersonRequest, case_file, page
from stamps import qr
from stamps.errors import NotPrintable
from workflows import papers
from workflows.views.papers import with_number

PREPARE = {
    "attendance_list": "workflows:prepare_attendance_list",
    "training_certificate": "workflows:prepare_certificates",
}
MODULE_MM = 0.9  # a symbol of 33 modules with its quiet zone is 37 mm wide: read at arm's length


@login_required
@require_safe
def training_papers(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """The attendance list and the certificates of a class, with all their versions."""
    project, held = _class(request, code, pk)
    versions = with_number(DocumentVersion.objects.filter(document__training=held)).order_by("-number")
    by_kind: dict[str, list[DocumentVersion]] = {}
    for version in versions:
        by_kind.setdefault(version.document.kind, []).append(version)
    rows = [
        (reverse(PREPARE[key], args=[code, pk]), kind.name, by_kind.get(key, []))
        for key, kind in papers.CLASS_KINDS.items()
    ]
    context = page(project, request.user, "training", session=held, rows=rows)
    return render(request, "workflows/training_papers.html", context)


@login_required
@require_POST
def prepare_class_paper(request: PersonRequest, code: str, pk: int, kind: str) -> HttpResponse:
    """Generate the next version of a paper of a class."""
    _project, held = _class(request, code, pk)
    try:
        version = papers.prepare_class_paper(held, kind, by=request.user)
    except Refusal as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Version %(number)d is ready.") % {"number": version.number})
    return redirect("training_papers", code=code, pk=pk)


@login_required
@require_safe
def print_invitations(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """The invitations of a class to print and hand over: the helper at the door scans their codes."""
    project, held = _class(request, code, pk)
    cards = [
        (invitation, _symbol(request, invitation.token))
        for invitation in held.invitations.select_related("producer").order_by("pk")
    ]
    context = {
        "project": project,
        "session": held,
        "cards": cards,
        "topics": list(held.topic_list.all()),
        "meetings": list(held.meetings.all()),
    }
    return render(request, "workflows/invitations_print.html", context)


def _symbol(request: PersonRequest, token: str) -> str:
    """The code of an invitation as drawing; "" when the host's name is too long for a compact one."""
    address = request.build_absolute_uri(reverse("projects:scanned", args=[token])).upper()
    try:
        return mark_safe(qr.svg(address, MODULE_MM))  # noqa: S308  drawn by us, its title is escaped
    except NotPrintable:
        return ""


def _class(request: PersonRequest, code: str, pk: int) -> tuple[PilotProject, TrainingSession]:
    project = case_file(request, code)
    held: TrainingSession = get_object_or_404(project.training_sessions.select_related("project"), pk=pk)
    return project, held
