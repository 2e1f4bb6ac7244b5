"""The arithmetic of an acceptance council: who may sit, when it may meet, and what its sheets add up to.

Pure functions over the rules' row; shares are compared as whole numbers, because 2/3 has no decimal form.
Source of the built-in rules: the pattern of TT 11/2014/TT-BKHCN, which provinces reuse.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from projects.models import Council, CouncilMember, CouncilRules, CouncilSheet, Deliverable, SheetGrade, StageKind

Seat = CouncilMember.Seat
Grade = CouncilSheet.Grade
Result = Council.Result
Criterion = SheetGrade.Criterion

REVIEWERS = 2  # council reviewers (phản biện): each writes an opinion of their own
WORST_FIRST = (Grade.FAILED, Grade.PASSED, Grade.EXCELLENT)
# A line of a sheet: the deliverable's id and the criterion.
Line = tuple[int, str]


# --- shares ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Share:
    """How many of how many there are, against the share that the rules ask for."""

    count: int
    total: int
    num: int
    den: int

    @property
    def holds(self) -> bool:
        """Whether count/total ≥ num/den; never of nothing, nor against a broken rule."""
        return self.total > 0 and self.den > 0 and self.count * self.den >= self.num * self.total

    @property
    def hundredths(self) -> int:
        """count/total in hundredths, rounded half up: 78 for 7/9."""
        return (200 * self.count + self.total) // (2 * self.total) if self.total else 0

    @property
    def decimal(self) -> str:
        """count/total as Vietnamese papers write it: "0,78"."""
        return f"{self.hundredths // 100},{self.hundredths % 100:02d}"

    @property
    def text(self) -> str:
        """The sum as it is printed: "7/9 = 0,78 ≥ 3/4". It looks the same in both languages."""
        return f"{self.count}/{self.total} = {self.decimal} {'≥' if self.holds else '<'} {self.num}/{self.den}"


# --- making a council up ---------------------------------------------------------------------
def composition_problems(rules: CouncilRules, seats: Sequence[str]) -> list[str]:
    """Return what is wrong with the seats of a council: its size, one chair, one secretary, two reviewers."""
    counts = Counter(seats)
    problems = []
    if len(seats) not in rules.sizes:
        problems.append(
            _("The council has %(count)d members; the rules allow %(sizes)s.")
            % {"count": len(seats), "sizes": _(" or ").join(map(str, rules.sizes))}
        )
    for seat, wanted in ((Seat.CHAIR, 1), (Seat.SECRETARY, 1), (Seat.REVIEWER, REVIEWERS)):
        if counts[seat] != wanted:
            problems.append(
                _("Seat “%(seat)s”: %(count)d named, the council needs exactly %(wanted)d.")
                % {"seat": seat.label, "count": counts[seat], "wanted": wanted}
            )
    if counts[Seat.VICE_CHAIR] > 1:
        problems.append(_("The council has one vice chair at most."))
    return problems


def presiding(present_seats: Collection[str]) -> str:
    """Return the seat that presides over the meeting: the chair's, else the vice chair's, "" without both."""
    return next((seat for seat in (Seat.CHAIR, Seat.VICE_CHAIR) if seat in present_seats), "")


def presence(rules: CouncilRules, present: int, members: int) -> Share:
    """Return how many are present against the share that must be."""
    return Share(present, members, rules.present_num, rules.present_den)


def quorum_problems(rules: CouncilRules, seats: Sequence[str], present_seats: Sequence[str]) -> list[str]:
    """Return what keeps the meeting from being valid; `seats` are all, `present_seats` those of who came."""
    problems = []
    share = presence(rules, len(present_seats), len(seats))
    if not share.holds:
        problems.append(
            _("Too few are present: %(sum)s of the members.") % {"sum": f"{share.count}/{share.total} < {_of(share)}"}
        )
    if not presiding(present_seats):
        problems.append(_("Neither the chair nor the vice chair is present; one of them must preside."))
    if Counter(present_seats)[Seat.REVIEWER] < rules.reviewers_present:
        problems.append(
            _("%(count)d of the council's reviewers are present, at least %(needed)d must be.")
            % {"count": Counter(present_seats)[Seat.REVIEWER], "needed": rules.reviewers_present}
        )
    if Seat.SECRETARY not in present_seats:
        problems.append(_("The secretary is not present."))
    return problems


def _of(share: Share) -> str:
    return f"{share.num}/{share.den}"


# --- the sheets ------------------------------------------------------------------------------
def criteria_of(deliverable: Deliverable) -> tuple[Criterion, ...]:
    """Return what is graded about a result: the final report as a report, every other in number, quality and kind."""
    if deliverable.stage.kind == StageKind.FINAL_REPORT:
        return (Criterion.REPORT,)
    return (Criterion.QUANTITY, Criterion.QUALITY, Criterion.KIND)


def lines_of(deliverables: Iterable[Deliverable]) -> list[tuple[Deliverable, Criterion]]:
    """Return the lines of a sheet in order; the deliverables come with their stage."""
    return [(deliverable, criterion) for deliverable in deliverables for criterion in criteria_of(deliverable)]


def complete(lines: Iterable[Line], given: Mapping[Line, str], overall: str) -> dict[Line, str]:
    """Return a grade for every line: the one given, or the overall grade for a line that was left open."""
    return {line: given.get(line) or overall for line in lines}


@dataclass(frozen=True)
class Tally:
    """The sheets in numbers."""

    excellent: int
    passed: int
    failed: int

    @property
    def total(self) -> int:
        """How many sheets there are."""
        return self.excellent + self.passed + self.failed

    @classmethod
    def of(cls, grades: Iterable[str]) -> Tally:
        """Count the grades."""
        counts = Counter(grades)
        return cls(counts[Grade.EXCELLENT], counts[Grade.PASSED], counts[Grade.FAILED])


@dataclass(frozen=True)
class Outcome:
    """What the sheets add up to, with the two sums that say why."""

    result: Result
    tally: Tally
    excellent: Share
    passed: Share
    is_late: bool


def outcome(rules: CouncilRules, grades: Sequence[str], *, is_late: bool = False) -> Outcome:
    """Return the council's result from the overall grades of those present.

    Excellent: the share of excellent sheets is reached and nobody failed it. Passed: the share of sheets
    with "passed" or better is reached. Else, or with a dossier that came too late, not passed.
    """
    tally = Tally.of(grades)
    excellent = Share(tally.excellent, tally.total, rules.excellent_num, rules.excellent_den)
    passed = Share(tally.excellent + tally.passed, tally.total, rules.pass_num, rules.pass_den)
    result = Result.FAILED
    if not is_late and passed.holds:
        result = Result.EXCELLENT if excellent.holds and not tally.failed else Result.PASSED
    return Outcome(result, tally, excellent, passed, is_late)


def stands_apart(grades: Sequence[str]) -> set[str]:
    """Return the grades that stand apart from the rest: given by one alone, or two steps from the middle one.

    With fewer than three sheets there is no rest to stand apart from.
    """
    if len(grades) < 3:
        return set()
    counts = Counter(grades)
    middle = sorted(WORST_FIRST.index(Grade(grade)) for grade in grades)[(len(grades) - 1) // 2]
    return {
        grade
        for grade, count in counts.items()
        if (distance := abs(WORST_FIRST.index(Grade(grade)) - middle)) and (count == 1 or distance > 1)
    }


# --- time ------------------------------------------------------------------------------------
def late_after(rules: CouncilRules, due_on: date) -> date:
    """Return the last day on which the dossier still counts; an extension moves the project's own due date."""
    months = due_on.year * 12 + due_on.month - 1 + rules.late_months
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(due_on.day, calendar.monthrange(year, month)[1]))


def is_late(rules: CouncilRules, *, due_on: date, dossier_on: date) -> bool:
    """Whether the dossier was handed in so long after the project's end that the result cannot pass."""
    return dossier_on > late_after(rules, due_on)


# --- what is kept ----------------------------------------------------------------------------
@dataclass(frozen=True)
class Arithmetic:
    """The sums of a closed council as they were; kept with it, so that later rules change nothing."""

    present: Share
    reviewers_present: int
    reviewers_needed: int
    presided_by: str  # a seat
    excellent: Share
    passed: Share
    tally: Tally
    due_on: str  # ISO dates
    late_after: str
    dossier_on: str
    is_late: bool

    def as_data(self) -> dict[str, Any]:
        """Return plain values for the row."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Arithmetic:
        """Return what `as_data` wrote."""
        shares = {name: Share(**data[name]) for name in ("present", "excellent", "passed")}
        return cls(**{**data, **shares, "tally": Tally(**data["tally"])})
