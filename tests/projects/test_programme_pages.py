"""Programmes and plans as printed, and the annex as a workbook."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook

from projects.models import ExpectedDeliverable, Plan, PlanLine
from tests.factories.people import Office
from tests.factories.projects import plan_line


@pytest.fixture
def plan(gia_lai: Office, client: Client) -> Plan:
    client.force_login(gia_lai.clerk)
    line = plan_line(gia_lai)
    ExpectedDeliverable.objects.create(line=line, position=1, title="Báo cáo tổng kết nhiệm vụ.")
    return line.plan


def add_line(plan: Plan, position: int, number: str, **fields: object) -> PlanLine:
    return PlanLine.objects.create(plan=plan, position=position, printed_number=number, **fields)


def rows_of(content: bytes) -> list[list[object]]:
    return [list(row) for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)]


def test_programmes_are_listed_by_province_with_their_plans(client: Client, plan: Plan) -> None:
    page = client.get("/programmes/").content.decode()
    assert "tỉnh Gia Lai" in page
    assert plan.programme.get_absolute_url() in page


def test_a_stranger_sees_no_programme_and_no_plan(client: Client, plan: Plan, son_la: Office) -> None:
    client.force_login(son_la.manager)
    assert plan.programme.title not in client.get("/programmes/").content.decode()
    assert client.get(plan.programme.get_absolute_url()).status_code == 404
    assert client.get(plan.get_absolute_url()).status_code == 404
    assert client.get(plan.get_absolute_url(), {"export": "xlsx"}).status_code == 404


def test_a_plan_keeps_printed_numbers_that_repeat_and_shows_dates_beside_the_text(client: Client, plan: Plan) -> None:
    add_line(plan, 3, "3", title="Tập huấn", period_text="Quý II/2021", starts_on=date(2021, 4, 1),
             ends_on=date(2021, 6, 30))  # fmt: skip
    add_line(plan, 4, "3", title="Khảo sát", flags=["STT in trùng: số 3 (dòng 2 và 3)."])
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "3. Tập huấn" in page
    assert "3. Khảo sát" in page
    assert "Quý II/2021" in page
    assert "01/04/2021 – 30/06/2021" in page
    assert "STT in trùng: số 3 (dòng 2 và 3)." in page


def test_only_managers_of_the_province_are_offered_to_make_a_project(
    client: Client, plan: Plan, gia_lai: Office
) -> None:
    url = f"/plans/lines/{plan.lines.get().pk}/project/"
    assert url not in client.get(plan.get_absolute_url()).content.decode()
    client.force_login(gia_lai.manager)
    assert url in client.get(plan.get_absolute_url()).content.decode()


@pytest.mark.requirement("GL-01")
def test_a_task_list_is_exported_in_the_five_columns_of_the_printed_annex(client: Client, plan: Plan) -> None:
    answer = client.get(plan.get_absolute_url(), {"export": "xlsx"})
    rows = rows_of(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert len(rows[2]) == 5
    assert rows[3] == [
        "2",
        "Mô hình OCOP",
        "Thống nhất, đúng quy định",
        "- Báo cáo tổng kết nhiệm vụ.",
        "Các chủ thể sản phẩm OCOP, đơn vị cung ứng, cơ quan quản lý nhà nước và người tiêu dùng.",
    ]


def test_a_work_plan_is_exported_with_lead_partners_period_and_funding(client: Client, plan: Plan) -> None:
    ExpectedDeliverable.objects.all().delete()
    plan.lines.all().delete()
    add_line(plan, 1, "1", title="Tham mưu", lead="Chi cục", partners="Các sở", period_text="Quý II/2021")
    add_line(plan, 2, "3", title="Tập huấn", funding_text="Kinh phí sự nghiệp KHCN năm 2021")
    rows = rows_of(client.get(plan.get_absolute_url(), {"export": "xlsx"}).content)
    assert rows[3] == ["1", "Tham mưu", "Chi cục", "Các sở", "Quý II/2021", None]
    assert rows[4] == ["3", "Tập huấn", None, None, None, "Kinh phí sự nghiệp KHCN năm 2021"]


def test_the_plan_page_asks_the_database_no_more_for_more_lines(
    client: Client, plan: Plan, django_assert_max_num_queries: object
) -> None:
    for position in range(3, 23):
        add_line(plan, position, str(position), title=f"Việc {position}")
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        client.get(plan.get_absolute_url())
