"""Whether a paper that was issued is in force: revoking it, and which paper took its place."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import policies
from documents.errors import NotReady
from documents.models import Document, DocumentVersion, RegisterEntry
from documents.proofs import Revocation
from people import audit
from people.models import User
from projects.actions import deliverable as deliverables
from projects.errors import NotAllowedForYou

State = DocumentVersion.State


@transaction.atomic
def revoke(
    document: Document,
    *,
    reason: str,
    by: User,
    on: date | None = None,
    by_entry: RegisterEntry | None = None,
    by_paper: str = "",
    now: datetime | None = None,
) -> Revocation:
    """Take the paper in force out of force, by another paper: one of ours, or another agency's as it is named.

    File, number and register entry stay as they are. A deliverable whose paper is revoked is owed again.
    Raises NotAllowedForYou for anyone but the province's leaders; NotReady without a paper in force, a reason or a
    revoking paper, or for a day that cannot be. Source: NĐ 30/2020/NĐ-CP, article 18 (recalling papers).
    """
    document = (
        Document.objects.select_for_update(of=("self",)).select_related("organisation__province").get(pk=document.pk)
    )
    if not policies.can_revoke(by, document):
        raise NotAllowedForYou(_("Only the leaders of the agency's province can revoke a paper."))
    version = document.issued
    if version is None:
        raise NotReady(_("“%(title)s” has no paper in force that could be revoked.") % {"title": document.title})
    entry = version.register_entry
    on = on or timezone.localdate(now)
    _check(entry, reason=reason, on=on, by_entry=by_entry, by_paper=by_paper, today=timezone.localdate(now))
    version.state = State.REVOKED
    version.save(update_fields=["state"])
    revocation = Revocation.objects.create(
        version=version,
        revoked_on=on,
        reason=reason.strip(),
        by_entry=by_entry,
        by_paper=by_paper.strip(),
        recorded_by=by,
    )
    if document.deliverable:
        deliverables.mark_revoked(document.deliverable, by=by, number=entry.full_number, now=now)
    facts = {
        "title": document.title,
        "number": entry.full_number,
        "reason": revocation.reason,
        "paper": revocation.paper,
    }
    province = document.organisation.province
    audit.record("document.revoked", by=by, target=document, case=document.case, province=province, at=now, **facts)
    return revocation


def _check(
    entry: RegisterEntry, *, reason: str, on: date, by_entry: RegisterEntry | None, by_paper: str, today: date
) -> None:
    if not reason.strip():
        raise NotReady(_("Say why %(number)s is revoked.") % {"number": entry})
    if (by_entry is None) == (not by_paper.strip()):
        raise NotReady(
            _("Name the paper that revokes %(number)s: one of the register, or another agency's.") % {"number": entry}
        )
    if by_entry == entry:
        raise NotReady(_("%(number)s cannot revoke itself; name another paper.") % {"number": entry})
    if not entry.issued_on <= on <= today:
        raise NotReady(
            _("%(number)s was issued on %(day)s: it can be revoked from that day on until today.")
            % {"number": entry, "day": f"{entry.issued_on:%d/%m/%Y}"}
        )


def replacement_of(version: DocumentVersion) -> DocumentVersion | None:
    """Return the version that superseded this one: the next of its document that has a number."""
    if version.state != State.SUPERSEDED:
        return None
    later = version.document.versions.filter(number__gt=version.number, register_entry__isnull=False)
    return later.select_related("register_entry__series__organisation").order_by("number").first()
