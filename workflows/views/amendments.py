"""Asking for new dates of a project, and taking the request back."""

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
from projects.amending import schedule_of
from projects.errors import AmendmentRefused
from projects.models import Amendment, PilotProject
from projects.views.case import PersonRequest, managed_file, page
from workflows import amendments
from workflows.forms.amendment import AmendmentForm, ShiftForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: PersonRequest, code: str) -> HttpResponse:
    """Ask for new dates; `?first=2&days=10` proposes to move everything from stage 2 on by ten working days."""
    project = managed_file(request, code)
    if refusal := _not_now(project):
        messages.error(request, refusal)
        return redirect(project.get_absolute_url())
    schedule = schedule_of(project)
    shift = ShiftForm(request.GET if "days" in request.GET else None, schedule=schedule)
    shifted = shift.shifted(schedule, today=timezone.localdate()) if shift.is_bound else {}
    sent = request.POST if request.method == "POST" else None
    form = AmendmentForm(sent, schedule=schedule, shifted=shifted)
    if request.method == "POST" and form.is_valid() and (amendment := _asked(request, project, form)):
        messages.success(request, _("Amendment “%(name)s” is with the leader now.") % {"name": amendment})
        return redirect(amendment)
    context = page(project, request.user, "timeline", form=form, shift=shift)
    is_wrong = bool(form.errors or shift.errors)
    return render(request, "projects/amendment_form.html", context, status=422 if is_wrong else 200)


def _not_now(project: PilotProject) -> str:
    """Why no amendment can be asked for now; "" when it can."""
    if project.status != PilotProject.Status.RUNNING:
        return _("Only the dates of a running project are amended.")
    waiting = project.amendments.filter(status=Amendment.Status.REQUESTED).first()
    if waiting:
        return _("Amendment “%(name)s” still waits for the leader; withdraw it before you ask for another.") % {
            "name": waiting.name
        }
    return ""


def _asked(request: PersonRequest, project: PilotProject, form: AmendmentForm) -> Amendment | None:
    answers = form.cleaned_data
    try:
        return amendments.request_amendment(
            project, name=answers["name"], reason=answers["reason"], dates=form.dates(), by=request.user
        )
    except AmendmentRefused as refusal:
        for problem in refusal.problems:
            form.add_error(None, problem)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return None


@login_required
@require_POST
def withdraw(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Take a request back; managers only."""
    project = managed_file(request, code)
    amendment = get_object_or_404(project.amendments, pk=pk)
    with refusals_said(request):
        amendments.withdraw_amendment(amendment, by=request.user)
        messages.success(request, _("Amendment “%(name)s” is withdrawn.") % {"name": amendment})
    return redirect(amendment)
