"""The acceptance council that was named: declaring conflicts, its meeting, its sheets, and closing it.

Every act takes the council's row lock first, so that a closing and a sheet, or two closings, come one after
the other: the second finds the council closed and is told by whom and when.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import council as rules_of
from projects import seats
from projects.errors import GateNotPassed, NotAllowedForYou, NotAllowedNow
from projects.models import (
    Council,
    CouncilMember,
    CouncilSheet,
    Deliverable,
    PilotProject,
    SheetGrade,
)

Seat = CouncilMember.Seat
Grade = CouncilSheet.Grade


# --- before the sheet ------------------------------------------------------------------------
@transaction.atomic
def declare(council: Council, *, by: User, conflict: str = "", now: datetime | None = None) -> CouncilMember:
    """Say whether one has a conflict of interest: `conflict` is what it is, empty for none.

    A conflict takes the member out of the meeting. Raises NotAllowedNow after one's sheet is handed in.
    """
    council = open_council(council)
    member = _seat(council, by)
    if CouncilSheet.objects.filter(member=member).exists():
        raise NotAllowedNow(_("Your sheet is handed in; take it back before you declare anything else."))
    reason = conflict.strip()
    member.has_conflict, member.conflict_reason = bool(reason), reason
    member.is_present = member.is_present and not member.has_conflict
    member.save(update_fields=["has_conflict", "conflict_reason", "is_present"])
    verb = "council.conflict_declared" if reason else "council.no_conflict_declared"
    log(council, verb, by=by, at=now)
    return member


@transaction.atomic
def mark_present(council: Council, present: Collection[int], *, by: User, now: datetime | None = None) -> Council:
    """Write down which members (ids of their seats) are at the meeting, all others are not.

    The secretary or the chair does it, from the day of the meeting on. Raises NotAllowedNow for a member
    with a conflict of interest, and for taking out one whose sheet is handed in.
    """
    council = open_council(council)
    if not seats.leads(_seat(council, by)):
        raise NotAllowedForYou(_("The secretary or the chair writes down who is present."))
    day = timezone.localdate(council.meets_at)
    if timezone.localdate(now) < day:
        raise NotAllowedNow(
            _("The council meets on %(day)s; write down who is present on that day.")
            % {"day": date_format(day, "SHORT_DATE_FORMAT")}
        )
    for member in council.members.select_related("user", "sheet"):
        is_present = member.pk in present
        _check_presence(member, is_present=is_present)
        if member.is_present != is_present:
            member.is_present = is_present
            member.save(update_fields=["is_present"])
    count = council.members.filter(is_present=True).count()
    log(council, "council.presence_marked", by=by, at=now, present=count, count=council.members.count())
    return council


def _check_presence(member: CouncilMember, *, is_present: bool) -> None:
    if is_present and member.has_conflict:
        raise NotAllowedNow(
            _("%(person)s declared a conflict of interest and takes no part in the meeting.") % {"person": member.user}
        )
    if not is_present and hasattr(member, "sheet"):
        raise NotAllowedNow(
            _("%(person)s has handed in a sheet and counts as present; they can take the sheet back first.")
            % {"person": member.user}
        )


# --- the sheets ------------------------------------------------------------------------------
@transaction.atomic
def hand_in_sheet(
    council: Council,
    *,
    by: User,
    grade: str,
    comment: str = "",
    lines: Mapping[rules_of.Line, str] | None = None,
    now: datetime | None = None,
) -> CouncilSheet:
    """Hand in, or replace, one's own sheet; lines left open take the overall grade.

    Raises NotAllowedNow for a member who is not present or has not declared, and for "not passed"
    without a comment.
    """
    council = open_council(council)
    member = _seat(council, by)
    _check_may_vote(member)
    if grade == Grade.FAILED and not comment.strip():
        raise NotAllowedNow(_("Say in the comment why the results do not pass."))
    sheet, _made = CouncilSheet.objects.update_or_create(
        member=member,
        defaults={"grade": Grade(grade), "comment": comment.strip(), "handed_in_at": now or timezone.now()},
    )
    wanted = [(paper.pk, criterion) for paper, criterion in rules_of.lines_of(judged(council.project))]
    sheet.grades.all().delete()
    SheetGrade.objects.bulk_create(
        SheetGrade(sheet=sheet, deliverable_id=paper, criterion=criterion, grade=Grade(given))
        for (paper, criterion), given in rules_of.complete(wanted, lines or {}, grade).items()
    )
    log(council, "council.sheet_handed_in", by=by, at=now)
    return sheet


@transaction.atomic
def take_back_sheet(council: Council, *, by: User, now: datetime | None = None) -> None:
    """Take one's own sheet back while the council is open; without one nothing happens."""
    council = open_council(council)
    member = _seat(council, by)
    deleted, _rows = CouncilSheet.objects.filter(member=member).delete()
    if deleted:
        log(council, "council.sheet_taken_back", by=by, at=now)


