"""The office's clock: days allowed, days around Tết, standing still, and who held a deliverable."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.timezone import localdate
from viewflow.workflow.models import Task

from people.models import AuditEvent, Membership, User
from projects.models import Deliverable, Matter
from tests.factories import desk
from tests.factories.people import Office, member, signed_in
from workflows import allowances, clock, inbox
from workflows.allowances import AllowanceRefused
from workflows.models import StepAllowance, Turn
from workflows.steps import Step, steps_of
from worktime.models import SpecialDay
from worktime.working_days import Calendar

CHECK = "workflows.check_format"
URL = "/steps/allowances/"


def at(month: int, day: int, hour: int = 2) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def tet(db: None) -> None:
    for day in range(16, 21):
        SpecialDay.objects.create(day=date(2026, 2, day), name="Tết")


@pytest.fixture
def paper(gia_lai: Office) -> Deliverable:
    return desk.first_deliverable(desk.running_project(gia_lai, starts_on=date(2026, 2, 2)))


@pytest.fixture
def administrator(gia_lai: Office) -> User:
    return member("gl-quantri", Membership.Role.ADMINISTRATOR, gia_lai.organisation)


# --- due dates -----------------------------------------------------------------------------------
def test_two_days_given_on_the_last_friday_before_tet_end_on_the_tuesday_after_it(tet: None) -> None:
    assert clock.due_from(CHECK, date(2026, 2, 13)) == date(2026, 2, 24)


def test_a_step_that_follows_its_case_has_no_date_of_its_own(db: None) -> None:
    assert clock.due_from("workflows.prepare_deliverable", date(2026, 2, 13)) is None


def test_a_step_gets_its_date_when_it_opens(gia_lai: Office, paper: Deliverable, administrator: User) -> None:
    allowances.set_allowance(CHECK, days=7, by=administrator)
    desk.submitted(paper, gia_lai)

    turn = Turn.objects.get(task=desk.step(paper, "check_format"))
    assert turn.due_on == Calendar().add(localdate(turn.task.created), 7)


# --- standing still -------------------------------------------------------------------------------
def test_the_date_moves_by_the_working_days_that_the_clock_stood_still(
    gia_lai: Office, paper: Deliverable, tet: None
) -> None:
    turn = Turn.objects.get(task=desk.step(paper, "prepare"))
    turn.due_on = date(2026, 2, 13)
    turn.save()

    clock.stop(turn, now=at(2, 12))
    clock.stop(turn, now=at(2, 24))  # stopping twice changes nothing
    clock.go_on(turn, now=at(2, 24))
    clock.go_on(turn, now=at(2, 27))

    turn.refresh_from_db()
    assert (turn.due_on, turn.paused_at) == (date(2026, 2, 25), None)  # 13, 23 and 24 February stood still


def test_a_step_whose_clock_stands_still_is_neither_late_nor_in_time(paper: Deliverable) -> None:
    task = desk.step(paper, "prepare")
    turn = task.turn
    turn.due_on, turn.paused_at = date(2026, 2, 13), at(2, 11)

    step = Step(task, date(2026, 6, 1), Calendar({}))
    task.due_on = turn.due_on

    assert (step.tone, step.paused_on, step.days_left) == ("no", date(2026, 2, 11), 2)
    assert step.slip.startswith("Clock stopped since")


def test_a_date_on_a_sunday_holds_until_the_end_of_monday() -> None:
    """Bộ luật Dân sự 2015, Article 148, paragraph 5."""
    calendar = Calendar({})
    sunday = date(2026, 3, 1)
    assert [calendar.left(date(2026, 3, day), sunday) for day in (1, 2, 3)] == [1, 0, -1]


def test_a_list_of_steps_reads_the_calendar_once(
    gia_lai: Office, paper: Deliverable, django_assert_num_queries: object
) -> None:
    task = inbox.for_list(inbox.steps()).get(pk=desk.step(paper, "prepare").pk)

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len({step.slip for step in steps_of([task] * 50)}) == 1


# --- who held it --------------------------------------------------------------------------------
def walk(paper: Deliverable, office: Office) -> None:
    """Prepared from Monday 2 to Friday 6 March, checked until Tuesday 10, then with the reviewers."""
    desk.in_review(paper, office)
    tasks = Task.objects.filter(process__deliverableprocess__deliverable=paper)
    tasks.filter(owner_permission="workflows.prepare_deliverable").update(created=at(3, 2), finished=at(3, 6))
    tasks.filter(owner_permission=CHECK).update(created=at(3, 6), finished=at(3, 10))
    tasks.filter(owner_permission="workflows.review_deliverable").update(created=at(3, 10))


def test_the_days_of_office_and_author_add_up_and_reviews_side_by_side_count_once(
    gia_lai: Office, paper: Deliverable
) -> None:
    walk(paper, gia_lai)

    assert clock.held(paper, now=at(3, 13)) == clock.Held(office=5, author=4)


def test_while_a_question_to_the_author_is_open_the_days_are_the_authors(gia_lai: Office, paper: Deliverable) -> None:
    walk(paper, gia_lai)
    Matter.objects.create(
        kind=Matter.Kind.QUESTION,
        project=paper.stage.project,
        deliverable=paper,
        text="Nguồn số liệu?",
        raised_by=gia_lai.reviewers[0],
        raised_at=at(3, 11),
        addressee=gia_lai.manager,
        due_on=date(2026, 3, 20),
        answer="Sở",
        answered_by=gia_lai.manager,
        answered_at=at(3, 12),
    )

    assert clock.held(paper, now=at(3, 13)) == clock.Held(office=4, author=5)


def test_while_the_clock_of_an_open_step_stands_still_the_days_are_the_authors(
    gia_lai: Office, paper: Deliverable
) -> None:
    walk(paper, gia_lai)
    Turn.objects.filter(task__owner=gia_lai.reviewers[0]).update(paused_at=at(3, 11))

    assert clock.held(paper, now=at(3, 13)) == clock.Held(office=3, author=6)


def test_the_days_held_count_around_tet(gia_lai: Office, paper: Deliverable, tet: None) -> None:
    Task.objects.filter(process__deliverableprocess__deliverable=paper).update(created=at(2, 13))

    assert clock.held(paper, now=at(2, 24)) == clock.Held(office=0, author=2)


def test_the_deliverables_page_shows_who_held_it(gia_lai: Office, paper: Deliverable) -> None:
    walk(paper, gia_lai)

    page = signed_in(gia_lai.manager).get(paper.get_absolute_url()).content.decode()

    assert "With the office" in page
    assert "With the author" in page


# --- what an administrator sets -----------------------------------------------------------------
def test_an_administrator_sets_the_days_and_the_log_keeps_both_numbers(administrator: User) -> None:
    allowances.set_allowance(CHECK, days=4, by=administrator)
    allowances.set_allowance(CHECK, days=4, by=administrator)

    assert clock.allowance(CHECK) == 4
    act = AuditEvent.objects.get(verb="step.allowance_changed")
    assert (act.by, act.facts["before"], act.facts["after"]) == (administrator, 2, 4)


def test_an_open_step_keeps_its_date(gia_lai: Office, paper: Deliverable, administrator: User) -> None:
    desk.submitted(paper, gia_lai)
    before = Turn.objects.get(task=desk.step(paper, "check_format")).due_on

    allowances.set_allowance(CHECK, days=30, by=administrator)

    assert Turn.objects.get(task=desk.step(paper, "check_format")).due_on == before


@pytest.mark.parametrize(
    ("permission", "days", "why"),
    [(CHECK, 0, "1 to 250"), (CHECK, 251, "1 to 250"), ("workflows.prepare_deliverable", 5, "date of its case")],
)
def test_other_days_are_refused(administrator: User, permission: str, days: int, why: str) -> None:
    with pytest.raises(AllowanceRefused, match=why):
        allowances.set_allowance(permission, days=days, by=administrator)


def test_others_cannot_set_days(gia_lai: Office) -> None:
    with pytest.raises(AllowanceRefused, match="Only administrators"):
        allowances.set_allowance(CHECK, days=5, by=gia_lai.leader)
    assert signed_in(gia_lai.leader).post(URL, {"check_format": 5}).status_code == 403
    assert not StepAllowance.objects.exists()


def test_officials_read_the_days_without_a_form(gia_lai: Office) -> None:
    page = signed_in(gia_lai.clerk).get(URL).content.decode()

    assert "Check the format" in page
    assert 'name="check_format"' not in page


@pytest.mark.parametrize("typed", ["", "0", "-1", "251", "1000000000", "x", "2.5", "\x00"])
def test_what_is_no_number_of_days_is_asked_again(administrator: User, typed: str) -> None:
    answers = {permission.rpartition(".")[2]: 3 for permission in clock.ALLOWANCES} | {"check_format": typed}

    assert signed_in(administrator).post(URL, answers).status_code == 422
    assert not StepAllowance.objects.exists()


def test_the_page_sets_all_days_at_once(administrator: User) -> None:
    answers = {permission.rpartition(".")[2]: 3 for permission in clock.ALLOWANCES}

    assert signed_in(administrator).post(URL, answers).status_code == 302
    assert set(allowances.in_force().values()) == {3}
