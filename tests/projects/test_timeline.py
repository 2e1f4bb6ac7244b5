"""The timeline: slips against any baseline in working days, and a drawing that is small and true."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string
from django.test import Client

from projects.actions.baselines import take_baseline
from projects.actions.milestones import report_progress
from projects.actions.project import start_project
from projects.models import Baseline, Deliverable, PilotProject
from projects.timeline import LEFT, RIGHT, Line, Scale, draw, lines_of, next_month
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.steering import milestone_of
from worktime.working_days import Calendar

START = datetime(2022, 3, 1, 2, tzinfo=UTC)
TODAY = date(2022, 3, 15)
PAGE = "/projects/GL-99/timeline/"


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    return start_project(make_project(gia_lai), by=gia_lai.manager, now=START)


def lines(project: PilotProject, baseline: Baseline | None = None, today: date = TODAY) -> dict[str, Line]:
    project.refresh_from_db()
    found = lines_of(project, baseline or project.baselines.first(), today=today, calendar=Calendar({}))
    return {line.title: line for line in found}


# --- slips -----------------------------------------------------------------------------------
def test_everything_is_as_planned_on_the_first_day(project: PilotProject) -> None:
    assert {line.slip for line in lines(project).values()} == {0}


def test_an_unfinished_thing_is_expected_today_at_the_earliest(project: PilotProject) -> None:
    line = lines(project, today=date(2022, 3, 28))["D1 Báo cáo kết quả khảo sát"]
    assert (line.ends_on, line.slip, line.is_done) == (date(2022, 3, 28), 5, False)


def test_a_finished_thing_slips_by_the_day_it_was_finished(project: PilotProject, gia_lai: Office) -> None:
    milestone = milestone_of(project, due_on=date(2022, 3, 10))
    take_baseline(project, name="Tháng 3", by=gia_lai.manager)
    report_progress(milestone, percent=100, note="Biên bản", by=gia_lai.manager, now=START + timedelta(days=7))
    line = lines(project, Baseline.objects.get(name="Tháng 3"), date(2022, 6, 1))["Khảo sát xong"]
    assert (line.is_done, line.ends_on, line.slip) == (True, date(2022, 3, 8), -2)
    assert line.slip_label == "2 days earlier"


def test_the_slip_depends_on_the_baseline_that_is_chosen(project: PilotProject, gia_lai: Office) -> None:
    Deliverable.objects.filter(stage__project=project, code="D1").update(due_on=date(2022, 3, 28))
    later = take_baseline(project, name="Điều chỉnh", by=gia_lai.manager)
    title = "D1 Báo cáo kết quả khảo sát"
    assert lines(project)[title].slip == 5
    assert lines(project, later)[title].slip == 0


def test_what_came_after_the_baseline_is_compared_with_its_own_date(project: PilotProject) -> None:
    milestone_of(project, due_on=date(2022, 3, 10))
    line = lines(project)["Khảo sát xong"]
    assert (line.is_in_baseline, line.slip) == (False, 3)


def test_the_order_is_that_of_the_stages(project: PilotProject) -> None:
    titles = list(lines(project))
    assert titles[0] == "The project"
    assert [title[:2] for title in titles[1:]] == ["1.", "D1", "2.", "D2", "3.", "D3", "4.", "D4", "5.", "D5"]


def test_a_cancelled_deliverable_is_left_out(project: PilotProject) -> None:
    Deliverable.objects.filter(stage__project=project, code="D1").update(status="cancelled")
    assert not [title for title in lines(project) if title.startswith("D1")]


# --- the drawing -----------------------------------------------------------------------------
def test_every_place_lies_inside_the_plot(project: PilotProject) -> None:
    milestone_of(project, due_on=date(2022, 3, 10))
    drawing = draw(list(lines(project, today=date(2023, 1, 5)).values()), today=date(2023, 1, 5))
    for mark in drawing.marks:
        assert LEFT <= mark.start <= mark.end <= RIGHT
        assert LEFT <= mark.promised_start <= mark.promised_end <= RIGHT
        assert mark.width > 0
        assert mark.top + mark.height <= drawing.height


def test_only_what_slips_has_a_red_tail_that_ends_with_the_bar(project: PilotProject) -> None:
    marks = draw(list(lines(project, today=date(2022, 3, 28)).values()), today=date(2022, 3, 28)).marks
    late = [mark for mark in marks if mark.tail]
    assert [mark.line.title[:2] for mark in late] == ["D1"]
    assert late[0].promised_end + late[0].tail == late[0].end


def test_today_is_drawn_only_when_it_is_in_the_picture(project: PilotProject) -> None:
    found = list(lines(project).values())
    assert LEFT < (draw(found, today=TODAY).today or 0) < RIGHT
    assert draw(found, today=date(2030, 1, 1)).today is None


def test_months_follow_each_other_over_the_turn_of_the_year() -> None:
    assert [next_month(date(2022, 11, 30)), next_month(date(2022, 12, 31))] == [date(2022, 12, 1), date(2023, 1, 1)]


@pytest.mark.usefixtures("vietnamese")
def test_the_axis_names_months_in_vietnamese_and_the_year_once(project: PilotProject) -> None:
    ticks = draw(list(lines(project).values()), today=TODAY).ticks
    assert [tick.label for tick in ticks] == ["Tháng 3", "Tháng 4", "Tháng 5", "Tháng 6", "Tháng 7"]
    assert [tick.year for tick in ticks] == ["2022", "", "", "", ""]


def test_a_long_project_names_fewer_months() -> None:
    line = Line("project", "x", date(2019, 1, 1), date(2025, 12, 31), date(2025, 12, 31), False, date(2019, 1, 1),
                date(2025, 12, 31), True, 0)  # fmt: skip
    ticks = draw([line], today=TODAY).ticks
    assert len(ticks) == 84
    places = [tick.x for tick in ticks if tick.label]
    assert min(later - earlier for earlier, later in pairwise(places)) >= 50


def test_the_scale_is_made_of_whole_months() -> None:
    line = Line("stage", "x", date(2022, 3, 9), date(2022, 5, 9), date(2022, 5, 9), False, date(2022, 3, 9),
                date(2022, 5, 9), True, 0)  # fmt: skip
    scale = Scale.over([line])
    assert (scale.first, scale.last) == (date(2022, 3, 1), date(2022, 6, 1))


@pytest.mark.usefixtures("vietnamese")
def test_a_full_project_draws_in_40_kb_of_valid_svg_without_styles(project: PilotProject) -> None:
    words = "Tài liệu hướng dẫn sử dụng và kê khai thông tin trên hệ thống truy xuất nguồn gốc cho các sản phẩm OCOP"
    for stage in project.stages.all():
        for number in range(2):
            stage.deliverables.create(
                code=f"E{stage.position}{number}", title=words, document_kind="final_report", reviewers_needed=2,
                due_on=stage.due_on,
            )  # fmt: skip
        for number in range(4):
            stage.milestones.create(title=f"{words} {number}", due_on=stage.starts_on + timedelta(days=5 * number))
    today = date(2022, 9, 1)
    drawing = draw(lines_of(project, project.baselines.get(), today=today, calendar=Calendar({})), today=today)
    assert len(drawing.marks) == 1 + 5 + 15 + 20
    svg = render_to_string("projects/_timeline.html", {"drawing": drawing})
    assert len(svg.encode()) <= 40 * 1024
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert root.get("viewBox") == f"0 0 1200 {drawing.height}"
    assert "style=" not in svg
    assert not re.search(r'="-?\d+[.,]\d', svg), "places are whole numbers, without a comma for a point"


# --- the page --------------------------------------------------------------------------------
def test_the_page_shows_the_newest_baseline_and_its_address_another_one(
    client: Client, project: PilotProject, gia_lai: Office
) -> None:
    first = project.baselines.get()
    newest = take_baseline(project, name="Điều chỉnh tháng 6", by=gia_lai.manager)
    client.force_login(gia_lai.clerk)
    assert client.get(PAGE).context["baseline"] == newest
    assert client.get(f"{PAGE}?baseline={first.pk}").context["baseline"] == first


@pytest.mark.parametrize("wanted", ["987654321", "9" * 40, "x", "%00", "-1", "1.5", "٣"])
def test_an_unknown_baseline_is_not_found(client: Client, project: PilotProject, gia_lai: Office, wanted: str) -> None:
    client.force_login(gia_lai.clerk)
    assert client.get(f"{PAGE}?baseline={wanted}").status_code == 404


def test_a_draft_without_baseline_has_a_timeline(client: Client, gia_lai: Office) -> None:
    make_project(gia_lai)
    client.force_login(gia_lai.clerk)
    answer = client.get(PAGE)
    assert answer.context["baseline"] is None
    assert "no baseline yet" in answer.content.decode()


def test_a_manager_keeps_a_baseline_on_the_page(client: Client, project: PilotProject, gia_lai: Office) -> None:
    client.force_login(gia_lai.manager)
    for name in ("Theo Thông báo 29", "theo thông báo 29", "", "\x00", "x" * 200):
        assert client.post("/projects/GL-99/baselines/", {"name": name})["Location"] == PAGE
    assert [baseline.name for baseline in project.baselines.all()] == ["Initial", "Theo Thông báo 29"]


def test_the_table_says_in_words_what_the_drawing_shows(client: Client, project: PilotProject, gia_lai: Office) -> None:
    client.force_login(gia_lai.clerk)
    page = client.get(PAGE).content.decode()
    table = page[page.index("<table") :]
    assert "D1 Báo cáo kết quả khảo sát" in table
    assert "21/03/2022" in table
    assert re.search(r"\d+ days later", table)
