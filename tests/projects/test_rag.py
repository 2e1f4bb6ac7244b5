"""Red, amber, green: computed from slips, difficulties and legal dates; judged differently for a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.actions.judgement import judge
from projects.actions.milestones import report_progress
from projects.actions.project import start_project
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Deliverable, Judgement, Matter, PilotProject
from projects.rag import Rag, rag, with_rag
from tests.factories.desk import running_project
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.steering import milestone_of
from worktime.working_days import Calendar

# The small project: started on 1 March 2022 (a Tuesday); D1 is due on Monday 21 March, survey on Thursday 31 March.
START = datetime(2022, 3, 1, 2, tzinfo=UTC)
D1_DUE = date(2022, 3, 21)
PLAIN = Calendar({})


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    return start_project(make_project(gia_lai), by=gia_lai.manager, now=START)


def seen(project: PilotProject, today: date, calendar: Calendar = PLAIN) -> Rag:
    return rag(with_rag(PilotProject.objects.filter(pk=project.pk)).get(), today, calendar)


def blocker(project: PilotProject, office: Office) -> Matter:
    return Matter.objects.create(
        kind=Matter.Kind.BLOCKER,
        project=project,
        text="Chưa có kinh phí",
        needed="Cấp kinh phí",
        raised_by=office.manager,
        raised_at=START,
        addressee=office.leader,
        due_on=D1_DUE,
    )


# --- the rule --------------------------------------------------------------------------------
def test_green_while_nothing_slips(project: PilotProject) -> None:
    found = seen(project, D1_DUE)
    assert (found.colour, found.computed, found.slip, found.reasons) == ("green", "green", 0, ())


@pytest.mark.parametrize(
    ("today", "slip", "colour"),
    [
        (date(2022, 3, 22), 1, "amber"),
        (date(2022, 4, 4), 10, "amber"),
        (date(2022, 4, 5), 11, "red"),
    ],
)
def test_slip_counts_in_working_days(project: PilotProject, today: date, slip: int, colour: str) -> None:
    found = seen(project, today)
    assert (found.slip, found.colour) == (slip, colour)


def test_a_weekend_is_no_slip(project: PilotProject) -> None:
    Deliverable.objects.filter(stage__project=project, code="D1").update(due_on=date(2022, 3, 18))
    assert seen(project, date(2022, 3, 20)).colour == "green"


def test_holidays_do_not_count(project: PilotProject) -> None:
    off = {date(2022, 3, 22) + timedelta(days=day): False for day in range(4)}
    assert seen(project, date(2022, 4, 5), Calendar(off)).slip == 7


def test_the_worst_thing_comes_first_among_the_reasons(project: PilotProject) -> None:
    milestone_of(project, due_on=date(2022, 3, 10), title="Thống nhất phiếu")
    found = seen(project, date(2022, 3, 23))
    assert found.slip == 9
    assert "Thống nhất phiếu" in found.reasons[0]
    assert "D1" in found.reasons[1]


def test_what_is_finished_does_not_slip(project: PilotProject, gia_lai: Office) -> None:
    milestone = milestone_of(project, due_on=date(2022, 3, 10))
    report_progress(milestone, percent=100, note="Biên bản", by=gia_lai.manager, now=START)
    Deliverable.objects.filter(stage__project=project, code="D1").update(status="issued")
    assert seen(project, date(2022, 3, 23)).colour == "green"


def test_a_stage_to_come_does_not_slip_yet(project: PilotProject) -> None:
    milestone_of(project, due_on=date(2022, 3, 2), kind="rollout")
    assert seen(project, D1_DUE).colour == "green"


def test_an_open_difficulty_is_amber_and_an_answered_one_is_not(project: PilotProject, gia_lai: Office) -> None:
    matter = blocker(project, gia_lai)
    found = seen(project, date(2022, 3, 2))
    assert found.colour == "amber"
    assert "1 difficulty waits" in found.reasons[0]
    matter.answered_by, matter.answered_at = gia_lai.leader, START
    matter.save()
    assert seen(project, date(2022, 3, 2)).colour == "green"


def test_a_missed_legal_date_is_red_at_once_whatever_its_stage(project: PilotProject) -> None:
    milestone_of(project, due_on=date(2022, 3, 3), kind="rollout", is_legal=True, title="Nộp báo cáo 30/11")
    assert seen(project, date(2022, 3, 3)).colour == "green"
    found = seen(project, date(2022, 3, 4))
    assert found.colour == "red"
    assert "legal deadline" in found.reasons[0]


def test_moving_a_date_without_approval_still_slips_against_the_baseline(project: PilotProject) -> None:
    Deliverable.objects.filter(stage__project=project, code="D1").update(due_on=date(2022, 4, 11))
    found = seen(project, date(2022, 3, 2))
    assert (found.slip, found.colour) == (15, "red")
    assert "Initial" in found.reasons[0]


@pytest.mark.parametrize("status", ["draft", "stopped"])
def test_a_project_that_does_not_run_has_no_colour(project: PilotProject, status: str) -> None:
    PilotProject.objects.update(status=status)
    found = seen(project, date(2023, 1, 1))
    assert (found.colour, found.computed, found.tone, found.label) == ("", "", "no", "")


def test_the_number_of_queries_does_not_grow_with_the_projects(project: PilotProject, gia_lai: Office) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            for one in with_rag(PilotProject.objects.all()):
                rag(one, D1_DUE, PLAIN)
        return len(captured)

    alone = queries()
    for number in range(3):
        blocker(running_project(gia_lai, code=f"GL-9{number}"), gia_lai)
    assert queries() == alone


# --- judged differently ----------------------------------------------------------------------
TODAY = date(2022, 3, 23)
NOW = datetime(2022, 3, 23, 2, tzinfo=UTC)


def judged(project: PilotProject, *, colour: str = "red", days: int = 14, now: datetime = NOW) -> Judgement:
    return judge(
        project,
        colour=colour,
        reason="Sở chưa bố trí kinh phí",
        expires_on=TODAY + timedelta(days=days),
        by=project.manager,
        now=now,
    )


def test_a_judgement_counts_and_the_computed_colour_stays_visible(project: PilotProject) -> None:
    judgement = judged(project)
    found = seen(project, TODAY)
    assert (found.colour, found.computed, found.judgement) == ("red", "amber", judgement)


@pytest.mark.parametrize("days", [-1, 31])
def test_a_judgement_holds_for_at_most_30_days(project: PilotProject, days: int) -> None:
    with pytest.raises(NotAllowedNow, match="30 days"):
        judged(project, days=days)


def test_a_judgement_needs_a_reason_and_a_known_colour(project: PilotProject, gia_lai: Office) -> None:
    for wrong in ({"reason": " ", "colour": "green"}, {"reason": "Vì thế", "colour": "blue"}):
        with pytest.raises(NotAllowedNow):
            judge(project, expires_on=TODAY, by=gia_lai.manager, now=NOW, **wrong)


def test_only_managers_judge(project: PilotProject, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        judge(project, colour="green", reason="Ổn", expires_on=TODAY, by=gia_lai.leader, now=NOW)


def test_a_judgement_ends_with_its_day(project: PilotProject) -> None:
    judged(project, days=2)
    assert seen(project, TODAY + timedelta(days=2)).colour == "red"
    assert seen(project, TODAY + timedelta(days=3)).colour == "amber"


def test_a_judgement_ends_with_the_next_report(project: PilotProject, gia_lai: Office) -> None:
    milestone = milestone_of(project, due_on=date(2022, 3, 30))
    judged(project)
    report_progress(milestone, percent=10, by=gia_lai.manager, now=NOW + timedelta(hours=1))
    assert seen(project, TODAY).judgement is None


def test_a_judgement_ends_when_a_stage_changes(project: PilotProject) -> None:
    judged(project)
    project.stages.filter(position=1).update(closed_at=NOW + timedelta(hours=1))
    assert seen(project, TODAY).judgement is None


def test_a_judgement_ends_when_the_computed_colour_gets_worse(project: PilotProject) -> None:
    judged(project, colour="green")
    assert seen(project, date(2022, 4, 4)).colour == "green"
    assert seen(project, date(2022, 4, 5)).colour == "red"


def test_the_newest_judgement_counts(project: PilotProject) -> None:
    judged(project, colour="red")
    judged(project, colour="green", now=NOW + timedelta(minutes=1))
    assert seen(project, TODAY).colour == "green"


# --- pages -----------------------------------------------------------------------------------
def test_the_project_page_says_the_colour_in_words_with_reasons(client: Client, gia_lai: Office) -> None:
    project = start_project(make_project(gia_lai), by=gia_lai.manager)
    judge(project, colour="amber", reason="Sắp bổ sung", expires_on=date.today(), by=gia_lai.manager)
    client.force_login(gia_lai.leader)
    page = client.get("/projects/GL-99/").content.decode()
    for words in ("In trouble", "Needs attention", "Sắp bổ sung", "working days late"):
        assert words in page


def test_a_judgement_is_made_on_its_page(client: Client, gia_lai: Office) -> None:
    project = start_project(make_project(gia_lai), by=gia_lai.manager)
    client.force_login(gia_lai.manager)
    url = "/projects/GL-99/judgement/"
    tomorrow = (date.today() + timedelta(days=1)).strftime("%d/%m/%Y")
    for wrong in ({}, {"colour": "blue"}, {"colour": "red", "reason": "\x00", "expires_on": tomorrow}, {
        "colour": "red", "reason": "Vì", "expires_on": "01/01/2999",
    }):  # fmt: skip
        assert client.post(url, wrong).status_code == 422
    assert client.post(url, {"colour": "red", "reason": "Vì", "expires_on": tomorrow})["Location"] == "/projects/GL-99/"
    assert project.judgements.get().by == gia_lai.manager
