"""The register of company standards (TCCS) and local regulations (QCĐP): two kinds, two ways to be issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import AdminUnit, User
from registry import policies
from registry.actions.holding import attach, write
from registry.actions.keeping import keep, keep_current
from registry.errors import NotAllowedForYou, NotNow, PaperRefused
from registry.models import LocalStandard
from registry.uploads import Upload

REGULATION = LocalStandard.Kind.REGULATION


@transaction.atomic
def register_local_standard(
    *, values: Mapping[str, Any], guide: Upload | None = None, by: User, now: datetime | None = None
) -> LocalStandard:
    """Enter a paper in the register, not issued yet. Its province is the owner's.

    `values` are checked values of kind, number, version, title, group, producer and organisation.
    Raises PaperRefused when it names no owner, two, or a producer for a regulation.
    """
    province = _province_of(values, by)
    row = LocalStandard(province=province)
    write(row, values)
    attach(row, "guide", guide)
    _record("registry.local_standard_registered", row, by=by, now=now)
    return row


@transaction.atomic
def edit_local_standard(
    row: LocalStandard, *, values: Mapping[str, Any], guide: Upload | None = None, by: User
) -> LocalStandard:
    """Correct an entry that is not issued yet; the guide may be added or replaced later too. Raises NotNow."""
    keep(row.province, by)
    row = _locked(row)
    if row.issued_on and values:
        raise NotNow(
            _("%(paper)s was issued on %(day)s and stays as it is; enter the next version instead.")
            % {"paper": row, "day": row.issued_on.strftime("%d/%m/%Y")}
        )
    if values:
        if _province_of(values, by) != row.province:
            raise PaperRefused(_("The owner is in another province; enter the paper there."))
        write(row, values)
    attach(row, "guide", guide)
    _record("registry.local_standard_edited", row, by=by, now=None)
    return row


@transaction.atomic
def issue_local_standard(
    row: LocalStandard, *, issued_on: date, decision_number: str = "", by: User, now: datetime | None = None
) -> LocalStandard:
    """Record that the paper was issued.

    A company standard is issued by its owner, and whoever keeps the register notes the day. A local
    regulation is issued by the committee: a leader confirms it with the number of the decision
    (Law on standards and technical regulations, article 27). Raises NotAllowedForYou, NotNow, PaperRefused.
    """
    row = _locked(row)  # its kind, which an edit may have changed, says who may
    if not policies.can_issue(by, row):
        raise NotAllowedForYou(
            _("A leader confirms a local regulation; those who keep the register note a company standard's issue.")
        )
    if row.issued_on:
        raise NotNow(_("%(paper)s was issued already; enter the next version instead.") % {"paper": row})
    if row.kind == REGULATION and not decision_number:
        raise PaperRefused(_("A local regulation needs the number of the committee's decision; a standard does not."))
    row.issued_on, row.approved_by = issued_on, by
    row.decision_number = decision_number if row.kind == REGULATION else ""
    row.save(update_fields=["issued_on", "approved_by", "decision_number"])
    _record("registry.local_standard_issued", row, by=by, now=now)
    return row


def _province_of(values: Mapping[str, Any], by: User) -> AdminUnit:
    """Return the owner's province, locked, if the user keeps its registry."""
    if producer := values.get("producer"):
        return keep_current(producer, by)
    if organisation := values.get("organisation"):
        return keep(organisation.province, by)
    raise PaperRefused(_("Name one owner: a producer or an agency."))


def _locked(row: LocalStandard) -> LocalStandard:
    rows = LocalStandard.objects.select_for_update(of=("self",)).select_related("province")
    fresh: LocalStandard = rows.get(pk=row.pk)
    return fresh


def _record(verb: str, row: LocalStandard, *, by: User, now: datetime | None) -> None:
    facts: dict[str, Any] = {"number": row.number, "version": row.version}
    audit.record(verb, by=by, target=row, province=row.province, at=now, **facts)
