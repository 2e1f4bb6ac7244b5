"""The ladder of reminders: each rung once, from the date as it is now, to the people whom it concerns."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from viewflow.workflow.models import Task

from notices.models import Message
from people.models import Absence, AuditEvent, Membership
from projects.models import Deliverable, PilotProject
from tests.factories import desk
from tests.factories.people import Office, OrganisationFactory, UserFactory, member
from tests.workflows.desk.test_inbox_size import CASES, many_cases
from workflows import clock, history, reminders
from workflows.models import Turn
from workflows.reminders import ESCALATED, IN_FIVE_DAYS, LATE, TODAY, TOMORROW, remind, rung_on
from workflows.tick import JOBS
from worktime.models import SpecialDay

Role = Membership.Role
LADDER = ("step.due_soon", "step.due", "step.late", "step.late_below", "step.escalated")
DUE = date(2022, 3, 21)  # a Monday; D1 is due 20 days after the project's start


def at(day: date) -> datetime:
    """Nine in the morning of a day in Việt Nam."""
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def march(number: int) -> datetime:
    return at(date(2022, 3, number))


def told() -> list[tuple[str, str]]:
    """What the ladder told whom, in order: event and user name."""
    rows = Message.objects.filter(event__in=LADDER).order_by("pk")
    return [(message.event, message.recipient.username) for message in rows.select_related("recipient")]


def opened(task: Task, day: date) -> Task:
    """Let a step have been opened on another day."""
    Task.objects.filter(pk=task.pk).update(created=at(day))
    task.refresh_from_db()
    return task


@pytest.fixture
def prepare(project: PilotProject) -> Task:
    """The manager's step, open since 1 March 2022 and due on Monday, 21 March."""
    return opened(desk.step(desk.first_deliverable(project), "prepare"), date(2022, 3, 1))


@pytest.fixture
def check(gia_lai: Office, prepare: Task, project: PilotProject) -> Task:
    """The clerks' step, free, open since 1 March 2022 and due on Monday, 21 March."""
    paper = desk.submitted(desk.first_deliverable(project), gia_lai)
    task = opened(desk.step(paper, "check_format"), date(2022, 3, 1))
    Turn.objects.filter(task=task).update(due_on=DUE)
    return task


# --- the rungs ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("left", "rung"),
    [
        (6, None),
        (5, IN_FIVE_DAYS),
        (2, IN_FIVE_DAYS),
        (1, TOMORROW),
        (0, TODAY),
        (-1, LATE),
        (-4, LATE),
        (-5, ESCALATED),
        (-400, ESCALATED),
    ],
)
def test_a_step_stands_on_the_newest_rung_that_it_has_reached(left: int, rung: object) -> None:
    assert rung_on(left, at_opening=20, days_open=20 - left) == rung


def test_a_step_that_is_given_two_days_is_not_announced_as_due_in_five() -> None:
    assert rung_on(2, at_opening=2, days_open=0) is None
    assert rung_on(1, at_opening=2, days_open=1) == TOMORROW


def test_who_got_a_step_when_it_was_late_already_has_their_own_days() -> None:
    assert rung_on(-30, at_opening=-30, days_open=0) is None
    assert rung_on(-31, at_opening=-30, days_open=1) == LATE
    assert rung_on(-35, at_opening=-30, days_open=5) == ESCALATED


def test_the_ladder_from_the_first_rung_to_the_last(gia_lai: Office, prepare: Task) -> None:
    for day in range(1, 32):
        remind(march(day))
        remind(march(day) + timedelta(minutes=5))

    assert told() == [
        ("step.due_soon", "gl-quanly"),
        ("step.due", "gl-quanly"),
        ("step.due", "gl-quanly"),
        ("step.late", "gl-quanly"),
        ("step.late_below", "gl-lanhdao"),
        ("step.escalated", "gl-lanhdao"),
    ]


@pytest.mark.parametrize(
    ("day", "event"),
    [(14, "step.due_soon"), (18, "step.due"), (21, "step.due"), (22, "step.late"), (28, "step.escalated")],
)
def test_each_rung_is_told_on_its_working_day_and_not_before(prepare: Task, day: int, event: str) -> None:
    before = march(day) - timedelta(days=1)
    while before.weekday() >= 5:
        before -= timedelta(days=1)
    remind(before)
    earlier = len(told())

    remind(march(day))

    assert event in {name for name, _who in told()[earlier:]}


def test_the_words_name_step_paper_project_and_date(vietnamese: None, prepare: Task) -> None:
    remind(march(18))

    message = Message.objects.get(event="step.due")
    assert "21/03/2022" in message.subject
    assert "GL-99" in message.subject
    assert "D1" in message.text
    assert message.url == f"/tasks/{prepare.pk}/"
    assert message.key == f"step:{prepare.pk}:20220321:-1:{message.recipient_id}"


