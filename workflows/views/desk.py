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
from workflows import engine, handover, inbox, questions
from workflows.changes import changes_of
from workflows.errors import AlreadyHandled, Busy, FormInvalid, NotYourTask, StepRetired
from workflows.forms.handover import ReassignForm
from workflows.steps import Step
from workflows.views.case import case_of
from workflows.views.listing import Listing, query_of

DOCUMENT, CHANGES = "document", "changes"  # what the middle pane shows
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
    """A step with its case, its form and its list; POST answers it and goes to the next one of the list."""
    task = _fetch(request, pk)
    if request.method != "POST":
        place = request.GET.get("place", "")  # "Remark on this section", without script
        return _page(request, task, form=form_for(task, request.user, initial={"place_1": place}))
    known = Listing(request).ids
    try:
        handover.check_known(task)
        engine.perform(task, user=request.user, data=request.POST, files=request.FILES)
    except Refusal as refusal:
        return _refused(request, pk, refusal, request.POST, request.FILES)
    messages.success(request, _done(task, request))
    return redirect(Listing(request).next_url(pk, known))


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


@require_POST
@login_required
def take_over(request: PersonRequest, pk: int) -> HttpResponse:
    """Take over the step of somebody who is away."""
    return _act(request, pk, handover.take_over, _("You do the step now; the record will say for whom."))


@require_POST
@login_required
def give_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Return the step to the person for whom a substitute has it."""
    return _act(request, pk, handover.give_back, _("The step is back with the person in charge."))


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
    context = {"step": Step(task), "form": form, "back_url": _here(request, pk)}
    return render(request, "workflows/reassign.html", context, status=status)


def _reassigned(request: PersonRequest, task: Task, form: ReassignForm) -> HttpResponse:
    person, reason = form.cleaned_data["person"], form.cleaned_data["reason"]
    try:
        handover.reassign(task, to=person, by=request.user, reason=reason)
    except Refusal as refusal:
        return _refused(request, task.pk, refusal)
    messages.success(request, _("The step is with %(person)s now.") % {"person": person})
    return redirect(_here(request, task.pk))


def _act(request: PersonRequest, pk: int, act: Callable[..., Task], done: str) -> HttpResponse:
    task = _fetch(request, pk)
    try:
        act(task, by=request.user)
    except Refusal as refusal:
        return _refused(request, pk, refusal)
    messages.success(request, done)
    return redirect(_here(request, pk))


def _here(request: PersonRequest, pk: int) -> str:
    """The step's page, beside the same list."""
    return reverse("task", args=[pk]) + query_of(request)


def _fetch(request: PersonRequest, pk: int) -> Task:
    return get_object_or_404(inbox.for_list(inbox.visible_to(request.user)), pk=pk)


def _done(task: Task, request: PersonRequest) -> str:
    """What was done, with the decision in the words of the form if there was one."""
    facts = {"step": task.title, "case": Step(task).about, "decision": decision_of(task, request)}
    if facts["decision"]:
        return _("Done: %(step)s – %(case)s: %(decision)s.") % facts
    return _("Done: %(step)s – %(case)s.") % facts


def decision_of(task: Task, request: PersonRequest) -> str:
    """Return the decision that was posted, in the words of the step's form; "" for a step without a choice."""
    node: Any = task.flow_task
    label = getattr(node.form_class, "decision_label", None)
    return label(request.POST.get("decision", "")) if label else ""


def _refused(request: PersonRequest, pk: int, refusal: Refusal, *typed: Any) -> HttpResponse:
    """The same page with the reason; what was typed stays. The step is read again: it may be closed by now."""
    task = _fetch(request, pk)
    status = status_of(refusal)
    if isinstance(refusal, FormInvalid):
        return _page(request, task, form=refusal.form, status=status)
    return _page(request, task, form=form_for(task, request.user, *typed), refusal=refusal, status=status)


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal: 403 not yours, 409 too late, 422 anything to correct."""
    return next((status for kind, status in STATUSES.items() if isinstance(refusal, kind)), 422)


def form_for(task: Task, user: User, *typed: Any, initial: dict[str, str] | None = None) -> Form | None:
    """Return the step's form, bound if something was typed; None when the user cannot answer the step."""
    node: Any = task.flow_task
    if inbox.is_retired(task) or not inbox.is_open(task):
        return None
    if not (node.can_execute(user, task) or node.can_assign(user, task)):
        return None
    form: Form = node.form_class(*typed, activation=node.activation_class(task), user=user, initial=initial)
    return form


def _page(
    request: PersonRequest, task: Task, *, form: Form | None, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    step, user, listing = Step(task), request.user, Listing(request)
    context = {
        "step": step,
        "form": form,
        "refusal": refusal,
        "problems": getattr(refusal, "problems", ()),
        "rights": _rights(task, user, step),
        "listing": listing,
        "pane": listing.pane(step),
        "changes_query": f"{listing.query or '?'}{'&' if listing.query else ''}show={CHANGES}",
    }
    context |= case_of(step) | _shown(request, step)
    return render(request, "workflows/task.html", context, status=status)


def _shown(request: PersonRequest, step: Step) -> dict[str, Any]:
    """What the middle pane shows: the document, or what changed since the reader returned it."""
    if step.deliverable is None or request.GET.get("show") != CHANGES:
        return {"show": DOCUMENT}
    return {"show": CHANGES, "changes": changes_of(step, request.user)}


def _rights(task: Task, user: User, step: Step) -> dict[str, bool]:
    """Which buttons the page offers; each act checks again."""
    if step.is_retired or not inbox.is_open(task):
        return {}
    node: Any = task.flow_task
    return {
        "claim": node.can_assign(user, task),
        "release": node.can_unassign(user, task),
        "reassign": handover.can_reassign(user, step.project),
        "ask": questions.can_ask(user, task),
        "take_over": handover.can_take_over(user, task),
        "give_back": handover.can_give_back(user, task),
    }