def judged(project: PilotProject) -> list[Deliverable]:
    """Return the results that a sheet grades, in order, each with its stage."""
    papers = Deliverable.objects.filter(stage__project=project).exclude(status=Deliverable.Status.CANCELLED)
    return list(papers.select_related("stage").order_by("code", "pk"))


def _check_may_vote(member: CouncilMember) -> None:
    if member.has_conflict is None:
        raise NotAllowedNow(_("Declare first whether you have a conflict of interest; then fill in your sheet."))
    if member.has_conflict:
        raise NotAllowedForYou(_("You declared a conflict of interest and take no part in this council's decision."))
    if not member.is_present:
        raise NotAllowedNow(_("You are not marked as present; ask the secretary of the council to do it."))


# --- closing ---------------------------------------------------------------------------------
def closing_problems(council: Council) -> list[str]:
    """Return everything that keeps the council from closing: the quorum, and sheets not handed in."""
    members = list(council.members.select_related("user", "sheet"))
    present = [member for member in members if member.is_present]
    problems = rules_of.quorum_problems(
        council.rules, [member.seat for member in members], [member.seat for member in present]
    )
    missing = [str(member.user) for member in present if not hasattr(member, "sheet")]
    if missing:
        problems.append(_("Sheets not handed in yet: %(people)s.") % {"people": ", ".join(missing)})
    return problems


@transaction.atomic
def close_council(council: Council, *, by: User, opinions: str, now: datetime | None = None) -> Council:
    """Close the meeting: check quorum and sheets, and keep the result with its arithmetic.

    Only the secretary does it. Raises NotAllowedNow when it is closed already, GateNotPassed with all
    that is missing.
    """
    council = open_council(council)
    if _seat(council, by).seat != Seat.SECRETARY:
        raise NotAllowedForYou(_("Only the secretary of the council closes its meeting."))
    if problems := closing_problems(council):
        raise GateNotPassed(problems)
    sums = _arithmetic(council)
    council.result = _outcome(council).result
    council.arithmetic, council.opinions = sums.as_data(), opinions.strip()
    council.closed_at, council.closed_by = now or timezone.now(), by
    council.save(update_fields=["result", "arithmetic", "opinions", "closed_at", "closed_by"])
    tally = sums.tally
    votes = {"excellent": tally.excellent, "passed": tally.passed, "failed": tally.failed}
    log(council, "council.closed", by=by, at=now, result=council.result, **votes)
    return council


def _outcome(council: Council) -> rules_of.Outcome:
    grades = list(CouncilSheet.objects.filter(member__council=council).values_list("grade", flat=True))
    late = rules_of.is_late(council.rules, due_on=council.project.due_on, dossier_on=council.dossier_on)
    return rules_of.outcome(council.rules, grades, is_late=late)


def _arithmetic(council: Council) -> rules_of.Arithmetic:
    found, rules, due_on = _outcome(council), council.rules, council.project.due_on
    present = list(council.members.filter(is_present=True).values_list("seat", flat=True))
    return rules_of.Arithmetic(
        present=rules_of.presence(rules, len(present), council.members.count()),
        reviewers_present=present.count(Seat.REVIEWER),
        reviewers_needed=rules.reviewers_present,
        presided_by=rules_of.presiding(present),
        excellent=found.excellent,
        passed=found.passed,
        tally=found.tally,
        due_on=due_on.isoformat(),
        late_after=rules_of.late_after(rules, due_on).isoformat(),
        dossier_on=council.dossier_on.isoformat(),
        is_late=found.is_late,
    )


# --- shared ----------------------------------------------------------------------------------
def open_council(council: Council) -> Council:
    """Return the council, locked; NotAllowedNow with who and when if it is closed.

    Nothing is joined to the locked row: PostgreSQL would show the joined rows as they were before it waited.
    """
    council = Council.objects.select_for_update().get(pk=council.pk)
    if council.closed_at is not None:
        raise NotAllowedNow(
            _("%(person)s closed the council on %(time)s; its result stands and nothing in it changes any more.")
            % {"person": council.closed_by, "time": moment_of(council.closed_at)}
        )
    return council


def _seat(council: Council, user: User) -> CouncilMember:
    member = seats.seat_of(council, user)
    if member is None:
        raise NotAllowedForYou(
            _("You are not a member of the council of project %(code)s.") % {"code": council.project.code}
        )
    return member


def moment_of(moment: datetime) -> str:
    """Return day and time as the council's sentences say them."""
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def log(council: Council, verb: str, *, by: User, at: datetime | None, **facts: str | int) -> None:
    """Write an act of the council into the history of its project."""
    project = council.project
    audit.record(verb, by=by, target=council, case=project, province=project.province, at=at, **facts)
