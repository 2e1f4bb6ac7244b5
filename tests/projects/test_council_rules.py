"""The arithmetic of an acceptance council: domain.md 4.5, its boundaries, and that better grades never harm."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import council
from projects.council import Arithmetic, Share, Tally, outcome, quorum_problems
from projects.models import CouncilRules
from tests.factories.council import Seat, migration, seats_of

RULES = CouncilRules(**migration.BUILT_IN)
WORST_FIRST = ["failed", "passed", "excellent"]
RESULTS = {"failed": 0, "passed": 1, "excellent": 2}


def sheets(excellent: int, passed: int, failed: int) -> list[str]:
    return ["excellent"] * excellent + ["passed"] * passed + ["failed"] * failed


# --- the sheets ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("grades", "result", "decisive"),
    [
        (sheets(7, 2, 0), "excellent", "7/9 = 0,78 ≥ 3/4"),
        (sheets(6, 3, 0), "passed", "6/9 = 0,67 < 3/4"),
        (sheets(0, 5, 4), "failed", "0/9 = 0,00 < 3/4"),
        (sheets(7, 1, 1), "passed", "7/9 = 0,78 ≥ 3/4"),
    ],
    ids=["7 excellent", "6 excellent", "5 passed", "7 excellent, 1 failed"],
)
def test_the_cases_of_the_domain_note(grades: list[str], result: str, decisive: str) -> None:
    found = outcome(RULES, grades)
    assert found.result == result
    assert found.excellent.text == decisive


@pytest.mark.parametrize(
    ("grades", "result"),
    [
        (sheets(6, 2, 0), "excellent"),  # 6/8 is exactly 3/4
        (sheets(5, 3, 0), "passed"),
        (sheets(0, 6, 3), "passed"),  # 6/9 is exactly 2/3
        (sheets(0, 4, 2), "passed"),  # 4/6 is exactly 2/3
        (sheets(0, 5, 3), "failed"),  # 5/8 = 0.625
        (sheets(0, 4, 3), "failed"),  # 4/7 = 0.571
        (sheets(4, 1, 0), "excellent"),  # 4/5, the fewest of seven that may meet
        (sheets(3, 2, 0), "passed"),
        (sheets(5, 1, 1), "passed"),
        (sheets(6, 0, 1), "passed"),  # a single "failed" keeps the best grade away
        (sheets(7, 0, 0), "excellent"),
        (sheets(0, 0, 7), "failed"),
        ([], "failed"),
    ],
)
def test_shares_are_compared_exactly(grades: list[str], result: str) -> None:
    assert outcome(RULES, grades).result == result


def test_a_dossier_that_came_too_late_does_not_pass_whatever_the_sheets_say() -> None:
    assert outcome(RULES, sheets(9, 0, 0), is_late=True).result == "failed"


GRADES = st.lists(st.sampled_from(WORST_FIRST), min_size=1, max_size=9)


@given(GRADES, st.data())
def test_a_better_grade_never_makes_the_result_worse(grades: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(grades) - 1))
    better = data.draw(st.sampled_from(WORST_FIRST[WORST_FIRST.index(grades[place]) :]))
    raised = [*grades[:place], better, *grades[place + 1 :]]
    assert RESULTS[outcome(RULES, raised).result] >= RESULTS[outcome(RULES, grades).result]


@given(GRADES)
def test_the_order_of_the_sheets_does_not_matter(grades: list[str]) -> None:
    assert outcome(RULES, grades) == outcome(RULES, sorted(grades))


@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 9), st.integers(1, 9))
def test_a_share_holds_exactly_when_the_fraction_is_at_least_the_rule(
    count: int, total: int, num: int, den: int
) -> None:
    assert Share(count, total, num, den).holds == (Fraction(count, total) >= Fraction(num, den))


# --- the quorum ------------------------------------------------------------------------------
def present(size: int, *absent: int) -> list[Seat]:
    return [seat for place, seat in enumerate(seats_of(size)) if place not in absent]


@pytest.mark.parametrize(
    ("size", "absent", "problem"),
    [
        (9, (5, 6, 7), ""),  # 6/9 = 2/3
        (9, (5, 6, 7, 8), "5/9 < 2/3"),
        (7, (5, 6), ""),  # 5/7
        (7, (1, 5, 6), "4/7 < 2/3"),
        (7, (0,), ""),  # the vice chair presides
        (7, (0, 1), "Neither the chair nor the vice chair"),
        (7, (2,), ""),  # one of two council reviewers is enough
        (7, (2, 3), "0 of the council's reviewers"),
        (7, (4,), "The secretary is not present"),
    ],
)
def test_the_meeting_is_valid_with_two_thirds_a_presider_a_reviewer_and_the_secretary(
    size: int, absent: tuple[int, ...], problem: str
) -> None:
    found = quorum_problems(RULES, seats_of(size), present(size, *absent))
    assert (problem in " ".join(found)) if problem else found == []


def test_a_meeting_of_nobody_lacks_everything() -> None:
    assert len(quorum_problems(RULES, seats_of(9), [])) == 4


# --- making it up ----------------------------------------------------------------------------
@pytest.mark.parametrize("size", [7, 9])
def test_a_council_of_seven_or_nine_with_its_seats_is_right(size: int) -> None:
    assert council.composition_problems(RULES, seats_of(size)) == []


@pytest.mark.parametrize("size", [6, 8, 10])
def test_other_sizes_are_refused(size: int) -> None:
    [problem] = council.composition_problems(RULES, seats_of(size))
    assert "7 or 9" in problem


@pytest.mark.parametrize(
    "seats",
    [
        [Seat.CHAIR, *seats_of(7)[:1], *seats_of(7)[2:]],
        [Seat.MEMBER, *seats_of(7)[1:]],
        [*seats_of(7)[:4], Seat.MEMBER, Seat.MEMBER, Seat.MEMBER],
        [*seats_of(7)[:6], Seat.REVIEWER],
        [*seats_of(7)[:6], Seat.VICE_CHAIR],
    ],
    ids=["two chairs", "no chair", "no secretary", "three reviewers", "two vice chairs"],
)
def test_wrong_seats_are_refused(seats: list[Seat]) -> None:
    assert len(seats) == 7
    assert council.composition_problems(RULES, seats)


def test_a_council_may_have_no_vice_chair() -> None:
    assert council.composition_problems(RULES, [Seat.MEMBER if s == Seat.VICE_CHAIR else s for s in seats_of(7)]) == []


# --- lateness --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("due_on", "dossier_on", "late"),
    [
        (date(2022, 3, 15), date(2022, 9, 15), False),
        (date(2022, 3, 15), date(2022, 9, 16), True),
        (date(2022, 8, 31), date(2023, 2, 28), False),  # six months later there is no 31
        (date(2022, 8, 31), date(2023, 3, 1), True),
        (date(2022, 12, 31), date(2023, 6, 30), False),
        (date(2022, 12, 31), date(2022, 1, 1), False),
    ],
)
def test_six_months_are_counted_in_calendar_months(due_on: date, dossier_on: date, *, late: bool) -> None:
    assert council.is_late(RULES, due_on=due_on, dossier_on=dossier_on) is late


# --- what stands apart -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("grades", "apart"),
    [
        (sheets(7, 0, 0), set()),
        (sheets(6, 1, 0), {"passed"}),
        (sheets(5, 2, 0), set()),
        (sheets(5, 0, 2), {"failed"}),
        (sheets(7, 1, 1), {"passed", "failed"}),
        (sheets(1, 0, 1), set()),
        (sheets(1, 5, 1), {"excellent", "failed"}),
    ],
)
def test_a_grade_stands_apart_when_it_is_alone_or_two_steps_away(grades: list[str], apart: set[str]) -> None:
    assert council.stands_apart(grades) == apart


# --- what is kept ----------------------------------------------------------------------------
def test_the_arithmetic_survives_being_kept() -> None:
    found = outcome(RULES, sheets(7, 2, 0))
    sums = Arithmetic(
        present=Share(9, 9, 2, 3), reviewers_present=2, reviewers_needed=1, presided_by="chair",
        excellent=found.excellent, passed=found.passed, tally=Tally(7, 2, 0),
        due_on="2022-03-15", late_after="2022-09-15", dossier_on="2022-03-20", is_late=False,
    )  # fmt: skip
    assert Arithmetic.from_data(sums.as_data()) == sums


def test_lines_left_open_take_the_overall_grade() -> None:
    lines = [(1, "quantity"), (1, "quality")]
    assert council.complete(lines, {(1, "quality"): "failed"}, "passed") == {
        (1, "quantity"): "passed",
        (1, "quality"): "failed",
    }
