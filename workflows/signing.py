"""A paper's way to the leader's signature: what the author, the clerk and the leader do with it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import actions as documents
from documents.blueprints import BLUEPRINTS
from documents.errors import NotReady
from documents.models import Document, RegisterEntry
from people import audit
from people.models import User
from projects.actions import annex as plans
from projects.errors import NotAllowedForYou
from workflows.models import PaperProcess


def open_run(document: Document) -> PaperProcess | None:
    """Return the run in which the paper is under way; None before it is sent and after it has its number."""
    return PaperProcess.objects.filter(document=document, finished=None).order_by("-pk").first()


def check_can_be_sent(document: Document) -> None:
    """Raise NotReady unless the newest version is a draft that gets a number, of a kind that is still made."""
    if document.kind not in BLUEPRINTS:
        raise NotReady(
            _("“%(title)s” is of a kind that is made no more; prepare the paper that took its place.")
            % {"title": document.title}
        )
    if not document.symbol:
        raise NotReady(
            _("“%(title)s” gets no number here: print it, and the producer signs it.") % {"title": document.title}
        )
    documents.draft_to_issue(document)


def record_check(run: PaperProcess, *, by: User, passed: bool, note: str = "", now: datetime | None = None) -> None:
    """The clerk lets the paper's format pass, or sends it back and says why. Raises NotAllowedForYou for its author."""
    _check_apart(run, by)
    run.checked_by, run.note = (by, "") if passed else (None, note)
    run.save(update_fields=["checked_by", "note"])
    _record("document.checked" if passed else "document.sent_back", run, by=by, now=now, reason=note)


def record_signature(run: PaperProcess, *, by: User, signed: bool, note: str = "", now: datetime | None = None) -> None:
    """The leader signs the paper, or sends it back and says why; it is then checked anew.

    Raises NotAllowedForYou for its author and for whoever checked it.
    """
    _check_apart(run, by)
    if signed:
        run.signed_by, run.note = by, ""
    else:
        run.checked_by, run.note = None, note
    run.save(update_fields=["signed_by", "checked_by", "note"])
    _record("document.signed" if signed else "document.sent_back", run, by=by, now=now, reason=note)


def record_sent(run: PaperProcess, *, by: User, now: datetime | None = None) -> None:
    """The author sends the newest draft (again). Raises NotReady without one."""
    check_can_be_sent(run.document)
    run.sent_by = by
    run.save(update_fields=["sent_by"])
    _record("document.sent", run, by=by, now=now)


def issue(run: PaperProcess, *, now: datetime | None = None) -> RegisterEntry:
    """Number the signed paper and put it in force; a plan's own paper gives the plan its number and day.

    Raises NotReady for one that is not signed, has no draft or is of a kind that was retired since it was sent (its
    number would take the place of the plan's), NotAllowedNow when the plan's number is taken.
    """
    leader = run.signed_by
    if leader is None:
        raise NotReady(_("“%(title)s” is not signed yet.") % {"title": run.document.title})
    check_can_be_sent(run.document)
    entry = documents.issue(run.document, signer=leader, on=timezone.localdate(now), by=leader, now=now)
    if plan := run.document.plan:  # its own paper: the plan is known by that number from now on
        plans.number_plan(plan, number=entry.full_number, issued_on=entry.issued_on, by=leader, now=now)
    return entry


def _check_apart(run: PaperProcess, by: User) -> None:
    """Drafter, checker and signer are different people (domain: drafter ≠ reviewer, checker ≠ signer)."""
    if by.pk in (run.sent_by_id, run.checked_by_id):
        raise NotAllowedForYou(
            _("Whoever sent or checked “%(title)s” does not decide on it as well; ask a colleague.")
            % {"title": run.document.title}
        )


def _record(verb: str, run: PaperProcess, *, by: User, now: datetime | None, **facts: str) -> None:
    document = run.document
    province, title = document.organisation.province, document.title
    audit.record(verb, by=by, target=document, case=document.case, province=province, at=now, title=title, **facts)
