"""The register: who sees what, searching, and the workbook of what is shown."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from projects.models import Deliverable
from tests.factories import documents as make
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, producer_user

URL = "/documents/"


@pytest.fixture
def project(gia_lai):
    """Two issued papers of two years and a draft."""
    project = make_project(gia_lai)
    for code, day in (("D1", date(2022, 3, 7)), ("D2", date(2023, 1, 9))):
        make.issued(make.deliverable_of(project, code), by=gia_lai.manager, signer=gia_lai.leader, on=day)
    make.draft(make.deliverable_of(project, "D3"), by=gia_lai.manager)
    return project


def titles(client, **query) -> list[str]:
    """The titles that the page lists."""
    return [row.record.document.title for row in client.get(URL, query).context["table"].rows]


@pytest.fixture
def reader(client, gia_lai):
    client.force_login(gia_lai.clerk)
    return client


def test_issued_papers_come_first_by_date_and_drafts_after_them(reader, project):
    assert titles(reader) == ["Tài liệu hướng dẫn sử dụng", "Báo cáo kết quả khảo sát", "Tài liệu hội nghị và tập huấn"]


def test_a_row_has_number_date_project_signer_state_and_file(reader, project):
    page = reader.get(URL, {"q": "khảo sát"}).content.decode()
    for words in ("01/BC-CCTĐC", "07/03/2022", "GL-99", "gl-lanhdao (giả lập)", "/download/"):
        assert words in page


def test_a_document_stands_there_once_with_its_newest_version(reader, project, gia_lai):
    make.draft(make.deliverable_of(project, "D3"), by=gia_lai.manager)
    rows = reader.get(URL, {"q": "hội nghị"}).context["table"].rows
    assert [row.record.number for row in rows] == [2]


@pytest.mark.parametrize("words", ["KHẢO SÁT", "01/BC-CCTĐC", "1/bc-cctđc", "01 / BC"])
def test_words_and_numbers_are_found_whatever_their_case(reader, project, words):
    assert "Báo cáo kết quả khảo sát" in titles(reader, q=words)


def test_a_number_of_another_symbol_is_not_found(reader, project):
    assert titles(reader, q="01/HD") == []


@pytest.mark.parametrize("words", ["((", "%", "99999999999999999999", "' OR 1=1"])
def test_strange_words_find_nothing_and_break_nothing(reader, project, words):
    assert titles(reader, q=words) == []


def test_the_register_narrows_by_year_state_and_project(reader, project, gia_lai):
    assert titles(reader, year="2023") == ["Tài liệu hướng dẫn sử dụng"]
    assert titles(reader, state="draft") == ["Tài liệu hội nghị và tập huấn"]
    assert len(titles(reader, project=project.pk)) == 3


def test_another_province_sees_nothing(client, project, son_la):
    client.force_login(son_la.leader)
    assert titles(client) == []


def test_a_producer_sees_nothing(client, project, gia_lai):
    client.force_login(producer_user(ProducerFactory(province=gia_lai.province), "chu-the"))
    assert titles(client) == []


def test_the_workbook_has_the_rows_that_are_shown(reader, project):
    answer = reader.get(URL, {"year": "2022", "export": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[:3] for row in rows[1:]] == [("01/BC-CCTĐC", rows[1][1], "Báo cáo kết quả khảo sát")]
    assert rows[1][1].date() == date(2022, 3, 7)


def test_nobody_sees_it_without_logging_in(client, db):
    assert client.get(URL).status_code == 302


def test_the_register_is_not_changed_by_a_post(reader):
    assert reader.post(URL).status_code == 405


def test_more_documents_cost_no_more_questions(
    reader, project, gia_lai, django_assert_num_queries, django_assert_max_num_queries
):
    reader.get(URL)
    with django_assert_max_num_queries(14) as first:
        reader.get(URL)
    stage = project.stage("survey")
    for number in range(5):
        paper = Deliverable.objects.create(
            stage=stage, code=f"X{number}", title="Báo cáo", document_kind=make.KIND, reviewers_needed=2,
            due_on=stage.due_on,
        )  # fmt: skip
        make.issued(paper, by=gia_lai.manager, signer=gia_lai.leader)
    with django_assert_num_queries(len(first.captured_queries)):
        reader.get(reverse("documents:register"))
