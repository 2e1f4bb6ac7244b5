"""The papers of a mission's contract (D13): explanation, contract, progress, acceptance dossier, liquidation."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.actions import issue
from documents.errors import NotReady
from documents.models import Document
from people.models import Organisation
from projects.errors import NotAllowedForYou
from projects.models import Deliverable, Funding, Matter, Milestone, PilotProject
from tests.factories.fieldwork import NOON
from tests.factories.people import Office, OrganisationFactory
from tests.factories.projects import make_project
from tests.workflows.papers.cast import table_after, text_of
from workflows import papers
from workflows.builtin_templates import register_builtin_template
from workflows.contexts.progress import Quarter, progress_report, quarters_of

EXPLANATION = {"need": "Sổ giấy", "methods": "Khảo sát", "transfer": "Bàn giao", "effects": "Minh bạch"}
UNIT = "Trung tâm Kỹ thuật (giả lập)"
SIDES = {
    "performing_name": UNIT,
    "performing_represented_by": "Lê Văn B (giả lập)",
    "performing_account": "0011 (giả lập)",
    "copies": "4",
}
CONTRACT = SIDES | {"signed_at": "phòng họp", "instalments": "60.000.000 | Sau khi ký\n40.000.000 | Sau nghiệm thu"}
PROGRESS = {"addressee": "Sở (giả lập)", "results": "", "next_steps": "Tập huấn tiếp", "proposals": ""}
ENDING = SIDES | {
    "held_on": "20/01/2023",
    "place": "phòng họp",
    "contract": "số 01/HĐ-X ngày 05/03/2022",
    "settlement": "Đã quyết toán",
    "assets": "Không có",
    "agreements": "",
}


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    """A draft project of March 2022 with 100 million đồng of two sources, 60 of them paid."""
    made = make_project(gia_lai)
    Funding.objects.create(project=made, source="state", year=2022, planned=80_000_000, disbursed=60_000_000)
    Funding.objects.create(project=made, source="enterprise", year=2022, planned=20_000_000)
    return made


def prepared(project: PilotProject, kind: str, by: Any, occasion: str = "", **entries: str) -> list[str]:
    register_builtin_template(kind)
    return text_of(papers.prepare_about(project, kind, by=by, occasion=occasion, entries=entries, now=NOON))


# --- explanation and contract --------------------------------------------------------------------
def test_the_explanation_lists_every_stage_every_deliverable_and_the_money_by_source(project, gia_lai):
    text = prepared(project, "task_explanation", gia_lai.manager, **EXPLANATION)
    owed = Deliverable.objects.filter(stage__project=project)
    assert f"Nhiệm vụ giao nộp {owed.count():02d} sản phẩm, gồm:" in text
    assert len(table_after(text, "2. Nội dung và tiến độ")[1:]) == project.stages.count()
    assert {row[0] for row in table_after(text, "Nhiệm vụ giao nộp")[1:]} == set(owed.values_list("code", flat=True))
    assert table_after(text, "VI. KINH PHÍ")[1:] == [
        ["2022", "Ngân sách nhà nước", "80.000.000"],
        ["2022", "Doanh nghiệp", "20.000.000"],
        ["", "Cộng", "100.000.000"],
    ]
    assert Document.objects.get().symbol == ""  # its host signs it; the agency's book has no such type


def test_the_explanation_shares_the_projects_money_out_by_kind_of_cost(project, gia_lai):
    costs = "70.000.000 | Trả công lao động\n30000000 | Tem và vật tư"
    text = prepared(project, "task_explanation", gia_lai.manager, **EXPLANATION, costs=costs, cooperation="Cùng làm")
    assert table_after(text, "Dự toán theo khoản chi")[1:] == [
        ["1", "Trả công lao động", "70.000.000"],
        ["2", "Tem và vật tư", "30.000.000"],
        ["", "Cộng", "100.000.000"],
    ]
    assert text[text.index("2. Phương án phối hợp:") + 1] == "Cùng làm"
    assert "3. Nội dung và tiến độ theo giai đoạn:" in text


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        ("90.000.000 | Trả công", "90.000.000 đồng together, the project's money is 100.000.000 đồng"),
        ("Trả công 90 triệu", "“Trả công 90 triệu” is no cost"),
    ],
)
def test_an_estimate_that_is_not_the_projects_money_is_refused(project, gia_lai, costs, said):
    with pytest.raises(NotReady, match=said):
        prepared(project, "task_explanation", gia_lai.manager, **EXPLANATION, costs=costs)


def test_a_paper_cites_its_plan_in_vietnamese_whatever_the_interface_speaks(project, gia_lai):
    text = prepared(project, "task_contract", gia_lai.manager, **CONTRACT)
    cited = next(line for line in text if line.startswith("Căn cứ") and str(project.line.plan.number) in line)
    assert cited.startswith("Căn cứ Thông báo số")


def test_the_contract_is_numbered_by_the_ordering_agency_and_both_sides_sign(project, gia_lai):
    text = prepared(project, "task_contract", gia_lai.manager, **CONTRACT)
    assert f"Bên A: {project.line.plan.issuer}." in text
    assert f"Bên B: {UNIT}." in text
    assert "Tài khoản: 0011 (giả lập)." in text
    assert "1. Tổng kinh phí: 100.000.000 đồng (bằng chữ: Một trăm triệu đồng)." in text
    assert table_after(text, "2. Kinh phí được cấp")[1:] == [
        ["1", "Sau khi ký", "60.000.000"],
        ["2", "Sau nghiệm thu", "40.000.000"],
        ["", "Cộng", "100.000.000"],
    ]
    assert [line.split(".")[0] for line in text if line.startswith("Điều ")] == [f"Điều {n}" for n in range(1, 15)]
    assert "ĐẠI DIỆN BÊN B | ĐẠI DIỆN BÊN A" in "\n".join(text)
    document = Document.objects.get()
    assert (document.symbol, document.organisation) == ("HĐ", project.line.plan.issuer)


def test_another_agencys_plan_makes_that_agency_side_a_and_the_owner_side_b(project, gia_lai):
    ordering: Organisation = OrganisationFactory(
        code="so-dat-hang", name="Sở Đặt hàng (giả lập)", symbol="SDH", province=gia_lai.province
    )
    plan = project.line.plan
    plan.issuer = ordering
    plan.save()
    initial = papers.ALL_KINDS["task_contract"].initial(project, "")
    assert initial["performing_name"] == project.owner.name
    prepared(project, "task_contract", gia_lai.manager, **CONTRACT)
    assert Document.objects.get().organisation == ordering


def test_a_contract_with_oneself_or_without_money_is_refused_and_everything_named(project, gia_lai):
    Funding.objects.all().delete()
    with pytest.raises(NotReady) as refused:
        prepared(project, "task_contract", gia_lai.manager, **CONTRACT | {"performing_name": project.owner.name})
    assert "cannot be both sides" in str(refused.value)
    assert "No money is recorded" in str(refused.value)


@pytest.mark.parametrize(
    ("instalments", "words"),
    [
        pytest.param("60.000.000 | Ký\n40.000.001 | Nghiệm thu", "100.000.001 đồng together", id="more_than_the_value"),
        pytest.param("sáu mươi triệu | Ký", "is no instalment", id="amount_in_words"),
        pytest.param("60.000.000", "is no instalment", id="no_condition"),
    ],
)
def test_instalments_that_do_not_add_up_or_cannot_be_read_are_refused(instalments, words, project, gia_lai):
    with pytest.raises(NotReady, match=words):
        prepared(project, "task_contract", gia_lai.manager, **CONTRACT | {"instalments": instalments})


def test_a_reviewer_does_not_prepare_the_contract(project, gia_lai):
    with pytest.raises(NotAllowedForYou):
        prepared(project, "task_contract", gia_lai.reviewers[0], **CONTRACT)


# --- progress ------------------------------------------------------------------------------------
def test_the_quarters_are_those_of_the_projects_time_the_newest_first(project):
    project.due_on = date(2022, 8, 31)
    assert [each.key for each in quarters_of(project, date(2022, 5, 1))] == ["2022-Q2", "2022-Q1"]
    assert [each.key for each in quarters_of(project, date(2023, 2, 1))] == ["2022-Q3", "2022-Q2", "2022-Q1"]


def test_a_running_project_that_is_late_reports_on_this_quarter_too(project):
    project.due_on, project.status = date(2022, 5, 31), PilotProject.Status.RUNNING
    assert [each.key for each in quarters_of(project, date(2023, 2, 1))] == ["2023-Q1", "2022-Q2", "2022-Q1"]


def test_a_quarter_that_is_long_over_is_folded_away_until_it_has_its_report(project, gia_lai, client):
    client.force_login(gia_lai.manager)
    occasion = "2022-Q1"

    def is_in(part: str) -> bool:
        context = client.get(f"/projects/{project.code}/papers/").context
        return any(row.url.endswith(occasion) for row in context[part])

    assert (is_in("past"), is_in("rows")) == (True, False)
    prepared(project, "progress_report", gia_lai.manager, occasion=occasion, **PROGRESS)
    assert (is_in("past"), is_in("rows")) == (False, True)


@pytest.mark.parametrize(("number", "last"), [(1, date(2024, 3, 31)), (2, date(2024, 6, 30)), (4, date(2024, 12, 31))])
def test_a_quarter_ends_with_the_last_day_of_its_third_month(number, last):
    assert Quarter(2024, number).last == last
    assert Quarter(2024, number).following.first > last


@pytest.fixture
def works(project: PilotProject) -> dict[str, Milestone]:
    """Milestones that were done, are late, were done before the quarter, and come next."""
    stage = project.stages.get(kind="survey")
    Deliverable.objects.filter(stage__project=project).update(due_on=date(2023, 12, 1))
    dates = {
        "done": (date(2022, 5, 10), date(2022, 5, 12)),
        "late": (date(2022, 3, 20), None),
        "before": (date(2022, 3, 10), date(2022, 3, 9)),
        "after": (date(2022, 6, 20), date(2022, 7, 4)),
        "next": (date(2022, 9, 30), None),
        "later": (date(2022, 10, 1), None),
    }
    return {title: _milestone(stage, title, due, reached) for title, (due, reached) in dates.items()}


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def _milestone(stage: Any, title: str, due: date, reached: date | None) -> Milestone:
    moment = _morning(reached) if reached else None
    return Milestone.objects.create(
        stage=stage, title=title, due_on=due, reached_at=moment, reached_by=stage.project.manager if reached else None
    )


def _report(project: PilotProject, day: date) -> Any:
    return progress_report(project, day, PROGRESS, "2022-Q2")


def test_the_report_sets_what_was_due_in_the_quarter_against_what_was_done_by_its_end(project, works):
    report = _report(project, date(2022, 7, 10))
    assert [(work.title, work.state) for work in report.works] == [
        ("late", "Chưa hoàn thành, chậm 102 ngày"),
        ("done", "Hoàn thành ngày 12/05/2022, chậm 02 ngày"),
        ("after", "Chưa hoàn thành, chậm 10 ngày"),
    ]
    assert (report.work_count, report.done_count) == (3, 1)
    assert [work.title for work in report.coming] == ["late", "after", "next"]


def test_the_report_of_a_quarter_tells_of_its_difficulties_with_the_answers_given_by_its_end(project, works, gia_lai):
    def raised(text: str, raised_on: date, answered_on: date | None) -> None:
        matter = Matter(project=project, kind="blocker", text=text, needed="Quyết định", due_on=raised_on)
        matter.raised_by, matter.raised_at, matter.addressee = gia_lai.manager, _morning(raised_on), gia_lai.leader
        if answered_on:
            matter.answer, matter.answered_by, matter.answered_at = "Đồng ý", gia_lai.leader, _morning(answered_on)
        matter.save()

    raised("đã xong trước", date(2022, 3, 1), date(2022, 3, 31))
    raised("trả lời trong quý", date(2022, 3, 1), date(2022, 4, 1))
    raised("trả lời sau quý", date(2022, 6, 30), date(2022, 7, 1))
    raised("nêu sau quý", date(2022, 7, 1), None)
    found = _report(project, date(2022, 7, 10)).difficulties
    assert [(row.text, row.answer) for row in found] == [
        ("trả lời trong quý", "Đồng ý"),
        ("trả lời sau quý", "Chưa có"),
    ]


def test_the_report_is_printed_with_the_money_planned_and_paid(project, gia_lai):
    text = prepared(project, "progress_report", gia_lai.manager, occasion="2022-Q1", **PROGRESS)
    assert "Kính gửi: Sở (giả lập)" in text
    assert "3. Hợp đồng: chưa ký trên hệ thống." in text
    assert table_after(text, "Kinh phí được giao")[-1] == ["", "Cộng", "100.000.000", "60.000.000"]
    assert "Tập huấn tiếp" in text


def test_the_report_cites_the_contract_that_is_in_force(project, gia_lai):
    prepared(project, "task_contract", gia_lai.manager, **CONTRACT)
    issue(Document.objects.get(), signer=gia_lai.leader, on=date(2022, 3, 5), by=gia_lai.leader)
    text = prepared(project, "progress_report", gia_lai.manager, occasion="2022-Q1", **PROGRESS)
    assert "3. Hợp đồng: số 01/HĐ-CCTĐC ngày 05/03/2022." in text


def test_the_report_asks_no_more_for_more_milestones(project, works, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        _report(project, date(2022, 7, 10))
    for number in range(3):
        _milestone(works["done"].stage, f"m{number}", date(2022, 5, number + 1), None)
    with django_assert_num_queries(len(few)):
        _report(project, date(2022, 7, 10))


# --- acceptance dossier --------------------------------------------------------------------------
def test_the_dossier_lists_what_is_there_and_names_what_is_missing(project, gia_lai):
    prepared(project, "task_explanation", gia_lai.manager, **EXPLANATION)
    owed = Deliverable.objects.filter(stage__project=project).count()
    text = prepared(project, "acceptance_file", gia_lai.manager, addressee="Sở (giả lập)", remarks="")
    rows = table_after(text, "Hồ sơ gồm")[1:]
    assert ["Nếu có", "Bản 1", "Đã có"] in [row[2:] for row in rows]  # signed by its host, it needs no number
    assert sum(row[2] == "Bắt buộc" and row[4].startswith("Thiếu") for row in rows) == owed + 1  # and the minutes
    assert f"Hồ sơ còn thiếu {owed + 1:02d} thành phần bắt buộc:" in text


def test_the_list_of_the_dossier_does_not_list_itself(project, gia_lai):
    entries = {"addressee": "Sở (giả lập)", "remarks": ""}
    prepared(project, "acceptance_file", gia_lai.manager, **entries)
    issue(Document.objects.get(), signer=gia_lai.leader, on=date(2022, 12, 5), by=gia_lai.leader)
    register_builtin_template("acceptance_file")
    again = papers.prepare_about(
        project, "acceptance_file", by=gia_lai.manager, entries=entries, now=NOON, is_replacement=True
    )
    assert "Báo cáo về hồ sơ nghiệm thu nhiệm vụ" not in "\n".join(text_of(again)).split("II. DANH MỤC")[1]


# --- liquidation ---------------------------------------------------------------------------------
def _accepted(project: PilotProject) -> PilotProject:
    project.status, project.accepted_at, project.accepted_by = "accepted", NOON, project.manager
    project.save()
    return project


def test_the_contract_of_a_project_that_goes_on_is_not_ended(project, gia_lai):
    with pytest.raises(NotReady, match="neither accepted nor stopped"):
        prepared(project, "liquidation_minutes", gia_lai.manager, **ENDING)


def test_the_liquidation_says_what_was_delivered_paid_and_remains(project, gia_lai):
    text = prepared(_accepted(project), "liquidation_minutes", gia_lai.manager, **ENDING)
    assert "- Kinh phí theo hợp đồng: 100.000.000 đồng;" in text
    assert "- Bên A đã cấp: 60.000.000 đồng;" in text
    assert "- Chưa cấp: 40.000.000 đồng." in text
    assert any(line.startswith("Bên B đã giao nộp 0 trên tổng số") for line in text)
    assert all(row[4] == "Chưa giao nộp" for row in table_after(text, "Bên B đã giao nộp")[1:])
    assert f"Nhiệm vụ được công nhận hoàn thành ngày {timezone.localdate(NOON):%d/%m/%Y}." in text


def test_the_liquidation_is_offered_what_was_typed_for_the_contract_and_its_number(project, gia_lai):
    prepared(project, "task_contract", gia_lai.manager, **CONTRACT)
    issue(Document.objects.get(), signer=gia_lai.leader, on=date(2022, 3, 5), by=gia_lai.leader)
    offered = papers.ALL_KINDS["liquidation_minutes"].initial(project, "")
    assert offered["performing_name"] == UNIT
    assert offered["performing_account"] == "0011 (giả lập)"
    assert offered["contract"] == "số 01/HĐ-CCTĐC ngày 05/03/2022"


# --- on the screen -------------------------------------------------------------------------------
def test_a_wrong_instalment_is_named_once_beside_what_was_typed_and_the_page_has_a_way_back(client, project, gia_lai):
    client.force_login(gia_lai.manager)
    answer = client.post(
        reverse("prepare_paper", args=["project", project.pk, "task_contract"]), CONTRACT | {"instalments": "abc|"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('class="error-summary"') == 1
    assert "“abc|” is no instalment" in page
    assert "abc|</textarea>" in page
    assert f'<a class="btn btn-link" href="{reverse("project_papers", args=[project.code])}">' in page
