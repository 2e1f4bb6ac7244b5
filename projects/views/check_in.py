"""The door of a class: invitations, and check-in by code or by looking a person up. Works without a script."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.frame import accepted, refusals_said
from projects.actions import attendance as actions
from projects.models import Attendance, Invitation, PilotProject, TrainingSession
from projects.policies import can_record_fieldwork
from projects.training_forms import PersonForm, WalkInForm
from projects.views.case import PersonRequest, case_file, check_may_record, page
from projects.views.sheets import list_sheet, wants_sheet
from registry.search import matching

SHOWN = 30  # people on the page of the door: more are found by typing another letter
NUMBER = re.compile(r"[\d\s.+\-]+")


# --- invitations -----------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def invitations(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Who is invited to a class, and a form for the next one."""
    project, held = _class(request, code, pk)
    if request.method == "POST":
        check_may_record(request, project)
    form = PersonForm(request.POST or None, project=project)
    invited = accepted(form, lambda: actions.invite(held, by=request.user, **form.cleaned_data))
    if invited is not None:
        messages.success(request, _("%(person)s is invited.") % {"person": invited.person_name})
        return redirect("projects:invitations", code=code, pk=pk)
    rows = held.invitations.select_related("producer", "attendance").order_by("pk")
    if wants_sheet(request):
        columns = [_("Full name"), _("Producer or agency"), _("Phone number"), _("Came")]
        values = ([row.person_name, row.side, row.phone, _("yes") if _came(row) else _("no")] for row in rows)
        return list_sheet(f"giay-moi-{held.pk}", _("Invitations"), columns, values)
    context = page(project, request.user, "training", session=held, rows=list(rows), form=form)
    return render(request, "projects/invitations.html", context, status=422 if form.errors else 200)


def _came(invitation: Invitation) -> bool:
    return hasattr(invitation, "attendance")


@login_required
@require_POST
def invite_producers(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Invite the representatives of all producers of the project."""
    project, held = _class(request, code, pk)
    check_may_record(request, project)
    with refusals_said(request):
        invited, left = actions.invite_producers(held, by=request.user)
        messages.success(request, _("%(count)d producers are invited.") % {"count": invited})
        if left:
            text = _("%(count)d producers have no seat left; raise the number of seats or plan another class.")
            messages.warning(request, text % {"count": left})
    return redirect("projects:invitations", code=code, pk=pk)


@login_required
@require_POST
def withdraw_invitation(request: PersonRequest, code: str, pk: int, person: int) -> HttpResponse:
    """Give a seat free again."""
    project, held = _class(request, code, pk)
    check_may_record(request, project)
    invited = get_object_or_404(held.invitations.select_related("session__project"), pk=person)
    with refusals_said(request):
        actions.withdraw_invitation(invited, by=request.user)
    return redirect("projects:invitations", code=code, pk=pk)


# --- the door --------------------------------------------------------------------------------
@login_required
@require_safe
def check_in(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """The list of the door: found by digits of the phone number or by name; one button for each person."""
    project = case_file(request, code)
    held: Any = get_object_or_404(project.training_sessions.annotate(came=Count("attendances")), pk=pk)
    check_may_record(request, project)
    typed = request.GET.get("q", "").strip()[:60]
    waiting = _narrowed(held.invitations.filter(attendance=None), typed).select_related("producer")
    here = _narrowed(held.attendances.all(), typed).select_related("producer", "checked_in_by")
    context = {
        "project": project,
        "session": held,
        "typed": typed,
        "waiting": list(waiting.order_by("person_name", "pk")[: SHOWN + 1]),
        "here": list(here.order_by("-pk")[:SHOWN] if typed else here.order_by("-pk")[:1]),
        "came": held.came,
        "left": held.seats - held.came,
        "shown": SHOWN,
    }
    return render(request, "projects/check_in.html", context)


def _narrowed(people: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those whose phone number holds the digits, or whose name or organisation has all the words."""
    if typed and NUMBER.fullmatch(typed):
        return people.filter(phone__contains=re.sub(r"\D", "", typed))
    return people.filter(matching(typed, "search_text", "producer__search_text")) if typed else people


@login_required
@require_POST
def check_in_person(request: PersonRequest, code: str, pk: int, person: int) -> HttpResponse:
    """Check an invited person in, from the list."""
    project, held = _class(request, code, pk)
    check_may_record(request, project)
    invited = get_object_or_404(held.invitations.select_related("session__project", "producer"), pk=person)
    with refusals_said(request):
        came, is_new = actions.check_in(invited, by=request.user)
        _say(request, came, is_new=is_new)
    return redirect("projects:check_in", code=code, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def walk_in(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Check in somebody who came without an invitation."""
    project, held = _class(request, code, pk)
    check_may_record(request, project)
    form = WalkInForm(request.POST or None, project=project)
    came = accepted(form, lambda: actions.walk_in(held, by=request.user, **form.cleaned_data))
    if came is not None:
        _say(request, came, is_new=True)
        return redirect("projects:check_in", code=code, pk=pk)
    context = {"project": project, "session": held, "form": form}
    return render(request, "projects/walk_in.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def undo_check_in(request: PersonRequest, code: str, pk: int, person: int) -> HttpResponse:
    """Take a check-in back."""
    project, held = _class(request, code, pk)
    check_may_record(request, project)
    came = get_object_or_404(held.attendances.select_related("session__project"), pk=person)
    with refusals_said(request):
        actions.undo_check_in(came, by=request.user)
        messages.success(request, _("The check-in of %(person)s is taken back.") % {"person": came.person_name})
    return redirect("projects:check_in", code=code, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def scanned(request: PersonRequest, token: str) -> HttpResponse:
    """What the code on an invitation opens: the person and one button; opening it changes nothing."""
    visible = PilotProject.objects.visible_to(request.user)
    invited: Invitation = get_object_or_404(
        Invitation.objects.filter(session__project__in=visible).select_related("session__project", "producer"),
        token=token.upper(),
    )
    project = invited.session.project
    if request.method == "POST":
        check_may_record(request, project)
        with refusals_said(request):
            came, is_new = actions.check_in(invited, by=request.user, way=Attendance.Way.CODE)
            _say(request, came, is_new=is_new)
        return redirect("projects:scanned", token=invited.token)
    came_before = Attendance.objects.filter(invitation=invited).select_related("checked_in_by").first()
    context = {
        "project": project,
        "session": invited.session,
        "invitation": invited,
        "attendance": came_before,
        "may_record": can_record_fieldwork(request.user, project),
    }
    return render(request, "projects/scanned.html", context)


def _class(request: PersonRequest, code: str, pk: int) -> tuple[PilotProject, TrainingSession]:
    project = case_file(request, code)
    held: TrainingSession = get_object_or_404(project.training_sessions.select_related("project"), pk=pk)
    return project, held


def _say(request: PersonRequest, came: Attendance, *, is_new: bool) -> None:
    """Tell the helper at the door; somebody who is here already is a warning."""
    if is_new:
        messages.success(request, _("%(person)s is checked in.") % {"person": came.person_name})
        return
    at = date_format(timezone.localtime(came.checked_in_at), "H:i") if came.checked_in_at else ""
    text = _("%(person)s was checked in before: %(at)s %(by)s")
    facts = {"person": came.person_name, "at": at, "by": came.checked_in_by or ""}
    messages.warning(request, (text % facts).strip())
