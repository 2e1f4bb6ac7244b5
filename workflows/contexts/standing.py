"""Who stands where in a programme: the committee, the department in the lead, and the units that plans name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from people.models import Organisation
from projects.models import PlanLine, Programme
from projects.unit_tasks import printed_name

Kind = Organisation.Kind


def offices_of(programme: Programme, day: date) -> QuerySet[Organisation]:
    """Return the province's organisations that exist on the day."""
    rows = with_predecessors(Organisation.objects.filter(province=programme.province))
    begun, unended = Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
    return rows.filter(begun, unended).order_by("name", "pk")


def with_predecessors(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Add what the names of a unit are read from, in a fixed number of queries."""
    return rows.select_related("province", "parent").prefetch_related(
        "predecessors__province", "predecessors__predecessors__province"
    )


def committee_of(programme: Programme) -> Organisation | None:
    """Return the people's committee of the province."""
    rows = Organisation.objects.filter(province=programme.province, kind=Kind.COMMITTEE)
    return rows.select_related("province", "parent").order_by("pk").first()


def standing_agency(programme: Programme, day: date) -> Organisation | None:
    """Return the department that gathers the programme's reports ("cơ quan thường trực", BK-V.1a).

    It is the one that the plans name most often as the lead; where they name none, the department above the
    agency that issued them.
    """
    lines = list(PlanLine.objects.filter(plan__programme=programme))
    departments = [office for office in offices_of(programme, day) if office.kind == Kind.DEPARTMENT]
    counts = {office: sum(leads(office, line, day) for line in lines) for office in departments}
    if counts and max(counts.values()):
        return max(departments, key=lambda office: counts[office])
    plan = programme.plans.select_related("issuer__parent__province", "issuer__province").first()
    office = plan.issuer if plan else None
    while office is not None and office.kind != Kind.DEPARTMENT:
        office = office.parent
    return office


def units_named(programme: Programme, lines: Iterable[PlanLine], day: date) -> list[Organisation]:
    """Return the units that report to the department in the lead: those that the lines name, without itself."""
    standing, known = standing_agency(programme, day), list(lines)
    return [
        office
        for office in offices_of(programme, day)
        if office != standing and any(is_named(office, line, day) for line in known)
    ]


def leads(unit: Organisation, line: PlanLine, day: date) -> bool:
    """Whether a line names the unit as the lead, under its own name or that of a unit it has taken over by then."""
    return any(name in line.lead.casefold() for name in _names(unit, day))


def is_named(unit: Organisation, line: PlanLine, day: date) -> bool:
    """Whether a line names the unit as the lead or as a partner."""
    return leads(unit, line, day) or any(name in line.partners.casefold() for name in _names(unit, day))


def _names(unit: Organisation, day: date) -> Iterator[str]:
    yield printed_name(unit).casefold()
    for former in unit.predecessors.all():
        if former.valid_to and former.valid_to < day:
            yield from _names(former, day)
