"""Raising a matter, asking the author from a step, going to the answer, taking a matter back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.errors import Refusal
from people.frame import accepted, refusals_said
from projects import matters as rules
from projects.models import Matter, PilotProject
from projects.views.case import PersonRequest, case_file, page
from workflows import inbox, matters, questions
from workflows.forms.matter import AskForm, RaiseForm
from workflows.steps import Step
from workflows.views.listing import query_of

Kind = Matter.Kind


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_difficulty(request: PersonRequest, code: str) -> HttpResponse:
    """Report what keeps the work from going on; people of the project."""
    return _raise_page(request, code, Kind.BLOCKER)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_direction(request: PersonRequest, code: str) -> HttpResponse:
    """Ask somebody to act; leaders of the province."""
    return _raise_page(request, code, Kind.DIRECTION)


def _raise_page(request: PersonRequest, code: str, kind: Matter.Kind) -> HttpResponse:
    project = case_file(request, code)
    if not rules.can_raise(request.user, project, kind):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = RaiseForm(sent, project=project, kind=kind, user=request.user)
    if request.method == "POST" and form.is_valid() and (matter := _raised(request, project, kind, form)):
        messages.success(request, _("%(person)s is asked for an answer.") % {"person": matter.addressee})
        return redirect(matter)
    title = _("Report a difficulty") if kind == Kind.BLOCKER else _("Give a direction")
    context = page(project, request.user, "matters", form=form, title=title, is_blocker=kind == Kind.BLOCKER)
    return render(request, "projects/matter_raise.html", context, status=422 if form.errors else 200)


def _raised(request: PersonRequest, project: PilotProject, kind: str, form: RaiseForm) -> Matter | None:
    answers: dict[str, Any] = {name: form.cleaned_data[name] for name in form.fields}
    try:
        return matters.raise_matter(project, kind=kind, by=request.user, **answers)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_author(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask the author of the deliverable that a step is about; the page of the step has the same form."""
    task = get_object_or_404(inbox.for_list(inbox.visible_to(request.user)), pk=pk)
    step, back = Step(task), reverse("task", args=[pk]) + query_of(request)
    if inbox.is_retired(task) or step.deliverable is None or not questions.can_ask(request.user, task):
        raise PermissionDenied
    form = AskForm(request.POST if request.method == "POST" else None)
    matter = accepted(form, lambda: matters.ask_author(task, by=request.user, **form.cleaned_data))
    if matter is not None:
        done = _("%(person)s is asked; the clock stands still until the answer.") % {"person": matter.addressee}
        messages.success(request, done)
        return redirect(back)
    context = {"form": form, "step": step, "author": rules.author_of(step.deliverable), "back_url": back}
    return render(request, "workflows/ask_author.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def answer(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Go to the step in which the matter waits for its answer."""
    matter = get_object_or_404(case_file(request, code).matters, pk=pk)
    task = matters.open_step(matter)
    return redirect("task", pk=task.pk) if task else redirect(matter)


@login_required
@require_POST
def withdraw(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Take a matter back."""
    matter = get_object_or_404(case_file(request, code).matters.select_related("project"), pk=pk)
    if matter.raised_by_id != request.user.pk:
        raise PermissionDenied
    with refusals_said(request):
        matters.withdraw_matter(matter, by=request.user)
        messages.success(request, _("It is taken back."))
    return redirect(matter)
