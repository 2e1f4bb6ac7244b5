"""Naming the acceptance council of a project, and changing it before it meets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notices.actions import tell
from people.models import User
from projects import council as rules_of
from projects import seats
from projects.actions.council import log, moment_of, open_council
from projects.errors import GateNotPassed, NotAllowedForYou, NotAllowedNow
from projects.models import Council, CouncilMember, CouncilRules, PilotProject

Seats = Sequence[tuple[User, str]]


@dataclass(frozen=True, kw_only=True)
class Call:
    """What the decision on the council says, and when the dossier came in."""

    rules: CouncilRules
    decision_number: str
    decision_date: date
    meets_at: datetime
    place: str
    dossier_on: date


@transaction.atomic
def call_council(project: PilotProject, call: Call, named: Seats, *, by: User, now: datetime | None = None) -> Council:
    """Name the council of a running project and tell its members.

    Raises NotAllowedForYou for anyone but the project's managers and clerks, NotAllowedNow while another
    council is open or after the project is closed, GateNotPassed with everything wrong with its members.
    """
    project = PilotProject.objects.select_for_update(of=("self",)).select_related("province").get(pk=project.pk)
    _check_caller(project, by)
    if project.status != PilotProject.Status.RUNNING:
        raise NotAllowedNow(
            _("Project %(code)s is %(status)s; a council judges a running project.")
            % {"code": project.code, "status": project.get_status_display().lower()}
        )
    if (known := project.councils.filter(closed_at=None).first()) is not None:
        raise NotAllowedNow(
            _("The council of decision %(number)s is still open; change it, or close it first.")
            % {"number": known.decision_number}
        )
    _check_members(project, call, named)
    council = Council.objects.create(project=project, made_by=by, **_columns(call))
    for user, seat in named:
        CouncilMember.objects.create(council=council, user=user, seat=seat)
    log(council, "council.called", by=by, at=now, number=call.decision_number, count=len(named))
    _tell(council, now=now)
    return council


@transaction.atomic
def change_council(council: Council, call: Call, named: Seats, *, by: User, now: datetime | None = None) -> Council:
    """Change decision, time, place or members before the meeting begins; new members are told.

    Raises NotAllowedNow once the meeting has begun, and as `call_council` does.
    """
    council = open_council(council)
    _check_caller(council.project, by)
    if seats.has_begun(council):
        raise NotAllowedNow(
            _("The meeting has begun: its members stay as they are. The secretary can still mark who is present.")
        )
    _check_members(council.project, call, named)
    Council.objects.filter(pk=council.pk).update(**_columns(call))
    log(council, "council.changed", by=by, at=now, number=call.decision_number)
    _change_members(council, dict(named), by=by, now=now)
    council = open_council(council)
    _tell(council, now=now)
    return council


def _change_members(council: Council, named: Mapping[User, str], *, by: User, now: datetime | None) -> None:
    known = {member.user: member for member in council.members.select_related("user")}
    for user, member in known.items():
        if user not in named:
            member.delete()
            log(council, "council.member_removed", by=by, at=now, to=user.pk, seat=member.seat)
        elif member.seat != named[user]:
            member.seat = named[user]
            member.save(update_fields=["seat"])
            log(council, "council.seat_changed", by=by, at=now, to=user.pk, seat=member.seat)
    for user, seat in named.items():
        if user not in known:
            CouncilMember.objects.create(council=council, user=user, seat=seat)
            log(council, "council.member_added", by=by, at=now, to=user.pk, seat=seat)


def _columns(call: Call) -> dict[str, Any]:
    names = ("rules", "decision_number", "decision_date", "meets_at", "place", "dossier_on")
    return {name: getattr(call, name) for name in names}


def _check_members(project: PilotProject, call: Call, named: Seats) -> None:
    problems = rules_of.composition_problems(call.rules, [seat for _user, seat in named])
    if len({user.pk for user, _seat in named}) < len(named):
        problems.append(_("One person sits on two seats; every seat needs a person of its own."))
    if problems := problems + seats.conflicts(project, [user for user, _seat in named]):
        raise GateNotPassed(problems)


def _check_caller(project: PilotProject, user: User) -> None:
    if not seats.can_call(user, project):
        raise NotAllowedForYou(
            _("Only the managers and clerks of project %(code)s name its council; ask %(manager)s.")
            % {"code": project.code, "manager": project.manager}
        )


def _tell(council: Council, *, now: datetime | None) -> None:
    """Tell the members when and where they meet; the same time and place only once."""
    time = moment_of(council.meets_at)
    tell(
        "council.called",
        [member.user for member in council.members.select_related("user")],
        key=f"council:{council.pk}:{timezone.localtime(council.meets_at):%Y%m%d%H%M}:{council.place[:40]}",
        facts={"project": council.project.code, "time": time, "place": council.place},
        url=council.get_absolute_url(),
        case=council.project,
        province=council.project.province,
        now=now,
    )
