"""Who was reached by the classes: organisations of those that take part, and people, each counted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from projects.models import Attendance, PilotProject
from registry.models import Producer
from registry.search import fold


@dataclass(frozen=True)
class Share:
    """A number of a whole: 30 of 54."""

    count: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down so that 100 means all; 0 of nothing is 0."""
        return 100 * self.count // self.total if self.total else 0


@dataclass(frozen=True)
class AgencyRow:
    """An agency and how many of its people came (GL-2.2)."""

    name: str
    people: int
    passed: int
    classes: int


@dataclass(frozen=True)
class Coverage:
    """What the classes of a project reached."""

    organisations: Share  # enrolled producers with a person who came
    organisations_passed: Share  # … with a person who passed the check
    people: int  # distinct, see `same_people`
    people_passed: int
    visits: int  # attendances: a person in two classes counts twice here
    invited: int
    no_shows: int  # invited to a class that was held, and not there
    agencies: tuple[AgencyRow, ...]
    missing: tuple[Producer, ...]  # enrolled producers of which nobody came


def coverage(project: PilotProject) -> Coverage:
    """Count the project's classes; a fixed number of queries."""
    rows = list(Attendance.objects.filter(session__project=project).select_related("producer"))
    enrolled = {
        producer.pk: producer
        for producer in Producer.objects.filter(
            pk__in=project.enrolled_products().order_by().values("producer")
        ).order_by("name", "pk")
    }
    came = {row.producer_id for row in rows} & set(enrolled)
    passed = {row.producer_id for row in rows if row.passed_check} & set(enrolled)
    people = same_people(rows)
    invited, no_shows = _invited(project)
    return Coverage(
        organisations=Share(len(came), len(enrolled)),
        organisations_passed=Share(len(passed), len(enrolled)),
        people=len(people),
        people_passed=sum(any(row.passed_check for row in person) for person in people),
        visits=len(rows),
        invited=invited,
        no_shows=no_shows,
        agencies=_agencies(rows),
        missing=tuple(producer for key, producer in enrolled.items() if key not in came),
    )


def same_people(rows: Iterable[Attendance]) -> list[list[Attendance]]:
    """Return the attendances person by person.

    Two are one person when they have the same phone number (unless it is marked as shared), or the same
    name at the same organisation.
    """
    groups: list[list[Attendance]] = []
    known: dict[tuple[Any, ...], list[Attendance]] = {}
    for row in rows:
        keys = _marks(row)
        group: list[Attendance] = [row]
        for old in {id(known[key]): known[key] for key in keys if key in known}.values():
            group = old + group
            groups = [one for one in groups if one is not old]
        groups.append(group)
        known |= dict.fromkeys((key for member in group for key in _marks(member)), group)
    return groups


def _marks(row: Attendance) -> list[tuple[Any, ...]]:
    """By what a person is known again."""
    marks: list[tuple[Any, ...]] = [("name", fold(row.person_name), row.producer_id, fold(row.agency))]
    return [*marks, ("phone", row.phone)] if row.phone and not row.shares_phone else marks


def _invited(project: PilotProject) -> tuple[int, int]:
    """How many were invited, and how many of them did not come to a class that was held."""
    rows = project.training_sessions.values_list("held_on", "invitations__pk", "invitations__attendance__pk").exclude(
        invitations=None
    )
    known = list(rows)
    return len(known), sum(1 for held_on, _invitation, came in known if held_on is not None and came is None)


def _agencies(rows: Iterable[Attendance]) -> tuple[AgencyRow, ...]:
    names: dict[str, str] = {}
    by_agency: dict[str, list[Attendance]] = {}
    for row in rows:
        if row.agency:
            key = fold(row.agency)
            names.setdefault(key, row.agency)
            by_agency.setdefault(key, []).append(row)
    return tuple(
        AgencyRow(
            name=names[key],
            people=len(same := same_people(of_agency)),
            passed=sum(any(row.passed_check for row in person) for person in same),
            classes=len(Counter(row.session_id for row in of_agency)),
        )
        for key, of_agency in sorted(by_agency.items())
    )