# --- days ----------------------------------------------------------------------------------------
def test_nothing_is_told_on_a_day_off(prepare: Task) -> None:
    SpecialDay.objects.create(day=date(2022, 3, 22), name="Nghỉ")

    assert remind(at(date(2022, 3, 20))) == 0  # a Sunday
    assert remind(march(22)) == 0
    assert told() == []


def test_the_ladder_counts_around_holidays(prepare: Task) -> None:
    SpecialDay.objects.create(day=date(2022, 3, 18), name="Nghỉ")

    remind(march(17))

    assert told() == [("step.due", "gl-quanly")]  # one working day is left on Thursday


def test_after_days_without_a_tick_only_the_newest_rung_is_told(prepare: Task) -> None:
    remind(march(14))
    remind(march(24))

    assert told() == [("step.due_soon", "gl-quanly"), ("step.late", "gl-quanly"), ("step.late_below", "gl-lanhdao")]


# --- moved dates ----------------------------------------------------------------------------------
def test_a_later_date_starts_a_new_ladder(project: PilotProject, prepare: Task) -> None:
    remind(march(22))
    Deliverable.objects.filter(stage__project=project, code="D1").update(due_on=date(2022, 3, 25))

    remind(march(22))
    remind(march(24))
    remind(march(28))

    ladder = ["step.late", "step.late_below", "step.due_soon", "step.due", "step.late", "step.late_below"]
    assert [event for event, _who in told()] == ladder


def test_an_earlier_date_is_late_at_once(project: PilotProject, prepare: Task) -> None:
    assert remind(march(10)) == 0
    Deliverable.objects.filter(stage__project=project, code="D1").update(due_on=date(2022, 3, 9))

    remind(march(10))

    assert told() == [("step.late", "gl-quanly"), ("step.late_below", "gl-lanhdao")]


def test_a_date_moved_there_and_back_tells_nothing_twice(project: PilotProject, prepare: Task) -> None:
    remind(march(22))
    paper = Deliverable.objects.filter(stage__project=project, code="D1")
    paper.update(due_on=date(2022, 5, 25))
    remind(march(22))
    paper.update(due_on=DUE)

    assert remind(march(22)) == 0


def test_nothing_is_told_while_the_clock_stands_still(prepare: Task) -> None:
    Turn.objects.filter(task=prepare).update(paused_at=march(10))

    assert remind(march(28)) == 0

    Turn.objects.filter(task=prepare).update(due_on=DUE)
    clock.go_on(Turn.objects.get(task=prepare), now=march(28))
    remind(march(28))
    assert told() == []  # it is due on 6 April now
    remind(at(date(2022, 4, 5)))
    assert told() == [("step.due", "gl-quanly")]


# --- to whom ----------------------------------------------------------------------------------------
def test_a_free_step_is_told_to_all_who_may_take_it(gia_lai: Office, son_la: Office, check: Task) -> None:
    member("gl-vanthu2", Role.CLERK, gia_lai.organisation)

    remind(march(21))

    assert sorted(told()) == [("step.due", "gl-vanthu"), ("step.due", "gl-vanthu2")]


def test_the_substitute_of_somebody_away_is_told_too(gia_lai: Office, check: Task) -> None:
    Absence.objects.create(
        user=gia_lai.clerk,
        substitute=gia_lai.helper,
        starts_on=date(2022, 3, 15),
        ends_on=date(2022, 3, 30),
        made_by=gia_lai.clerk,
        made_at=march(14),
    )

    remind(march(21))

    assert sorted(told()) == [("step.due", "gl-canbo"), ("step.due", "gl-vanthu")]


def test_a_substitute_for_other_cases_is_left_alone(gia_lai: Office, check: Task) -> None:
    Absence.objects.create(
        user=gia_lai.clerk,
        substitute=gia_lai.helper,
        starts_on=date(2022, 3, 15),
        ends_on=date(2022, 3, 30),
        cases=["projects.pilotproject:999999"],
        made_by=gia_lai.clerk,
        made_at=march(14),
    )

    remind(march(21))

    assert told() == [("step.due", "gl-vanthu")]


def test_a_step_handed_to_another_person_is_told_to_them(gia_lai: Office, check: Task) -> None:
    remind(march(21))
    second = member("gl-vanthu2", Role.CLERK, gia_lai.organisation)
    Task.objects.filter(pk=check.pk).update(owner=second, status="ASSIGNED")

    remind(march(21))

    assert told() == [("step.due", "gl-vanthu"), ("step.due", "gl-vanthu2")]


def test_the_supervisor_is_a_leader_of_the_holders_own_organisation(gia_lai: Office, check: Task) -> None:
    elsewhere = OrganisationFactory(code="skhcn-gl", province=gia_lai.province)
    member("gl-giamdoc", Role.LEADER, elsewhere)

    remind(march(28))

    assert told() == [("step.escalated", "gl-lanhdao")]


