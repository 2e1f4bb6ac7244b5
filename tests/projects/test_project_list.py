"""The list of projects: where each stands, filtered, and as a workbook."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from projects.actions import deliverable as papers
from projects.actions import project as actions
from projects.models import Deliverable, PilotProject
from projects.standing import Standing, with_standing
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, ProductFactory, producer_user


@pytest.fixture
def project(gia_lai: Office, client: Client) -> PilotProject:
    client.force_login(gia_lai.manager)
    return make_project(gia_lai)


def codes(client: Client, **query: str) -> list[str]:
    answer = client.get("/projects/", query)
    return [row.record.code for row in answer.context["table"].paginated_rows]


def test_it_shows_code_title_basis_stage_and_progress(client: Client, project: PilotProject) -> None:
    actions.start_project(project, by=project.manager)
    page = client.get("/projects/").content.decode()
    for text in ("GL-99", "Mô hình truy xuất nguồn gốc (giả lập)", "29/TB-CCTĐC, 17/02/2022", "1/5", "0/5"):
        assert text in page


def test_a_stranger_and_a_producer_see_no_project(
    client: Client, project: PilotProject, son_la: Office, gia_lai: Office
) -> None:
    client.force_login(son_la.manager)
    assert codes(client) == []
    product = ProductFactory(producer=ProducerFactory(province=gia_lai.province))
    actions.enrol_product(project, product, by=project.manager)
    client.force_login(producer_user(product.producer, "chu-the"))
    assert codes(client) == []


def test_the_text_search_ignores_case_of_vietnamese_letters(client: Client, project: PilotProject) -> None:
    PilotProject.objects.filter(pk=project.pk).update(title="Đào tạo Ở Gia Lai")
    assert codes(client, q="ĐÀO TẠO ở") == ["GL-99"]
    assert codes(client, q="gl-9") == ["GL-99"]
    assert codes(client, q="(") == []


def test_it_filters_by_status_and_open_stage(client: Client, project: PilotProject) -> None:
    assert codes(client, status="draft") == ["GL-99"]
    actions.start_project(project, by=project.manager)
    assert codes(client, status="draft") == []
    assert codes(client, stage="survey") == ["GL-99"]
    assert codes(client, stage="training") == []


def test_the_workbook_holds_exactly_what_is_filtered(client: Client, project: PilotProject) -> None:
    def rows(**query: str) -> list[Any]:
        content = client.get("/projects/", {"export": "xlsx", **query}).content
        return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))

    assert rows()[1][:2] == ("GL-99", "Mô hình truy xuất nguồn gốc (giả lập)")
    assert len(rows(status="accepted")) == 1


def test_the_list_asks_the_database_no_more_for_more_projects(
    client: Client, project: PilotProject, gia_lai: Office, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        actions.create_project(
            project.template, line=project.line, code=f"GL-{number}", title="Mô hình", owner=gia_lai.organisation,
            manager=gia_lai.manager, members=gia_lai.members, starts_on=project.starts_on, by=gia_lai.manager,
        )  # fmt: skip
    with django_assert_max_num_queries(26):
        client.get("/projects/")


def standing(project: PilotProject, today: Any) -> Standing:
    return Standing(with_standing(PilotProject.objects.filter(pk=project.pk)).get(), today)


def test_whose_move_it_is_follows_the_deliverables(project: PilotProject, gia_lai: Office) -> None:
    day = project.starts_on
    assert [wait.who for wait in standing(project, day).waits] == [str(gia_lai.manager)]
    actions.start_project(project, by=project.manager)
    paper = Deliverable.objects.get(code="D1")
    papers.start_preparation(paper)
    papers.submit(paper, by=gia_lai.manager)
    assert standing(project, day).waits[0].who == str(gia_lai.clerk)
    papers.record_format_check(paper, by=gia_lai.clerk, passed=True)
    papers.open_review_round(paper)
    assert str(gia_lai.reviewers[2]) in standing(project, day).waits[0].who


def test_days_late_count_from_the_earliest_thing_owed_in_the_open_stage(project: PilotProject) -> None:
    actions.start_project(project, by=project.manager)
    late_by_12 = project.starts_on.replace(month=4, day=2)  # D1 is due on 21/03/2022
    assert standing(project, late_by_12).days_late == 12
    with translation.override("en"):
        assert standing(project, late_by_12).tone_and_label == ("late", "12 days late")
    assert standing(project, project.starts_on).days_late == 0
