"""The one page of a paper: what the register knows of it, its text, who has it, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents import actions as documents
from documents.checking import checks_of
from documents.models import SUBJECTS, Document, DocumentVersion
from documents.paper_page import record_of
from documents.reading import reading_of
from documents.way import way
from people import audit
from people.frame import PersonRequest, refusals_said
from people.models import User
from workflows import history, inbox, papers, sending, signing
from workflows.cases import DELIVERABLE, PAPER
from workflows.papers.about import can_prepare
from workflows.steps import Step, steps_of
from workflows.views.side_papers import papers_url, prepare_url


@login_required
@require_safe
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything about one paper of the user's provinces; 404 for strangers."""
    document = get_object_or_404(_visible(request.user), pk=pk)
    latest = document.latest
    context = {
        "document": document,
        **record_of(document, request.user),
        "latest": latest,
        "reading": reading_of(latest),
        "checks": checks_of(latest, with_format=_is_draft(latest) and bool(document.symbol)),
        "steps": _open_steps(document),
        "events": history.lines(audit.history(document.case).filter(target=audit.label(document))),
        **(_own_way(document, latest, request.user) if _has_own_way(document) else {}),
        "crumbs": way(),
    }
    return render(request, "workflows/paper.html", context)


@login_required
@require_POST
def send_paper(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the newest draft to the clerk."""
    document = _sendable(request, pk)
    with refusals_said(request):
        sending.send(document, by=request.user)
        messages.success(request, _("“%(title)s” is with the clerk now.") % {"title": document.title})
    return redirect(document)


@login_required
@require_POST
def take_back_paper(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a paper back that is under way."""
    document = _sendable(request, pk)
    with refusals_said(request):
        sending.take_back(document, by=request.user)
        messages.success(request, _("“%(title)s” is with you again.") % {"title": document.title})
    return redirect(document)


def _visible(user: User) -> Any:
    return Document.objects.visible_to(user).select_related(*SUBJECTS, "organisation__province")


def _sendable(request: PersonRequest, pk: int) -> Document:
    """The paper, if it goes its own way to its number; those of deliverables and councils go with them."""
    visible = _visible(request.user).filter(deliverable=None, council=None)
    document: Document = get_object_or_404(visible, pk=pk)
    return document


def _has_own_way(document: Document) -> bool:
    return not isinstance(document.subject, papers.WITH_OWN_FLOW)


def _own_way(document: Document, latest: DocumentVersion | None, user: User) -> dict[str, Any]:
    """What the author can do with a paper that is sent by itself, and what it was sent back with."""
    thing, run = document.subject, signing.open_run(document)
    kind = papers.kinds_about(thing).get(document.kind)
    is_made = kind is not None and kind.occasion_of(thing, document.occasion) is not None
    may_keep = can_prepare(user, thing)
    waits = latest is not None and documents.waits_for_number(latest)
    return {
        "has_own_way": True,
        "papers_url": papers_url(thing),
        "run": run,
        "may_prepare": may_keep and is_made,
        "may_take_back": may_keep and run is not None,
        "waits": waits,
        "may_send": may_keep and kind is not None and run is None and bool(document.symbol) and waits,
        "prepare_url": prepare_url(thing, document.kind, document.occasion),
        "replace_url": prepare_url(thing, document.kind, document.occasion, replace="1"),
    }


def _is_draft(version: DocumentVersion | None) -> bool:
    return version is not None and version.state == DocumentVersion.State.DRAFT


def _open_steps(document: Document) -> list[Step]:
    """The steps that wait for somebody: of the paper's own run, or of its deliverable's."""
    about = Q(**{PAPER: document})
    if document.deliverable:
        about |= Q(**{DELIVERABLE: document.deliverable})
    return steps_of(inbox.for_list(inbox.steps().filter(about, finished=None)))
