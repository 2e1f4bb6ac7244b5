"""The deliverable's page: its document, versions, reviews and remarks, and what its manager may do."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.checking import checks_of
from documents.models import Document
from documents.paper_page import rows_of, versions_of
from documents.template_choice import newer_template
from people import audit
from people.absence import acting_name
from people.frame import refusals_said
from people.models import User
from projects import policies
from projects.errors import NotAllowedForYou
from projects.forms import ReasonForm
from projects.models import Deliverable, PilotProject, Review
from projects.views.case import PersonRequest, crumbs
from workflows import actions, clock, history, inbox, papers
from workflows.auth import holds
from workflows.changes import remarks_of
from workflows.models import DeliverableProcess
from workflows.nodes import CLOSED
from workflows.steps import steps_of
from workflows.views.papers import TONES
from worktime.working_days import Calendar

Status = Deliverable.Status
PREPARE = "workflows.prepare_deliverable"
VERDICT_TONES = {Review.Verdict.APPROVE: "ok", Review.Verdict.RETURN: "wait", Review.Verdict.REJECT: "late"}


@login_required
@require_safe
def deliverable(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """A deliverable with everything that happened to its document."""
    paper = _fetch(request, code, pk)
    project, today = paper.stage.project, timezone.localdate()
    process = _running(paper)
    calendar = Calendar()
    is_late = bool(paper.stage.opened_at and paper.days_late(today))
    document = Document.objects.filter(deliverable=paper).select_related("organisation__province").first()
    versions = versions_of(document) if document else []
    late = max(-calendar.left(today, paper.due_on), 0) if is_late else 0
    waits = inbox.for_list(inbox.steps().filter(process=process, finished=None)) if process else []
    steps = steps_of(waits, today, calendar)
    context = {
        "paper": paper,
        "approved_by": _approved_by(paper),
        "project": project,
        "crumbs": crumbs(project),
        "tone": TONES[Status(paper.status)],
        "late": ngettext("%(days)d working day late", "%(days)d working days late", late) % {"days": late}
        if late
        else "",
        "rows": rows_of(versions),
        "checks": checks_of(versions[0] if versions else None, today=today),
        "rounds": _rounds(paper),
        "waits": steps,
        "held": clock.held(paper, calendar=calendar) if process or paper.round else None,
        "paused_on": next((step.paused_on for step in steps if step.paused_on), None),
        "rights": _rights(request, paper, process),
        "newer_template": newer_template(document, today) if document else None,
    }
    return render(request, "workflows/deliverable.html", context)


@login_required
@require_POST
def prepare(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Generate the next version of the document from the case as it is now."""
    paper = _fetch(request, code, pk)
    with refusals_said(request):
        _check_may_prepare(request.user, paper.stage.project)
        with audit.on_behalf_of(policies.absent_manager(request.user, paper.stage.project)):
            version = papers.prepare(paper, by=request.user, renew_template="renew_template" in request.POST)
        messages.success(request, _("Version %(number)d of the document is ready.") % {"number": version.number})
    return redirect(_next(request) or paper.get_absolute_url())


@login_required
@require_POST
def restart(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Start a rejected or cancelled deliverable again."""
    paper = _fetch(request, code, pk)
    with refusals_said(request):
        actions.restart_deliverable(paper, by=request.user)
        messages.success(request, _("Deliverable %(code)s starts again.") % {"code": paper.code})
    return redirect(paper.get_absolute_url())


@login_required
@require_POST
def recall(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Take my submission back before its check has begun."""
    paper = _fetch(request, code, pk)
    with refusals_said(request):
        actions.recall_submission(paper, by=request.user)
        messages.success(request, _("Deliverable %(code)s is with you again.") % {"code": paper.code})
    return redirect(paper.get_absolute_url())


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Ask for the reason, then cancel the run of a deliverable."""
    paper = _fetch(request, code, pk)
    if not policies.can_manage(request.user, paper.stage.project):
        raise PermissionDenied
    process = _running(paper)
    if process is None:
        messages.error(request, _("Deliverable %(code)s has no run to cancel.") % {"code": paper.code})
        return redirect(paper.get_absolute_url())
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        way = [*crumbs(paper.stage.project), {"label": paper.code, "url": paper.get_absolute_url()}]
        context = {"paper": paper, "crumbs": way, "form": form}
        return render(request, "workflows/deliverable_cancel.html", context, status=422 if form.errors else 200)
    with refusals_said(request):
        actions.cancel_deliverable(process, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The run of deliverable %(code)s is cancelled.") % {"code": paper.code})
    return redirect(paper.get_absolute_url())


def _fetch(request: PersonRequest, code: str, pk: int) -> Deliverable:
    visible = Deliverable.objects.visible_to(request.user)
    rows = visible.select_related("stage__project__manager", "submitted_by", "approved_by")
    return get_object_or_404(rows, pk=pk, stage__project__code=code)


def _check_may_prepare(user: User, project: PilotProject) -> None:
    """Whoever may do the step "prepare" may generate its document."""
    if not holds(user, PREPARE, project):
        raise NotAllowedForYou(
            _("Only the managers of project %(code)s can generate its documents; ask %(manager)s.")
            % {"code": project.code, "manager": project.manager}
        )


def _next(request: PersonRequest) -> str:
    """Where the form wants to go back to, if that is a page of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


def _running(paper: Deliverable) -> DeliverableProcess | None:
    return DeliverableProcess.objects.filter(deliverable=paper).exclude(status__in=CLOSED).first()


def _approved_by(paper: Deliverable) -> str:
    """Who approved it, and for whom if they stood in."""
    if paper.approved_by is None:
        return ""
    absent = history.stood_in(paper, "deliverable.approved", case=paper.stage.project)
    return acting_name(paper.approved_by, absent)


def _rights(request: PersonRequest, paper: Deliverable, process: DeliverableProcess | None) -> dict[str, bool]:
    """Which buttons the page offers; each act checks again."""
    project = paper.stage.project
    manager = policies.can_manage(request.user, project)
    return {
        "prepare": holds(request.user, PREPARE, project) and paper.status in (Status.DRAFTING, Status.RETURNED),
        "restart": manager and process is None and paper.status in (Status.REJECTED, Status.CANCELLED),
        "cancel": manager and process is not None,
        "recall": paper.status == Status.FORMAT_CHECK and paper.submitted_by_id == request.user.pk,
    }


def _rounds(paper: Deliverable) -> list[dict[str, Any]]:
    """Reviews and remarks by round, the newest first."""
    reviews = _by_round(paper.reviews.select_related("reviewer", "decided_by").order_by("round", "pk"))
    remarks: dict[int, list[dict[str, Any]]] = {}
    for remark in remarks_of(paper):
        remarks.setdefault(remark["round"], []).append(remark)
    return [
        {
            "number": number,
            "reviews": [_review(review, paper) for review in reviews.get(number, [])],
            "remarks": remarks.get(number, []),
        }
        for number in range(paper.round, 0, -1)
    ]


def _by_round(rows: Any) -> dict[int, list[Any]]:
    return {number: list(group) for number, group in groupby(rows, key=lambda row: row.round)}


def _review(review: Review, paper: Deliverable) -> dict[str, Any]:
    is_open = paper.status == Status.IN_REVIEW and review.round == paper.round
    undecided = _("Not decided yet") if is_open else _("Not needed: the others decided")
    return {
        "who": history.reviewer_name(review),
        "tone": VERDICT_TONES[Review.Verdict(review.verdict)] if review.verdict else "no",
        "label": review.get_verdict_display() if review.verdict else undecided,
        "when": review.decided_at,
    }
