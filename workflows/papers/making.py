"""Preparing drafts from the case as it is now, and issuing what was approved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import actions as documents
from documents.actions import Paper
from documents.errors import NotReady
from documents.models import Document, DocumentVersion, RegisterEntry, field_of
from people.models import User
from projects.actions import deliverable as deliverables
from projects.actions.attendance import number_certificates
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Council, Deliverable, TrainingSession
from workflows.contexts.wanted import Wanted
from workflows.papers import classes, councils
from workflows.papers.about import agency_of, can_prepare
from workflows.papers.bases import legal_bases
from workflows.papers.catalogue import kinds_about
from workflows.papers.deliverables import KINDS
from workflows.papers.kinds import PaperKind
from workflows.signing import open_run

Status = Deliverable.Status
NOTHING: Mapping[str, Any] = MappingProxyType({})


def prepare(
    deliverable: Deliverable, *, by: User, renew_template: bool = False, now: datetime | None = None
) -> DocumentVersion:
    """Generate the deliverable's next draft from the case as it is now.

    It keeps the Word template of the draft before it unless the author wants the newer one (`renew_template`).
    Raises NotAllowedNow while others hold the deliverable, NotReady for an unknown kind and when the
    case lacks what the paper must say.
    """
    deliverable = Deliverable.objects.select_related(
        "stage__project__owner__parent", "stage__project__manager", "stage__project__line__plan__issuer"
    ).get(pk=deliverable.pk)
    if deliverable.status not in (Status.DRAFTING, Status.RETURNED):
        raise NotAllowedNow(
            _("Deliverable %(code)s is %(status)s; a new version can be made when it is with its author.")
            % {"code": deliverable.code, "status": deliverable.get_status_display().lower()}
        )
    kind = KINDS.get(deliverable.document_kind)
    if kind is None:
        raise NotReady(_("There is no paper of kind “%(kind)s”.") % {"kind": deliverable.document_kind})
    wanted = Wanted(deliverable, timezone.localdate(now))
    paper = _paper(deliverable.document_kind, kind, wanted)
    return documents.prepare_draft(paper, deliverable, by=by, renew_template=renew_template, now=now)


@transaction.atomic
def prepare_about(
    subject: models.Model,
    key: str,
    *,
    by: User,
    occasion: str = "",
    entries: Mapping[str, Any] = NOTHING,
    renew_template: bool = False,
    now: datetime | None = None,
    is_replacement: bool = False,
) -> DocumentVersion:
    """Generate the next draft of a paper about a subject; `entries` are the raw values of the kind's form.

    A replacement of an issued paper gets a number of its own; the old one is in force until then.

    Who passed a class gets the next certificate numbers first. Raises NotAllowedForYou, and NotReady for a kind
    or occasion that the subject does not have, for entries that are wrong, and when the records lack what the
    paper must say.
    """
    subject = type(subject)._default_manager.get(pk=subject.pk)
    kind = kinds_about(subject).get(key)
    if kind is None or kind.occasion_of(subject, occasion) is None:
        raise NotReady(
            _("There is no paper of kind “%(kind)s” about “%(subject)s”.") % {"kind": key, "subject": subject}
        )
    if not can_prepare(by, subject):
        raise NotAllowedForYou(
            _(
                "Only those who keep the case can prepare its papers: its managers, and the field helpers for classes "
                "and surveys."
            )
        )
    _check_is_with_author(subject, key, occasion)
    day = timezone.localdate(now)
    wanted = Wanted(subject, day, occasion, _cleaned(kind, entries))
    if isinstance(subject, TrainingSession) and key == classes.CERTIFICATES:
        number_certificates(subject, by=by, now=now)
    paper = _paper(key, kind, wanted, entries=entries, by=by)
    return documents.prepare_draft(
        paper, subject, by=by, now=now, is_replacement=is_replacement, renew_template=renew_template
    )


def issue(deliverable: Deliverable, *, now: datetime | None = None) -> RegisterEntry:
    """Number and issue the approved deliverable's paper; the approving leader signs."""
    leader = deliverable.approved_by
    if leader is None:
        raise NotAllowedNow(_("Deliverable %(code)s has no leader's approval yet.") % {"code": deliverable.code})
    entry = documents.issue(deliverable.document, signer=leader, on=timezone.localdate(now), by=leader, now=now)
    deliverables.mark_issued(deliverable, by=leader, number=entry.full_number, now=now)
    return entry


def issue_minutes(council: Council, *, now: datetime | None = None) -> RegisterEntry:
    """Write, number and issue the minutes of a closed council; who presided signs. Raises NotReady."""
    council = Council.objects.select_related(
        "project__owner__parent", "project__manager", "project__line__plan__issuer", "closed_by"
    ).get(pk=council.pk)
    if council.closed_by is None:
        raise NotReady(_("The council is not closed yet; its minutes are written when it is."))
    day = timezone.localdate(now)
    paper = _paper(councils.MINUTES, councils.KINDS[councils.MINUTES], Wanted(council, day))
    version = documents.prepare_draft(paper, council, by=council.closed_by, now=now)
    signer = council.members.get(seat=council.arithmetic["presided_by"]).user
    return documents.issue(version.document, signer=signer, on=day, by=council.closed_by, now=now)


def _check_is_with_author(subject: models.Model, key: str, occasion: str) -> None:
    """Raise NotAllowedNow while the clerk or the leader has the paper; it stays locked until the commit."""
    about = {field_of(subject): subject, "kind": key, "occasion": occasion}
    document = Document.objects.select_for_update(of=("self",)).filter(**about).first()
    run = open_run(document) if document else None
    if run and not run.note:
        raise NotAllowedNow(
            _("“%(title)s” is on its way to its number; take it back to prepare it anew.") % {"title": run.document}
        )


def _paper(
    key: str, kind: PaperKind, wanted: Wanted, *, entries: Mapping[str, Any] = NOTHING, by: User | None = None
) -> Paper:
    return Paper(
        kind=key,
        symbol=kind.symbol,
        data=kind.build(wanted),
        legal_bases=kind.bases(wanted) if kind.bases else legal_bases(wanted.subject),
        recipients=kind.recipients(wanted),
        title=kind.title(wanted.subject, wanted.occasion),
        occasion=wanted.occasion,
        entries=entries,
        organisation=kind.issuer(wanted.subject, wanted.occasion) or (agency_of(by, wanted.subject) if by else None),
        recorded=kind.recorded(wanted.subject),
        by_head=kind.by_head,
    )


def _cleaned(kind: PaperKind, entries: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was typed, as values. Raises NotReady with every mistake."""
    if kind.form is None:
        return NOTHING
    form = kind.form(dict(entries))
    if not form.is_valid():
        errors = ((form.fields[name].label, " ".join(map(str, wrong))) for name, wrong in form.errors.items())
        raise NotReady("; ".join(f"{label}: {wrong}" for label, wrong in errors))
    return form.cleaned_data
