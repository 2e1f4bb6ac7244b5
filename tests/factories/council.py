"""Councils and their meetings: people from other offices, seats, sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from importlib import import_module

from people.models import User
from projects.actions import council as actions
from projects.actions import council_naming
from projects.actions.council_naming import Call
from projects.models import Council, CouncilMember, CouncilRules, PilotProject
from tests.factories.people import Office, OrganisationFactory, Role, member

migration = import_module("projects.migrations.0004_council_rules")

Seat = CouncilMember.Seat
SEATS = (Seat.CHAIR, Seat.VICE_CHAIR, Seat.REVIEWER, Seat.REVIEWER, Seat.SECRETARY)
MEETS_AT = datetime(2022, 10, 5, 8, 0, tzinfo=timezone(timedelta(hours=7)))
NOW = MEETS_AT + timedelta(minutes=30)


def built_in() -> CouncilRules:
    """Return the rules that a fresh installation has; tests that empty the tables take them away."""
    rules, _made = CouncilRules.objects.get_or_create(code=migration.BUILT_IN["code"], defaults=migration.BUILT_IN)
    return rules


def seats_of(size: int) -> list[Seat]:
    """Return the seats of a council: those of one person each, then plain members."""
    return [*SEATS, *[Seat.MEMBER] * (size - len(SEATS))]


def outsiders(office: Office, count: int) -> list[User]:
    """Return officials of the province who have no part in its projects."""
    prefix = office.leader.username.removesuffix("lanhdao")
    department = OrganisationFactory(
        code=f"so-{office.province.code}", province=office.province, name=f"Sở của {office.province.name} (giả lập)"
    )
    return [member(f"{prefix}hoidong{number}", Role.INSPECTOR, department) for number in range(1, count + 1)]


def call(**changes: object) -> Call:
    """Return what the decision says."""
    values = {
        "rules": built_in(),
        "decision_number": "12/QĐ-SKHCN",
        "decision_date": date(2022, 9, 30),
        "meets_at": MEETS_AT,
        "place": "Phòng họp tầng 2",
        "dossier_on": date(2022, 9, 15),
    }
    return Call(**(values | changes))  # type: ignore[arg-type]


def named(office: Office, size: int = 7) -> list[tuple[User, str]]:
    """Return the council's people: the office's leader chairs, the rest come from elsewhere."""
    people = [office.leader, *outsiders(office, size - 1)]
    return list(zip(people, map(str, seats_of(size)), strict=True))


def council(project: PilotProject, office: Office, size: int = 7, **changes: object) -> Council:
    """Return an open council of a running project."""
    PilotProject.objects.filter(pk=project.pk, status=PilotProject.Status.DRAFT).update(
        status=PilotProject.Status.RUNNING
    )
    return council_naming.call_council(project, call(**changes), named(office, size), by=office.manager, now=MEETS_AT)


def people_of(council: Council) -> list[User]:
    """Return the members' people in the order of their seats."""
    return [member.user for member in council.members.select_related("user").order_by("pk")]


def secretary(council: Council) -> User:
    """Return who keeps the council's papers."""
    user: User = council.members.select_related("user").get(seat=Seat.SECRETARY).user
    return user


def meet(council: Council, grades: Sequence[str], *, absent: Sequence[User] = ()) -> Council:
    """Let everyone declare no conflict, come (but the absent), and hand in one grade each."""
    present = [seat for seat in council.members.select_related("user").order_by("pk") if seat.user not in absent]
    for seat in present:
        actions.declare(council, by=seat.user, now=NOW)
    actions.mark_present(council, {seat.pk for seat in present}, by=secretary(council), now=NOW)
    for seat, grade in zip(present, grades, strict=True):
        comment = "Chưa đủ khối lượng" if grade == "failed" else ""
        actions.hand_in_sheet(council, by=seat.user, grade=grade, comment=comment, now=NOW)
    return council


def passed(project: PilotProject, office: Office) -> Council:
    """Return a closed council that passed the project."""
    found = meet(council(project, office), ["passed"] * 7)
    return actions.close_council(found, by=secretary(found), opinions="Đồng ý nghiệm thu.", now=NOW)
