"""Sending a paper on its way and taking it back: the acts together with their flow."""

from __future__ import annotations

from datetime import datetime

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _
from viewflow.workflow.exceptions import FlowLockFailed

from documents.models import Document
from people import audit
from people.models import User
from projects.errors import NotAllowedForYou, NotAllowedNow
from workflows import signing
from workflows.errors import Busy
from workflows.flows import PaperFlow
from workflows.models import PaperProcess
from workflows.papers.about import can_prepare


@transaction.atomic
def send(document: Document, *, by: User, now: datetime | None = None) -> PaperProcess:
    """Send a paper's newest draft to the clerk, and after the check to the leader.

    Raises NotAllowedForYou, NotReady without a draft, for a paper that gets no number and for one of a kind that is
    made no more, NotAllowedNow when it is under way already.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    _check_author(document, by)
    signing.check_can_be_sent(document)
    if signing.open_run(document):
        raise NotAllowedNow(_("“%(title)s” is under way already.") % {"title": document.title})
    process: PaperProcess = PaperFlow.start.run(document=document, by=by)
    signing.record_sent(process, by=by, now=now)
    return process


def take_back(document: Document, *, by: User, now: datetime | None = None) -> None:
    """Take a paper back that was sent: its run ends, and the author may prepare it anew.

    Raises NotAllowedForYou, NotAllowedNow for one that is not under way (any more), Busy.
    """
    _check_author(document, by)
    run = signing.open_run(document)
    if run is None:
        raise NotAllowedNow(_("“%(title)s” is not under way.") % {"title": document.title})
    try:
        with PaperFlow.instance.lock(run.pk):
            PaperFlow.instance.cancel(run)
            audit.record(
                "document.taken_back",
                by=by,
                target=document,
                case=document.case,
                province=document.organisation.province,
                at=now,
                title=document.title,
            )
    except (FlowLockFailed, OperationalError) as error:
        raise Busy from error


def _check_author(document: Document, by: User) -> None:
    if not can_prepare(by, document.subject):
        raise NotAllowedForYou(
            _(
                "Only those who keep the case can send its papers: its managers, and the field helpers for classes "
                "and surveys."
            )
        )
