"""What the page of an acceptance council shows: each member's state, the progress, and the counted sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.models import DocumentVersion
from people.models import User
from projects import seats
from projects.actions.council import judged
from projects.council import Arithmetic, Line, criteria_of, quorum_problems, stands_apart
from projects.models import Council, CouncilMember, CouncilSheet, Deliverable, SheetGrade
from workflows.contexts.council import ORDER, office_of

Seat = CouncilMember.Seat
Grade = CouncilSheet.Grade
TONES: dict[str, str] = {Council.Result.EXCELLENT: "ok", Council.Result.PASSED: "ok", Council.Result.FAILED: "late"}
BEST_FIRST = (Grade.EXCELLENT, Grade.PASSED, Grade.FAILED)
GRADE_TONES: dict[str, str] = {Grade.EXCELLENT: "ok", Grade.PASSED: "go", Grade.FAILED: "late"}


@dataclass(frozen=True)
class Spread:
    """One line of the counted sheets: how many gave each grade, and whether that grade stands apart."""

    criterion: str
    cells: list[tuple[int, bool]]

    @classmethod
    def of(cls, criterion: str, grades: Sequence[str]) -> Spread:
        """Count the grades of one line, the best first."""
        apart = stands_apart(grades)
        return cls(criterion, [(grades.count(grade), grade in apart) for grade in BEST_FIRST])


class CouncilPage:
    """A council as one person sees it; other members' sheets only after the closing."""

    def __init__(self, council: Council, user: User) -> None:
        self.council, self.user = council, user
        rows = council.members.select_related("user", "sheet")
        self.rows: list[CouncilMember] = sorted(rows, key=lambda member: (ORDER[member.seat], member.pk))
        self.mine = next((member for member in self.rows if member.user_id == user.pk), None)

    # --- before the closing ------------------------------------------------------------------
    @property
    def is_closed(self) -> bool:
        """Whether the result stands."""
        return self.council.closed_at is not None

    @cached_property
    def members(self) -> list[dict[str, Any]]:
        """Each member with office, declaration and presence in words."""
        offices = {user.pk: office_of(user) for user in seats.eligible(self.council.project)}
        return [
            {
                "member": member,
                "office": offices.get(member.user_id) or member.user.job_title,
                "declared": _declared(member),
                "is_me": member.user_id == self.user.pk,
            }
            for member in self.rows
        ]

    @property
    def status(self) -> tuple[str, str]:
        """Tone and words of where the council stands."""
        if self.is_closed:
            return TONES[self.council.result], self.council.get_result_display()
        if self.present:
            return "go", _("In session")
        return "wait", _("Meeting to come")

    @property
    def present(self) -> list[CouncilMember]:
        """Who is marked present."""
        return [member for member in self.rows if member.is_present]

    @property
    def handed_in(self) -> int:
        """How many sheets there are: all that anybody may know before the closing."""
        return sum(hasattr(member, "sheet") for member in self.rows)

    @property
    def progress(self) -> str:
        """The progress in words."""
        total = len(self.present)
        text = ngettext("%(done)d of %(total)d sheet handed in", "%(done)d of %(total)d sheets handed in", total)
        return text % {"done": self.handed_in, "total": total}

    @property
    def percent(self) -> int:
        """The progress for its bar."""
        return 100 * self.handed_in // len(self.present) if self.present else 0

    @cached_property
    def quorum(self) -> list[str]:
        """What the meeting lacks to be valid."""
        every, present = [row.seat for row in self.rows], [row.seat for row in self.present]
        return quorum_problems(self.council.rules, every, present)

    @property
    def may_lead(self) -> bool:
        """Whether the person writes down who is present."""
        return not self.is_closed and seats.leads(self.mine)

    @property
    def may_close(self) -> bool:
        """Whether the person closes the meeting."""
        return not self.is_closed and self.mine is not None and self.mine.seat == Seat.SECRETARY

    @property
    def may_change(self) -> bool:
        """Whether the person may change members, time and place: before the meeting has begun."""
        return (
            not self.is_closed
            and not self.present
            and not self.handed_in
            and seats.can_call(self.user, self.council.project)
        )

    @property
    def is_meeting_day(self) -> bool:
        """Whether the day of the meeting has come."""
        return timezone.localdate() >= timezone.localdate(self.council.meets_at)

    @property
    def my_sheet(self) -> CouncilSheet | None:
        """The person's own sheet."""
        return getattr(self.mine, "sheet", None)

    @property
    def may_vote(self) -> bool:
        """Whether the person can fill in a sheet now."""
        mine = self.mine
        return not self.is_closed and mine is not None and mine.has_conflict is False and mine.is_present

    # --- after the closing -------------------------------------------------------------------
    @cached_property
    def sums(self) -> Arithmetic:
        """The arithmetic as it was kept."""
        return Arithmetic.from_data(self.council.arithmetic)

    @cached_property
    def reason(self) -> str:
        """Why the result is what it is, in one sentence."""
        sums, result = self.sums, self.council.result
        if sums.is_late:
            return _("The dossier came in too late and there was no extension.")
        if result == Council.Result.EXCELLENT:
            return _("Enough sheets are excellent and none failed it.")
        if result == Council.Result.FAILED:
            return _("Too few sheets are “passed” or better.")
        if sums.excellent.holds:
            return _("Enough sheets are excellent, but not all passed it.")
        return _("Enough sheets are “passed” or better, too few are excellent.")

    @property
    def grade_names(self) -> list[str]:
        """The grades in words, the best first."""
        return [str(grade.label) for grade in BEST_FIRST]

    @cached_property
    def spread(self) -> list[tuple[Deliverable, list[Spread]]]:
        """The counted sheets: each result of the project with its lines."""
        given: dict[Line, list[str]] = {}
        for row in SheetGrade.objects.filter(sheet__member__council=self.council):
            given.setdefault((row.deliverable_id, row.criterion), []).append(row.grade)
        return [
            (paper, [Spread.of(str(each.label), given.get((paper.pk, each), [])) for each in criteria_of(paper)])
            for paper in judged(self.council.project)
        ]

    @cached_property
    def sheets(self) -> list[dict[str, Any]]:
        """Every sheet with its tone, and whether its overall grade stands apart."""
        rows = [row for row in self.rows if hasattr(row, "sheet")]
        apart = stands_apart([row.sheet.grade for row in rows])
        return [
            {"member": row, "tone": GRADE_TONES[row.sheet.grade], "is_apart": row.sheet.grade in apart} for row in rows
        ]

    @cached_property
    def minutes(self) -> DocumentVersion | None:
        """The issued minutes."""
        rows = DocumentVersion.objects.filter(document__council=self.council, state=DocumentVersion.State.ISSUED)
        return rows.defer("context").select_related("document", "register_entry__series__organisation").first()


def _declared(member: CouncilMember) -> tuple[str, str]:
    """Tone and words of a declaration."""
    if member.has_conflict is None:
        return "wait", _("Not declared yet")
    return ("late", _("Conflict of interest")) if member.has_conflict else ("ok", _("No conflict"))
