"""Approving the ticked steps of a list: first the preflight, then what became of each."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from viewflow.workflow.models import Task

from people.errors import Refusal
from projects.views.case import PersonRequest
from workflows import batch
from workflows.batch import Outcome
from workflows.views.listing import kept, query_of

MOST_DIGITS = 18  # what a key can have
TONES = {Outcome.DONE: "ok", Outcome.ALREADY: "no", Outcome.REFUSED: "wait", Outcome.FAILED: "late"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def approve_ticked(request: PersonRequest) -> HttpResponse:
    """GET shows which of the steps `task=…` can be approved together, and why not; POST approves those."""
    try:
        tasks = batch.chosen(request.user, _ids(request.POST if request.method == "POST" else request.GET))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(reverse("inbox") + query_of(request))
    if not tasks:
        messages.warning(request, _("No step was ticked. Tick the steps that you want to approve together."))
        return redirect(reverse("inbox") + query_of(request))
    return _results(request, tasks) if request.method == "POST" else _preflight(request, tasks)


def _preflight(request: PersonRequest, tasks: list[Task]) -> HttpResponse:
    items = batch.preflight(tasks, request.user)
    context = {
        "items": items,
        "eligible": [item for item in items if item.is_eligible],
        "back_url": reverse("inbox") + query_of(request),
        "query": query_of(request),
        "longest_note": batch.LONGEST_NOTE,
    }
    return render(request, "workflows/batch.html", context)


def _results(request: PersonRequest, tasks: list[Task]) -> HttpResponse:
    note = request.POST.get("note", "").replace("\0", "")
    results = batch.approve(tasks, request.user, note)
    done = sum(result.outcome == Outcome.DONE for result in results)
    context = {
        "rows": [(result, TONES[result.outcome], _label(result.outcome)) for result in results],
        "title": ngettext("%(count)d step approved", "%(count)d steps approved", done) % {"count": done},
        "left": len(results) - done,
        "back_url": reverse("inbox") + query_of(request),
        "kept": kept(request),
    }
    return render(request, "workflows/batch_done.html", context)


def _label(outcome: Outcome) -> str:
    return {
        Outcome.DONE: _("Approved"),
        Outcome.ALREADY: _("Done before"),
        Outcome.REFUSED: _("Not approved"),
        Outcome.FAILED: _("Fault"),
    }[outcome]


def _ids(fields: QueryDict) -> list[int]:
    """Return the ticked keys; what cannot be a key is left out."""
    return [int(key) for key in fields.getlist("task") if key.isascii() and key.isdecimal() and len(key) <= MOST_DIGITS]
