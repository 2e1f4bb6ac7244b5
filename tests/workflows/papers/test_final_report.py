"""The final report: deliverables against the plan, products, and what the records say of the rest."""

from __future__ import annotations

import pytest

from projects.models import Deliverable, Enrolment, Review
from tests.workflows.papers.cast import NOW, Case, hold_conference, make_case, table_after
from workflows import papers
from workflows.contexts.final import final_report

REPORT = "final_report"


def issue(case: Case, kind: str) -> None:
    """Take a paper past its reviewers and number it."""
    case.prepare(kind)
    paper = case.paper(kind)
    for reviewer in case.office.reviewers[:2]:
        Review.objects.create(
            deliverable=paper, round=1, reviewer=reviewer, verdict=Review.Verdict.APPROVE, decided_at=NOW
        )
    paper.round, paper.submitted_by, paper.submitted_at = 1, case.office.manager, NOW
    paper.approved_by, paper.approved_at, paper.status = case.office.leader, NOW, Deliverable.Status.WITH_LEADER
    paper.save()
    papers.issue(paper, now=NOW)


@pytest.mark.requirement("GL-2.D6")
def test_the_report_of_mission_two_lists_six_deliverables_and_seventeen_products(gia_lai):
    case = make_case(gia_lai, "ocop_products", code="GL-02")
    for _number in range(17):
        case.survey(case.enrol())
    issue(case, "survey_report_products")
    text = case.text(REPORT)
    rows = table_after(text, "Nhiệm vụ đăng ký 06 sản phẩm")[1:]
    assert [row[0] for row in rows] == ["D1", "D2", "D3", "D4", "D5", "D6"]
    assert rows[0][2:] == ["01", "01", "01/BC-CCTĐC\n03/10/2022", "Đạt, 02/02 phiếu"]
    assert rows[5][2:4] == ["01", "Đang trình"]
    products = table_after(text, "Nhiệm vụ đã áp dụng truy xuất nguồn gốc cho 17 sản phẩm của 17 chủ thể")
    assert [row[1] for row in products[1:-1]] == [f"Sản phẩm số {number}" for number in range(1, 18)]
    assert any("(yêu cầu tối thiểu 17 sản phẩm của 17 chủ thể)" in line for line in text)


@pytest.mark.requirement("GL-1.D5")
def test_the_report_of_mission_one_lists_five_deliverables_with_quantity_and_quality_against_the_plan(chain):
    for kind in ("survey_report_chain", "application_set", "training_set"):
        issue(chain, kind)
    chain.stamp(chain.enrolments[0])
    issue(chain, "electronic_system")
    rows = table_after(chain.text(REPORT), "Nhiệm vụ đăng ký 05 sản phẩm")[1:]
    assert [row[0] for row in rows] == ["D1", "D2", "D3", "D4", "D5"]
    assert [row[2:4] for row in rows] == [["01", "01"]] * 4 + [["01", "Đang trình"]]
    assert [row[5] for row in rows] == ["Đạt, 02/02 phiếu"] * 4 + ["Chờ nghiệm thu"]


@pytest.mark.requirement("GL-2.6")
def test_stamps_training_and_events_are_counted(ocop):
    ocop.stamp(ocop.enrolments[0], quantity=10)
    hold_conference(ocop)
    text = ocop.text(REPORT)
    assert "- Đào tạo, tập huấn: 02 lớp, 05 lượt người tham dự." in text
    assert "- Thông tin, tuyên truyền: 01 hoạt động có minh chứng." in text
    assert "- Tem truy xuất nguồn gốc: đã cấp 10 tem, đã kích hoạt 10 tem." in text
    stages = table_after(text, "II. KẾT QUẢ")[1:]
    assert [row[4] for row in stages] == [
        "Đã khảo sát 03 sản phẩm",
        "02 quy trình nhóm sản phẩm",
        "03/03 chủ thể có người đạt",
        "01 sản phẩm có tem kích hoạt",
        "Trình nghiệm thu",
    ]


def test_difficulties_are_what_the_records_say(ocop):
    stage = ocop.project.stage("survey")
    stage.opened_at = stage.closed_at = NOW
    stage.save(update_fields=["opened_at", "closed_at"])
    gone = ocop.enrolments[2]
    gone.withdrawn_at, gone.withdrawal_reason = NOW, "ngừng sản xuất"
    gone.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    text = ocop.text(REPORT)
    late = (NOW.date() - stage.due_on).days
    assert f"- Giai đoạn {stage.title} hoàn thành chậm {late} ngày so với kế hoạch;" in text
    assert "- Sản phẩm số 3 thôi tham gia: ngừng sản xuất." in text


def test_the_objectives_are_listed_without_the_lines_that_announce_them(ocop):
    ocop.project.objective = "Mục tiêu chung: Thống nhất.\nMục tiêu cụ thể:\n- Công khai, minh bạch."
    ocop.project.save(update_fields=["objective"])
    text = ocop.text(REPORT)
    start = text.index("5. Mục tiêu:")
    assert text[start + 1 : start + 3] == ["- Mục tiêu chung: Thống nhất;", "- Công khai, minh bạch."]


def test_a_cancelled_deliverable_is_not_listed(ocop):
    Deliverable.objects.filter(stage__project=ocop.project, code="D3").update(status=Deliverable.Status.CANCELLED)
    assert any(line.startswith("Nhiệm vụ đăng ký 05 sản phẩm") for line in ocop.text(REPORT))


def test_more_products_cost_no_more_questions(ocop, django_assert_num_queries, django_assert_max_num_queries):
    deliverable = ocop.paper(REPORT)
    with django_assert_max_num_queries(26) as few:
        final_report(deliverable, deliverable.due_on)
    for _number in range(5):
        ocop.enrol()
    assert Enrolment.objects.count() == 8
    deliverable = ocop.paper(REPORT)
    with django_assert_num_queries(len(few.captured_queries)):
        final_report(deliverable, deliverable.due_on)
