"""The light page behind a link in a message: one step, its summary, and the decision."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from viewflow.workflow.models import Task

from documents.models import DocumentVersion
from people.errors import Refusal
from projects.models import Deliverable
from projects.views.case import PersonRequest
from workflows import decision_links, engine, handover, inbox
from workflows.decision_links import LinkExpired, LinkUnknown
from workflows.errors import FormInvalid
from workflows.steps import Step
from workflows.views.desk import decision_of, form_for, status_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def decide(request: PersonRequest, token: str) -> HttpResponse:
    """Show the step that the link was made for; POST decides it.

    A forged link, and one made for another person, open the same page: nothing is given away.
    """
    try:
        known = decision_links.read(token)
    except LinkExpired:
        return render(request, "workflows/decide_not.html", {"is_expired": True}, status=410)
    except LinkUnknown:
        return _not_yours(request)
    visible = inbox.for_list(inbox.visible_to(request.user))
    task = visible.filter(pk=known.task_id).first() if known.user_id == request.user.pk else None
    if task is None:
        return _not_yours(request)
    if request.method != "POST":
        return _page(request, task, form=_light_form(request, task))
    try:
        handover.check_known(task)
        engine.perform(task, user=request.user, data=request.POST, files=request.FILES)
    except Refusal as refusal:
        return _refused(request, visible.get(pk=task.pk), refusal)
    return render(request, "workflows/decide_done.html", {"step": Step(task), "decision": decision_of(task, request)})


def _not_yours(request: PersonRequest) -> HttpResponse:
    return render(request, "workflows/decide_not.html", {}, status=404)


def _light_form(request: PersonRequest, task: Task, *typed: Any) -> Form | None:
    """The step's form, unless the step needs the desk: a document is prepared there."""
    form: Any = form_for(task, request.user, *typed)
    return None if form is None or form.prepares else form


def _refused(request: PersonRequest, task: Task, refusal: Refusal) -> HttpResponse:
    status = status_of(refusal)
    if isinstance(refusal, FormInvalid):
        form: Any = refusal.form
        return _page(request, task, form=None if form.prepares else form, status=status)
    form = _light_form(request, task, request.POST, request.FILES)
    return _page(request, task, form=form, refusal=refusal, status=status)


def _page(
    request: PersonRequest, task: Task, *, form: Form | None, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    step = Step(task)
    context = {
        "step": step,
        "form": form,
        "refusal": refusal,
        "problems": getattr(refusal, "problems", ()),
        "is_open": inbox.is_open(task) and not step.is_retired,
        "version": _newest(step),
        "rows": _summary(step),
    }
    return render(request, "workflows/decide.html", context, status=status)


def _newest(step: Step) -> DocumentVersion | None:
    if step.deliverable is None:
        return None
    return DocumentVersion.objects.filter(document__deliverable=step.deliverable).order_by("-number").first()


def _summary(step: Step) -> list[dict[str, Any]]:
    """What somebody in a meeting must know: where it belongs, from whom, until when, what changed, remarks."""
    rows: list[tuple[str, Any]] = [(_("Project"), step.project), (_("About"), step.about)]
    paper = step.deliverable
    if paper and paper.submitted_at:
        sent = date_format(localtime(paper.submitted_at), "SHORT_DATETIME_FORMAT")
        facts = {"person": paper.submitted_by, "time": sent, "round": paper.round}
        rows.append((_("Submitted"), _("%(person)s, %(time)s, round %(round)d") % facts))
        if paper.round > 1:
            rows.append((_("What changed"), _changed(paper)))
        count = paper.remarks.filter(addressed_at=None).count()
        remarks = ngettext("%(count)d remark", "%(count)d remarks", count) % {"count": count}
        rows.append((_("Open remarks"), remarks if count else _("None")))
    elif step.sender:
        rows.append((_("Sent by"), step.sender))
    if step.due_on:
        rows.append((_("Due"), f"{date_format(step.due_on)} – {step.slip}"))
    return [{"label": label, "value": value} for label, value in rows]


def _changed(paper: Deliverable) -> str:
    """One line about the round: how many of the last round's remarks the author ticked off."""
    remarks = paper.remarks.filter(round=paper.round - 1)
    done, total = remarks.filter(addressed_at__isnull=False).count(), remarks.count()
    return _("%(done)d of %(total)d remarks of the last round are marked as corrected") % {"done": done, "total": total}
