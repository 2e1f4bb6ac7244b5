"""Which paper each kind of deliverable is: its symbol, its data class, and who builds the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import actions as documents
from documents.actions import Paper
from documents.errors import NotReady
from documents.models import DocumentVersion, RegisterEntry
from people.models import User
from projects.actions import deliverable as deliverables
from projects.errors import NotAllowedNow
from projects.models import Deliverable

Status = Deliverable.Status


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper: number symbol (NĐ 30/2020, annex III), data class, and the builder of the data."""

    symbol: str
    data_class: type
    build: Callable[[Deliverable], object]


KINDS: dict[str, PaperKind] = {}


def prepare(deliverable: Deliverable, *, by: User) -> DocumentVersion:
    """Generate the deliverable's next draft from the case as it is now.

    Raises NotAllowedNow while others hold the deliverable, NotReady for an unknown kind.
    """
    deliverable = Deliverable.objects.select_related("stage__project__owner__parent", "stage__project__line__plan").get(
        pk=deliverable.pk
    )
    if deliverable.status not in (Status.DRAFTING, Status.RETURNED):
        raise NotAllowedNow(
            _("Deliverable %(code)s is %(status)s; a new version can be made when it is with its author.")
            % {"code": deliverable.code, "status": deliverable.get_status_display().lower()}
        )
    kind = KINDS.get(deliverable.document_kind)
    if kind is None:
        raise NotReady(_("There is no paper of kind “%(kind)s”.") % {"kind": deliverable.document_kind})
    paper = Paper(
        kind=deliverable.document_kind,
        symbol=kind.symbol,
        data=kind.build(deliverable),
        legal_bases=_legal_bases(deliverable),
    )
    return documents.prepare_draft(paper, deliverable=deliverable, by=by)


def issue(deliverable: Deliverable) -> RegisterEntry:
    """Number and issue the approved deliverable's paper; the approving leader signs."""
    leader = deliverable.approved_by
    if leader is None:
        raise NotAllowedNow(_("Deliverable %(code)s has no leader's approval yet.") % {"code": deliverable.code})
    entry = documents.issue(deliverable.document, signer=leader, on=timezone.localdate(), by=leader)
    deliverables.mark_issued(deliverable, by=leader, number=entry.full_number)
    return entry


def _legal_bases(deliverable: Deliverable) -> list[str]:
    """The plan's own bases, and the plan itself: a paper is written because the plan orders it."""
    line = deliverable.stage.project.line
    if line is None:
        return []
    plan = line.plan
    bases = [str(basis) for basis in plan.legal_bases]
    if plan.number and plan.issued_on:
        bases.append(
            f"Căn cứ {plan.get_kind_display()} số {plan.number} ngày {plan.issued_on:%d/%m/%Y} của {plan.issuer}"
        )
    return bases
