"""Entering the money of a plan line or a project, by year and source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import AdminUnit, User
from projects import policies
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Funding, PilotProject, Plan, PlanLine
from projects.money import dong

FIELDS = ("source", "detail", "year", "planned", "disbursed")
Owner = PlanLine | PilotProject


@transaction.atomic
def enter_funding(owner: Owner, *, by: User, now: datetime | None = None, **answers: Any) -> Funding:
    """Enter money of one source and year (Bắc Kạn 1633/QĐ-UBND, part IV); `answers` are `FIELDS`, amounts in đồng.

    Raises NotAllowedForYou for anyone but managers, NotAllowedNow for more disbursed than planned,
    and for a second row of the same year, source and kind.
    """
    owner = _locked(owner)
    row = Funding(**{_key(owner): owner}, **_clean(answers))
    _check(row, by)
    row.save()
    _log("project.funding_entered", row, by=by, now=now)
    return row


@transaction.atomic
def change_funding(row: Funding, *, by: User, now: datetime | None = None, **answers: Any) -> Funding:
    """Change a row, usually what is disbursed; the same answers again change nothing. Refuses as `enter_funding`."""
    _locked(owner_of(row))
    row = Funding.objects.select_for_update(of=("self",)).get(pk=row.pk)
    before = {name: getattr(row, name) for name in FIELDS}
    for name, value in _clean(answers).items():
        setattr(row, name, value)
    _check(row, by)
    if before != {name: getattr(row, name) for name in FIELDS}:
        row.save()
        facts = {f"{name}_before": dong(before[name]) for name in ("planned", "disbursed")}
        _log("project.funding_changed", row, by=by, now=now, **facts)
    return row


@transaction.atomic
def remove_funding(row: Funding, *, by: User, now: datetime | None = None) -> None:
    """Take out a row that was entered by mistake; what it said stays in the history. Refuses as `enter_funding`."""
    _locked(owner_of(row))
    found = Funding.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        return
    _check_manager(found, by)
    _log("project.funding_removed", found, by=by, now=now)
    found.delete()


def owner_of(row: Funding) -> Owner:
    """Return the plan line or project that the money is for."""
    owner = row.line or row.project
    if owner is None:
        raise ValueError(f"funding {row.pk} is of nothing")  # the database holds that it is of one of them
    return owner


def may_enter(user: User, owner: Owner) -> bool:
    """Whether the user enters the money: a line's the managers of the province, a project's its managers."""
    if isinstance(owner, PlanLine):
        return policies.can_create_project(user, owner.plan.programme.province_id)
    return policies.can_manage(user, owner)


def _key(owner: Owner) -> str:
    return "line" if isinstance(owner, PlanLine) else "project"


def _locked(owner: Owner) -> Owner:
    """Lock the owner's row, so that the same money is not entered twice at once."""
    if isinstance(owner, PlanLine):
        lines = PlanLine.objects.select_for_update(of=("self",)).select_related("plan__programme__province")
        return lines.get(pk=owner.pk)
    found: PilotProject = (
        PilotProject.objects.select_for_update(of=("self",)).select_related("province").get(pk=owner.pk)
    )
    return found


def _clean(answers: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: answers[name] for name in FIELDS}
    return known | {"detail": " ".join(str(known["detail"]).split())}


def _check(row: Funding, by: User) -> None:
    _check_manager(row, by)
    if row.disbursed > row.planned:
        raise NotAllowedNow(_("More is disbursed than planned; correct one of the amounts."))
    same = Funding.objects.filter(line=row.line_id, project=row.project_id, year=row.year, source=row.source)
    if same.filter(detail__iexact=row.detail).exclude(pk=row.pk).exists():
        raise NotAllowedNow(
            _("Money of this year, source and kind is entered already; change that row, or name the kind of money.")
        )


def _check_manager(row: Funding, by: User) -> None:
    if not may_enter(by, owner_of(row)):
        raise NotAllowedForYou(_("Only the managers enter the money; ask one of them."))


def _log(verb: str, row: Funding, *, by: User, now: datetime | None, **facts: Any) -> None:
    owner = owner_of(row)
    case: Plan | PilotProject = owner.plan if isinstance(owner, PlanLine) else owner
    province: AdminUnit = owner.plan.programme.province if isinstance(owner, PlanLine) else owner.province
    plain = {"source": row.source, "year": row.year, "planned": dong(row.planned), "disbursed": dong(row.disbursed)}
    audit.record(verb, by=by, target=row, case=case, province=province, at=now, **plain, **facts)
