"""The step's page and what a person does there: answer, take, give back, hand over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from viewflow.workflow.models import Task

from people.errors import Refusal
from people.models import User
from projects.errors import NotAllowedForYou
from projects.views.case import PersonRequest
from stamps.errors import NotAllowedForYou as StampsNotForYou
from workflows import engine, handover, inbox
from workflows.errors import AlreadyHandled, Busy, FormInvalid, NotYourTask, StepRetired
from workflows.forms.handover import ReassignForm
from workflows.steps import Step, steps_of
from workflows.views.case import case_of

LIST_LENGTH = 12  # steps in the pane beside the case
STATUSES: dict[type[Refusal], int] = {
    NotYourTask: 403,
    NotAllowedForYou: 403,
    StampsNotForYou: 403,
    AlreadyHandled: 409,
    StepRetired: 409,
    Busy: 409,
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def task_page(request: PersonRequest, pk: int) -> HttpResponse:
    """A step with its case and its form; POST answers it and goes to the next one."""
    task = _fetch(request, pk)
    if request.method != "POST":
        return _page(request, task, form=_form(task, request.user))
    try:
        handover.check_known(task)
        engine.perform(task, user=request.user, data=request.POST, files=request.FILES)
    except Refusal as refusal:
        return _refused(request, pk, refusal, request.POST, request.FILES)
    messages.success(request, _("Done: %(step)s – %(case)s.") % {"step": task.title, "case": Step(task).about})
    return redirect(_next_page(request))


@require_POST
@login_required
def claim(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the step."""
    return _act(request, pk, handover.claim, _("The step is yours now."))


@require_POST
@login_required
def release(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the step back to the group."""
    return _act(request, pk, handover.release, _("The step went back to all who may do it."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reassign(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose another person for the step, with a reason."""
    task = _fetch(request, pk)
    if not handover.can_reassign(request.user, inbox.project_of(task)):
        raise PermissionDenied
    form = ReassignForm(request.POST or None, candidates=handover.candidates(task))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            return _reassigned(request, task, form)
        status = 422
    return render(request, "workflows/reassign.html", {"step": Step(task), "form": form}, status=status)


def _reassigned(request: PersonRequest, task: Task, form: ReassignForm) -> HttpResponse:
    person, reason = form.cleaned_data["person"], form.cleaned_data["reason"]
    try:
        handover.reassign(task, to=person, by=request.user, reason=reason)
    except Refusal as refusal:
        return _refused(request, task.pk, refusal)
    messages.success(request, _("The step is with %(person)s now.") % {"person": person})
    return redirect("task", pk=task.pk)


def _act(request: PersonRequest, pk: int, act: Callable[..., Task], done: str) -> HttpResponse:
    task = _fetch(request, pk)
    try:
        act(task, by=request.user)
    except Refusal as refusal:
        return _refused(request, pk, refusal)
    messages.success(request, done)
    return redirect("task", pk=pk)


def _fetch(request: PersonRequest, pk: int) -> Task:
    return get_object_or_404(inbox.for_list(inbox.visible_to(request.user)), pk=pk)


def _next_page(request: PersonRequest) -> str:
    """The next step of the inbox, or the inbox itself when nothing is left."""
    task = inbox.for_list(inbox.to_do(request.user)).first()
    return Step(task).url if task else reverse("inbox")


def _refused(request: PersonRequest, pk: int, refusal: Refusal, *typed: Any) -> HttpResponse:
    """The same page with the reason; what was typed stays. The step is read again: it may be closed by now."""
    task = _fetch(request, pk)
    status = next((status for kind, status in STATUSES.items() if isinstance(refusal, kind)), 422)
    if isinstance(refusal, FormInvalid):
        return _page(request, task, form=refusal.form, status=status)
    return _page(request, task, form=_form(task, request.user, *typed), refusal=refusal, status=status)


def _form(task: Task, user: User, *typed: Any) -> Form | None:
    """The step's form, bound if something was typed; None when the user cannot answer the step."""
    node: Any = task.flow_task
    if inbox.is_retired(task) or not inbox.is_open(task):
        return None
    if not (node.can_execute(user, task) or node.can_assign(user, task)):
        return None
    form: Form = node.form_class(*typed, activation=node.activation_class(task), user=user)
    return form


def _page(
    request: PersonRequest, task: Task, *, form: Form | None, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    step, user = Step(task), request.user
    context = {
        "step": step,
        "form": form,
        "refusal": refusal,
        "problems": getattr(refusal, "problems", ()),
        "rights": _rights(task, user, step),
        "others": steps_of(inbox.for_list(inbox.to_do(user))[:LIST_LENGTH]),
    }
    return render(request, "workflows/task.html", context | case_of(step), status=status)


def _rights(task: Task, user: User, step: Step) -> dict[str, bool]:
    """Which buttons the page offers; each act checks again."""
    if step.is_retired or not inbox.is_open(task):
        return {}
    node: Any = task.flow_task
    return {
        "claim": node.can_assign(user, task),
        "release": node.can_unassign(user, task),
        "reassign": handover.can_reassign(user, step.project),
    }
