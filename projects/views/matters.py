"""A project's difficulties, directions and questions: those that wait for an answer first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from people.models import User
from projects import matters as rules
from projects.models import Matter, PilotProject
from projects.views.case import PersonRequest, case_file, page
from worktime.working_days import Calendar

Kind = Matter.Kind


@login_required
@require_safe
def matters(request: PersonRequest, code: str) -> HttpResponse:
    """All matters of a project, the open ones by the day of their answer, then the closed ones, the latest first."""
    project = case_file(request, code)
    return render(request, "projects/matters.html", matters_context(project, request.user))


def matters_context(project: PilotProject, user: User) -> dict[str, Any]:
    """Return what the page of matters shows."""
    today, calendar = timezone.localdate(), Calendar()
    related = ("raised_by", "addressee", "answered_by", "milestone", "deliverable__stage__project")
    known = list(project.matters.select_related(*related).order_by("due_on", "pk"))
    waiting = [matter for matter in known if matter.is_open]
    closed = sorted(
        (matter for matter in known if not matter.is_open), key=lambda one: (one.raised_at, one.pk), reverse=True
    )
    may = _may_raise(project, user)
    return page(
        project,
        user,
        "matters",
        waiting=[_row(matter, user, today, calendar) for matter in waiting],
        closed=[_row(matter, user, today, calendar) for matter in closed],
        today=today,
        **may,
    )


def _may_raise(project: PilotProject, user: User) -> dict[str, bool]:
    is_running = project.status == PilotProject.Status.RUNNING
    return {
        "may_report": is_running and rules.can_raise(user, project, Kind.BLOCKER),
        "may_direct": is_running and rules.can_raise(user, project, Kind.DIRECTION),
    }


def _row(matter: Matter, user: User, today: date, calendar: Calendar) -> dict[str, Any]:
    """A matter with what the user may do about it."""
    left = calendar.left(today, matter.due_on) if matter.is_open else 0
    late = ngettext("%(days)d working day late", "%(days)d working days late", -left) % {"days": -left}
    return {
        "matter": matter,
        "is_late": left < 0,
        "late": late if left < 0 else "",
        "may_answer": matter.is_open and matter.addressee_id == user.pk,
        "may_withdraw": matter.is_open and matter.raised_by_id == user.pk,
    }
