"""The table of a programme's indicators, the lists behind the numbers, and the form of a target."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from projects.models import Attendance, Programme, TrainingSession
from reports.indicators import INDICATORS
from reports.models import IndicatorTarget
from tests.factories.people import Office, member
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory

HALF = {"minimum": "50", "is_percent": "on", "due_on": "31/12/2025", "source": "Đạt 50% tổ chức, cá nhân"}


@pytest.fixture
def programme(gia_lai: Office, client: Client) -> Programme:
    """A programme of a province with two producers, of whom one is trained."""
    project = make_project(gia_lai)
    assert project.line is not None
    came = ProducerFactory(province=gia_lai.province, name="HTX đã học (giả lập)")
    ProducerFactory(province=gia_lai.province, name="HTX chưa học (giả lập)")
    held = TrainingSession.objects.create(project=project, title="Lớp 1", audience="producers", held_on="2026-06-14")
    Attendance.objects.create(session=held, producer=came, person_name="Người học (giả lập)")
    client.force_login(gia_lai.manager)
    found: Programme = project.line.plan.programme
    return found


def page_of(programme: Programme, key: str = "", tail: str = "") -> str:
    return f"/programmes/{programme.code}/indicators/" + (f"{key}/" if key else "") + tail


def rows_of(content: bytes) -> list[list[object]]:
    return [list(row) for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)]


@pytest.mark.requirement("TH-K1")
def test_the_table_shows_number_target_and_verdict_and_leads_to_the_list(client: Client, programme: Programme) -> None:
    assert page_of(programme) in client.get(programme.get_absolute_url()).content.decode()
    answer = client.post(page_of(programme, "trained_share", "target/"), HALF)
    assert answer["Location"] == page_of(programme, "trained_share")
    page = client.get(page_of(programme)).content.decode()
    assert "1/2 (50 %)" in page
    assert "≥ 50 %" in page
    assert "Đạt 50% tổ chức, cá nhân" in page
    assert "Reached" in page
    assert all(page_of(programme, key) in page for key in INDICATORS)


@pytest.mark.requirement("TH-K1")
def test_without_producers_the_table_says_that_there_is_no_data(client: Client, gia_lai: Office) -> None:
    client.force_login(gia_lai.manager)
    project = make_project(gia_lai)
    assert project.line is not None
    programme = project.line.plan.programme
    client.post(page_of(programme, "trained_share", "target/"), HALF | {"minimum": "100"})
    page = client.get(page_of(programme)).content.decode()
    assert "No data yet" in page
    assert "100 %" in page
    assert "Reached" not in page


def test_the_list_names_who_counts_and_says_why_the_others_do_not(client: Client, programme: Programme) -> None:
    counts = client.get(page_of(programme, "trained_share")).content.decode()
    left_out = client.get(page_of(programme, "trained_share"), {"counts": "no"}).content.decode()
    assert "HTX đã học (giả lập)" in counts
    assert "HTX chưa học (giả lập)" not in counts
    assert "HTX chưa học (giả lập)" in left_out
    assert "Nobody of the producer attended a class." in left_out


def test_table_and_list_are_workbooks_with_their_day(client: Client, programme: Programme) -> None:
    table = rows_of(client.get(page_of(programme), {"export": "xlsx"}).content)
    assert [row[1] for row in table[3:]] == ["1/2 (50 %)", "0", "0", "0/0"]
    behind = rows_of(client.get(page_of(programme, "trained_share"), {"export": "xlsx"}).content)
    assert behind[3:] == [
        ["HTX đã học (giả lập)", "yes", None],
        ["HTX chưa học (giả lập)", "no", "Nobody of the producer attended a class."],
    ]
    assert str(table[1][0]).startswith("As of ")


def test_a_stranger_and_an_unknown_indicator_get_404(client: Client, programme: Programme, son_la: Office) -> None:
    assert client.get(page_of(programme, "no_such_indicator")).status_code == 404
    assert client.get(page_of(programme, "no_such_indicator", "target/")).status_code == 404
    client.force_login(son_la.manager)
    for path in (
        page_of(programme),
        page_of(programme, "trained_share"),
        page_of(programme, "trained_share", "target/"),
    ):
        assert client.get(path).status_code == 404
        assert client.get(path, {"export": "xlsx"}).status_code == 404
    assert client.post(page_of(programme, "trained_share", "target/"), HALF).status_code == 404


def test_a_colleague_sees_the_numbers_but_may_not_set_a_target(
    client: Client, programme: Programme, gia_lai: Office
) -> None:
    client.force_login(gia_lai.clerk)
    form = page_of(programme, "trained_share", "target/")
    assert form not in client.get(page_of(programme, "trained_share")).content.decode()
    assert client.get(form).status_code == 403
    assert client.post(form, HALF).status_code == 403
    assert not IndicatorTarget.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minimum": "x"}, "Enter a whole number, for example 12."),
        ({"minimum": "-1"}, "greater than or equal to 0"),
        ({"minimum": "101"}, "A target in percent is 100 at most"),
        ({"maximum": "49"}, "The target ends below its beginning"),
        ({"source": ""}, "This field is required."),
        ({"due_on": "31/02/2025"}, "Enter a valid date."),
    ],
)
def test_a_wrong_target_is_refused_beside_its_field(
    client: Client, programme: Programme, changed: dict[str, str], said: str
) -> None:
    answer = client.post(page_of(programme, "trained_share", "target/"), HALF | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not IndicatorTarget.objects.exists()


def test_the_target_of_a_count_is_never_in_percent(client: Client, programme: Programme) -> None:
    path = page_of(programme, "company_standards", "target/")
    assert "is_percent" not in client.get(path).content.decode()
    client.post(path, HALF)
    assert IndicatorTarget.objects.get().is_percent is False


def test_both_pages_ask_the_same_few_questions_however_many_producers_there_are(
    client: Client, programme: Programme, gia_lai: Office, django_assert_max_num_queries: Any
) -> None:
    for number in range(90_000, 90_100):  # beyond the numbers that the factory counts up to
        ProducerFactory(number=number, province=gia_lai.province)
    for path in (page_of(programme), page_of(programme, "trained_share"), page_of(programme, "interoperable_share")):
        client.get(path)
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200
    assert client.get(page_of(programme, "trained_share"), {"counts": "no"}).content.count(b"/producers/") <= 60


def test_the_list_of_an_indicator_leads_back_to_the_table(client: Client, programme: Programme) -> None:
    crumbs = client.get(page_of(programme, "trained_share")).context["crumbs"]
    assert crumbs[-1]["url"] == page_of(programme)


def test_the_second_of_two_people_at_a_target_sees_both_and_may_then_put_theirs_in_its_place(
    client: Client, programme: Programme, gia_lai: Office
) -> None:
    url = page_of(programme, "trained_share", "target/")
    mine = {"made_from": client.get(url).context["made_from"]}
    colleague = Client()
    colleague.force_login(member("gl-quanly2", "manager", gia_lai.organisation))
    assert colleague.post(url, HALF | {"made_from": ""}).status_code == 302
    answer = client.post(url, HALF | mine | {"minimum": "60", "due_on": "31/12/2026"})
    assert answer.status_code == 422
    assert [row[1:] for row in answer.context["differences"]] == [("50", "60"), ("31/12/2025", "31/12/2026")]
    assert answer.context["saved_by"].username == "gl-quanly2"
    assert IndicatorTarget.objects.get().minimum == 50
    assert client.post(url, HALF | {"minimum": "60", "made_from": answer.context["made_from"]}).status_code == 302
    assert IndicatorTarget.objects.get().minimum == 60


def test_the_same_target_sent_by_two_people_is_no_matter_for_a_question(client: Client, programme: Programme) -> None:
    url = page_of(programme, "trained_share", "target/")
    for _time in range(2):
        assert client.post(url, HALF | {"made_from": ""}).status_code == 302
