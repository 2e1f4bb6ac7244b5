"""The invitations of a class with their codes, ready to print."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from projects.models import PilotProject, TrainingSession
from projects.views.case import PersonRequest, case_file
from stamps.errors import NotPrintable
from stamps.printing import qr

MODULE_MM = 0.9  # a symbol of 33 modules with its quiet zone is 37 mm wide: read at arm's length


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
