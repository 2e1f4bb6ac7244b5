"""The landing page of managers and leaders: what is late, who holds it and since when, in no click."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from viewflow.workflow.models import Task

from people.models import Membership, Organisation, User
from projects.models import Deliverable, Matter, Milestone, PilotProject, Stage
from tests.factories import desk
from tests.factories.people import Office, member
from tests.factories.projects import make_project
from workflows import overview
from workflows.models import Turn
from workflows.overview import LATE, OTHERS, SOON, Horizon
from worktime.working_days import Calendar

TODAY = date(2022, 3, 1)  # a Tuesday; the project starts on it, D1 is due on 21/03, its stage on 31/03
NOON = timezone.make_aware(datetime(2022, 3, 1, 12))
Browse = Callable[[User], Client]


@pytest.fixture
def milestone(project: PilotProject) -> Milestone:
    stage = project.stage("survey")
    Stage.objects.filter(pk=stage.pk).update(opened_at=NOON)
    return Milestone.objects.create(stage=stage, title="Tập huấn lớp 2", due_on=date(2022, 3, 11))


def on(day: date, special: dict[date, bool] | None = None) -> Horizon:
    return Horizon(day, Calendar(special or {}))


def things(user: User, state: str, day: date) -> list[tuple[str, str, int]]:
    return [(item.kind, item.title, item.days_late) for item in overview.worst(user, state, on(day), 50)]


# --- what is late -----------------------------------------------------------------------------
def test_a_missed_milestone_is_late_by_working_days_and_names_its_holder(gia_lai: Office, milestone: Milestone) -> None:
    [item] = overview.worst(gia_lai.manager, LATE, on(date(2022, 3, 16)), 5)

    assert (item.kind, item.title, item.code) == ("milestone", "Tập huấn lớp 2", "GL-99")
    assert item.days_late == 3  # Monday, Tuesday and Wednesday after Friday the 11th
    assert item.holder == str(gia_lai.manager)
    assert item.days_held == 11


def test_a_milestone_of_its_own_owner_is_with_that_person(gia_lai: Office, milestone: Milestone) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(owner=gia_lai.helper)

    [item] = overview.worst(gia_lai.manager, LATE, on(date(2022, 3, 16)), 5)
    assert item.holder == str(gia_lai.helper)


def test_what_was_due_before_a_weekend_is_not_late_on_the_weekend(gia_lai: Office, milestone: Milestone) -> None:
    assert things(gia_lai.manager, LATE, date(2022, 3, 13)) == []
    assert things(gia_lai.manager, SOON, date(2022, 3, 13)) == [("milestone", "Tập huấn lớp 2", 0)]
    assert things(gia_lai.manager, LATE, date(2022, 3, 14)) == [("milestone", "Tập huấn lớp 2", 1)]


def test_a_holiday_does_not_count(gia_lai: Office, milestone: Milestone) -> None:
    holiday = {date(2022, 3, 14): False}

    assert overview.worst(gia_lai.manager, LATE, on(date(2022, 3, 14), holiday), 5) == []
    [item] = overview.worst(gia_lai.manager, LATE, on(date(2022, 3, 16), holiday), 5)
    assert item.days_late == 2


def test_the_worst_slip_comes_first_whatever_its_kind(gia_lai: Office, milestone: Milestone) -> None:
    found = things(gia_lai.manager, LATE, date(2022, 4, 8))

    assert [(kind, days) for kind, _title, days in found] == [("milestone", 20), ("step", 14), ("stage", 6)]


def test_a_deliverable_is_listed_once_as_its_open_step(gia_lai: Office, project: PilotProject) -> None:
    kinds = [kind for kind, _title, _days in things(gia_lai.manager, LATE, date(2022, 3, 25))]
    assert kinds == ["step"]


def test_a_late_deliverable_without_a_step_is_with_the_manager(gia_lai: Office, project: PilotProject) -> None:
    Task.objects.filter(process__deliverableprocess__isnull=False).update(status="CANCELED", finished=NOON)

    [item] = overview.worst(gia_lai.manager, LATE, on(date(2022, 3, 25)), 5)
    assert (item.kind, item.holder, item.days_late) == ("deliverable", str(gia_lai.manager), 4)


def test_a_step_is_late_by_the_office_clock_though_its_paper_is_in_time(gia_lai: Office, project: PilotProject) -> None:
    deliverable = desk.submitted(desk.first_deliverable(project), gia_lai)
    Turn.objects.filter(task=desk.step(deliverable, "check_format")).update(due_on=date(2022, 3, 3))

    [item] = overview.worst(gia_lai.manager, LATE, on(date(2022, 3, 8)), 5)
    assert (item.kind, item.days_late, item.due) == ("step", 3, date(2022, 3, 3))
    assert item.holder == str(Membership.Role.CLERK.label)
    assert item.names == str(gia_lai.clerk)


def test_a_clock_that_stands_still_makes_nothing_late(gia_lai: Office, project: PilotProject) -> None:
    deliverable = desk.submitted(desk.first_deliverable(project), gia_lai)
    turns = Turn.objects.filter(task=desk.step(deliverable, "check_format"))
    turns.update(due_on=date(2022, 3, 3), paused_at=NOON)

    assert things(gia_lai.manager, LATE, date(2022, 3, 8)) == []


def test_a_paper_past_its_date_is_late_though_the_office_clock_has_days_left(
    gia_lai: Office, project: PilotProject
) -> None:
    deliverable = desk.submitted(desk.first_deliverable(project), gia_lai)
    Turn.objects.filter(task=desk.step(deliverable, "check_format")).update(due_on=date(2022, 3, 24))

    assert [days for _kind, _title, days in things(gia_lai.manager, LATE, date(2022, 3, 23))] == [2]


def test_an_open_matter_is_with_its_addressee(gia_lai: Office, project: PilotProject) -> None:
    matter = raised(project, gia_lai, due_on=date(2022, 3, 4))

    [item] = overview.worst(gia_lai.manager, LATE, on(date(2022, 3, 8)), 5)
    assert (item.kind, item.title, item.holder) == ("matter", matter.text, str(gia_lai.leader))
    assert item.days_late == 2


def raised(project: PilotProject, office: Office, *, due_on: date) -> Matter:
    matter: Matter = Matter.objects.create(
        kind=Matter.Kind.BLOCKER,
        project=project,
        text="Chưa có mã số vùng trồng",
        needed="Cho phép dùng mã tạm",
        raised_by=office.manager,
        raised_at=NOON,
        addressee=office.leader,
        due_on=due_on,
    )
    return matter


def test_finished_things_and_projects_that_do_not_run_are_not_late(gia_lai: Office, milestone: Milestone) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(reached_at=NOON, reached_by=gia_lai.manager)
    assert things(gia_lai.manager, LATE, date(2022, 3, 16)) == []

    PilotProject.objects.update(status=PilotProject.Status.STOPPED)
    kinds = {kind for kind, _title, _days in things(gia_lai.leader, LATE, date(2023, 3, 16))}
    assert kinds == set()


# --- whose ------------------------------------------------------------------------------------
def test_a_manager_follows_their_own_projects_a_leader_the_province(gia_lai: Office, milestone: Milestone) -> None:
    other = member("gl-quanly2", Membership.Role.MANAGER, gia_lai.organisation)
    late = date(2022, 3, 16)

    assert things(other, LATE, late) == []
    assert len(things(gia_lai.leader, LATE, late)) == 1
    project = milestone.stage.project
    project.members.create(user=other, role=Membership.Role.MANAGER)
    assert len(things(other, LATE, late)) == 1


def test_another_province_sees_nothing_of_it(gia_lai: Office, son_la: Office, milestone: Milestone) -> None:
    for stranger in (son_la.manager, son_la.leader):
        found = overview.counters(stranger, on(date(2022, 4, 20)))
        assert (found.late, found.soon, found.mine, found.others) == (0, 0, 0, 0)


@pytest.mark.requirement("BK-V.1a")
def test_the_standing_department_sees_the_whole_province_and_no_other(
    gia_lai: Office, son_la: Office, milestone: Milestone, as_user: Browse
) -> None:
    department = Organisation.objects.create(
        code="skhcn-gl", name="Sở Khoa học và Công nghệ", symbol="SKHCN", kind=Organisation.Kind.DEPARTMENT,
        province=gia_lai.province, place="Gia Lai",
    )  # fmt: skip
    administrator = member("gl-skhcn", Membership.Role.ADMINISTRATOR, department)
    make_project(son_la, code="SL-01", template=milestone.stage.project.template)

    page = as_user(administrator).get("/overview/").content.decode()
    assert "Tập huấn lớp 2" in page
    assert "SL-01" not in page
    assert as_user(administrator).get("/projects/GL-99/").status_code == 200
    assert as_user(administrator).get("/projects/SL-01/").status_code == 404


# --- the counters -----------------------------------------------------------------------------
def test_the_counters_are_as_long_as_their_lists(gia_lai: Office, milestone: Milestone) -> None:
    desk.running_project(gia_lai, code="GL-98", starts_on=date(2022, 2, 10))
    desk.submitted(desk.first_deliverable(milestone.stage.project), gia_lai)
    day = date(2022, 3, 16)
    for user in (gia_lai.manager, gia_lai.leader, gia_lai.clerk):
        found = overview.counters(user, on(day))
        lists = {state: overview.listed(user, state, on(day), overview.Q()).count() for state in (LATE, SOON, OTHERS)}
        assert (found.late, found.soon, found.others) == (lists[LATE], lists[SOON], lists[OTHERS])


def test_who_is_waited_for_is_grouped_by_person_with_the_longest_wait(gia_lai: Office) -> None:
    for code in ("GL-01", "GL-02"):
        desk.in_review(desk.first_deliverable(desk.running_project(gia_lai, code=code)), gia_lai)
    tasks = Task.objects.filter(owner=gia_lai.reviewers[0], finished=None).order_by("pk")
    Task.objects.filter(pk=tasks[0].pk).update(created=NOON)
    Task.objects.exclude(pk=tasks[0].pk).update(created=NOON + timedelta(days=7))

    waiting = overview.counters(gia_lai.manager, on(date(2022, 3, 9))).waiting
    assert [(row.who, row.steps, row.longest) for row in waiting[:2]] == [
        (str(gia_lai.reviewers[0]), 2, 6),
        (str(gia_lai.reviewers[1]), 2, 1),
    ]


def test_a_step_that_i_can_do_does_not_wait_for_others(gia_lai: Office, project: PilotProject) -> None:
    desk.submitted(desk.first_deliverable(project), gia_lai)

    manager = overview.counters(gia_lai.manager, on(TODAY))
    assert (manager.mine, manager.others) == (0, 1)
    assert [row.who for row in manager.waiting] == [str(Membership.Role.CLERK.label)]
    clerk = overview.counters(gia_lai.clerk, on(TODAY))
    assert (clerk.mine, clerk.others) == (1, 0)


# --- the pages --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "place"),
    [("manager", "/overview/"), ("leader", "/overview/"), ("clerk", "/inbox/"), ("helper", "/inbox/")],
)
def test_everyone_starts_where_their_work_is(gia_lai: Office, as_user: Browse, role: str, place: str) -> None:
    assert as_user(getattr(gia_lai, role)).get("/")["Location"] == place


def test_the_keeper_starts_at_the_overview(as_user: Browse, db: None) -> None:
    keeper = User.objects.create_superuser("nguoi-giu", "mat-khau", full_name="Người giữ")
    browser = as_user(keeper)
    assert browser.get("/")["Location"] == "/overview/"
    page = browser.get("/overview/")
    assert page.status_code == 200
    assert "Nothing is late in what you follow." in page.content.decode()


def test_the_page_shows_the_late_things_at_once_and_a_link_to_each_list(
    gia_lai: Office, milestone: Milestone, as_user: Browse
) -> None:
    page = as_user(gia_lai.manager).get("/overview/").content.decode()

    assert "Tập huấn lớp 2" in page
    assert str(gia_lai.manager) in page
    for url in ("/overview/list/?state=late", "/overview/list/?state=soon", "/overview/list/?state=others", "/inbox/"):
        assert f'href="{url}"' in page


def test_a_leader_sees_the_decisions_that_are_waited_for(
    gia_lai: Office, project: PilotProject, as_user: Browse
) -> None:
    raised(project, gia_lai, due_on=date(2022, 3, 9))

    page = as_user(gia_lai.leader).get("/overview/").content.decode()
    assert "Cho phép dùng mã tạm" in page
    assert "09/03/2022" in page
    assert "Decisions waited for" not in as_user(gia_lai.manager).get("/overview/").content.decode()


def test_the_colours_name_project_reason_and_manager(gia_lai: Office, milestone: Milestone, as_user: Browse) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        page = as_user(gia_lai.leader).get("/overview/colours/", headers=headers).content.decode()
        assert "In trouble" in page
        assert "late (due " in page
        assert ("<html" in page) == (not headers)


def test_a_list_is_narrowed_by_its_address(gia_lai: Office, milestone: Milestone, as_user: Browse) -> None:
    desk.running_project(gia_lai, code="GL-98")
    browser = as_user(gia_lai.manager)

    def codes(**query: Any) -> set[str]:
        return {item.code for item in browser.get("/overview/list/", query).context["items"]}

    assert codes(state="late") == {"GL-98", "GL-99"}
    assert codes(state="late", project="GL-98") == {"GL-98"}
    assert codes(state="late", kind="milestone") == {"GL-99"}
    assert codes(state="late", person=gia_lai.clerk.pk) == set()


@pytest.mark.parametrize(
    "query",
    ["state=x", "state=late&kind=x", "person=99999999999999999999", "person=x", "project=%00", "page=x", "page=99999",
     "step=x", "state=others&kind=step", "export=x"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_no_error(
    gia_lai: Office, milestone: Milestone, as_user: Browse, query: str
) -> None:
    assert as_user(gia_lai.manager).get(f"/overview/list/?{query}").status_code == 200


@pytest.mark.parametrize("state", ["late", "soon", "others"])
def test_the_workbook_has_exactly_the_rows_of_the_list(
    gia_lai: Office, milestone: Milestone, as_user: Browse, state: str
) -> None:
    today = timezone.localdate()
    project = desk.submitted(desk.first_deliverable(milestone.stage.project), gia_lai).stage.project
    days = range(30) if state == "soon" else ()
    for number in [*range(-60, -30), *days]:
        due_on = today if number >= 0 else today + timedelta(days=number)
        Milestone.objects.create(stage=project.stage("survey"), title=f"Mốc {number}", due_on=due_on)
    browser, query = as_user(gia_lai.manager), {"state": state, "project": "GL-99"}

    first = browser.get("/overview/list/", query).context["page"]
    shown = [
        (item.title, item.holder, item.due)
        for page in first.paginator.page_range
        for item in browser.get("/overview/list/", query | {"page": page}).context["items"]
    ]
    content = browser.get("/overview/list/", query | {"export": "xlsx"}).content
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=4, values_only=True))
    assert [(row[1], row[5], row[8].date()) for row in rows] == shown
    assert len(shown) == {"late": 33, "soon": 30, "others": 1}[state]


def test_deliverables_that_are_not_owed_now_are_not_late(gia_lai: Office, project: PilotProject) -> None:
    late_ones = [title for kind, title, _days in things(gia_lai.manager, LATE, date(2022, 12, 1)) if kind != "stage"]
    assert late_ones == [str(Deliverable.objects.get(code="D1"))]