def test_without_a_leader_there_those_of_the_province_are_told(gia_lai: Office, check: Task) -> None:
    elsewhere = OrganisationFactory(code="skhcn-gl", province=gia_lai.province)
    member("gl-giamdoc", Role.LEADER, elsewhere)
    Membership.objects.filter(user=gia_lai.leader).update(valid_to=date(2022, 3, 1))

    remind(march(28))

    assert told() == [("step.escalated", "gl-giamdoc")]


def test_nobody_supervises_themselves(gia_lai: Office, check: Task) -> None:
    Task.objects.filter(pk=check.pk).update(owner=gia_lai.leader, status="ASSIGNED")

    assert remind(march(28)) == 0

    member("gl-phogiamdoc", Role.LEADER, gia_lai.organisation)
    remind(march(28))
    assert told() == [("step.escalated", "gl-phogiamdoc")]


def test_a_leader_of_another_province_supervises_nobody_here(gia_lai: Office, son_la: Office, check: Task) -> None:
    Membership.objects.filter(user=gia_lai.leader).update(valid_to=date(2022, 3, 1))

    assert remind(march(28)) == 0


def test_a_closed_account_is_told_nothing_and_costs_nothing(gia_lai: Office, check: Task, prepare: Task) -> None:
    left = UserFactory(username="gl-cu", is_active=False)
    Task.objects.filter(pk=check.pk).update(owner=left, status="ASSIGNED")

    assert remind(march(21)) == 0


# --- the history -------------------------------------------------------------------------------
def test_the_projects_history_says_who_was_told_of_a_late_step(
    gia_lai: Office, project: PilotProject, check: Task
) -> None:
    remind(march(28))
    remind(march(29))

    act = AuditEvent.objects.get(verb="step.escalated")
    assert (act.by, act.case, act.target) == (
        None,
        f"projects.pilotproject:{project.pk}",
        f"viewflow.task:{check.pk}",
    )
    assert (act.facts["to"], act.facts["due"]) == (gia_lai.leader.pk, "2022-03-21")
    [line] = history.lines([act])
    assert "21/03/2022" in line["text"]
    assert str(gia_lai.leader) in line["text"]


# --- what must not break it ----------------------------------------------------------------------
@pytest.mark.parametrize(
    "gone", ["workflows/flows.deliverable.DeliverableFlow.write_by_hand", "workflows/flows.deliverable.OldFlow.prepare"]
)
def test_a_step_whose_node_is_gone_is_left_out(gia_lai: Office, prepare: Task, gone: str) -> None:
    other = desk.running_project(gia_lai, code="GL-98")
    second = opened(desk.step(desk.first_deliverable(other), "prepare"), date(2022, 3, 1))
    Task.objects.filter(pk=prepare.pk).update(flow_task=gone)

    assert remind(march(21)) == 1

    assert Message.objects.get(event="step.due").url == f"/tasks/{second.pk}/"


def test_one_step_that_cannot_be_told_of_never_stops_the_others(
    gia_lai: Office, prepare: Task, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = desk.running_project(gia_lai, code="GL-98")
    second = opened(desk.step(desk.first_deliverable(other), "prepare"), date(2022, 3, 1))
    facts = reminders.step_facts
    monkeypatch.setattr(reminders, "step_facts", lambda task: {} if task.pk == prepare.pk else facts(task))

    with caplog.at_level(logging.ERROR):
        assert remind(march(21)) == 1

    assert Message.objects.get(event="step.due").url == f"/tasks/{second.pk}/"
    assert f"Step {prepare.pk} could not be told of" in caplog.text


def test_a_closed_step_is_told_to_nobody(gia_lai: Office, prepare: Task, project: PilotProject) -> None:
    desk.submitted(desk.first_deliverable(project), gia_lai)
    Task.objects.exclude(pk=prepare.pk).filter(status="NEW").update(status="CANCELED")

    assert remind(march(28)) == 0


def test_the_tick_has_the_reminders() -> None:
    assert remind in JOBS.values()


# --- what it costs -------------------------------------------------------------------------------
def test_ten_thousand_open_steps_are_looked_through_in_a_few_questions(
    gia_lai: Office, project: PilotProject, django_assert_max_num_queries: object
) -> None:
    many_cases(desk.first_deliverable(project), gia_lai)
    Task.objects.update(created=march(1))
    soon = march(10)

    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert remind(soon) == 0

    day = march(28)
    leader = gia_lai.leader.pk
    keys = [f"step:{task}:20220321:+5:{leader}" for task in Turn.objects.values_list("task", flat=True)]
    Message.objects.bulk_create(
        (Message(event="step.escalated", recipient_id=leader, key=key, made_at=day) for key in keys), batch_size=1000
    )

    with django_assert_max_num_queries(5 + CASES // reminders.KEYS_AT_ONCE):  # type: ignore[operator]
        assert remind(day) == 0


def test_an_idle_installation_asks_one_question(db: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert remind() == 0
