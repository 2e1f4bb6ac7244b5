"""The final report: deliverables against the plan, products, and what the records say of the rest."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from documents import force
from onboarding.actions import journey, portal
from projects.contexts import DeliverableRow
from projects.models import Attendance, CommunicationEvent, Deliverable, Enrolment, Funding, PilotProject, Review
from registry.models import OcopRecognition
from tests.factories import onboarding as made
from tests.workflows.papers.cast import NOW, Case, hold_conference, make_case, table_after
from workflows import journeys, papers
from workflows.contexts.final import final_report
from workflows.contexts.portal import portal_grounds

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


def row_of(case: Case, code: str) -> DeliverableRow:
    paper = case.paper(REPORT)
    return next(row for row in final_report(paper, paper.due_on).deliverables if row.code == code)


def test_the_number_of_a_revoked_paper_is_not_that_of_the_deliverable(ocop):
    issue(ocop, "survey_report_products")
    paper = ocop.paper("survey_report_products")
    why = {"reason": "Sai số liệu", "by_paper": "Quyết định số 3/QĐ-X (giả lập)"}
    force.revoke(paper.document, **why, by=ocop.office.leader, now=NOW)
    Deliverable.objects.filter(pk=paper.pk).update(status=Deliverable.Status.DRAFTING)  # begun again
    row = row_of(ocop, "D1")
    assert (row.done, row.number, row.quality) == ("Đang trình", "", "Chờ nghiệm thu")


def test_the_quality_is_the_verdicts_of_the_last_round(ocop):
    issue(ocop, "survey_report_products")
    paper = ocop.paper("survey_report_products")
    Deliverable.objects.filter(pk=paper.pk).update(round=2)
    for round_, verdict in ((2, Review.Verdict.APPROVE), (3, Review.Verdict.REJECT)):
        Review.objects.create(
            deliverable=paper, round=round_, reviewer=ocop.office.reviewers[0], verdict=verdict, decided_at=NOW
        )
    assert row_of(ocop, "D1").quality == "Đạt, 01/01 phiếu"


def test_stamps_of_a_product_that_left_are_not_counted(ocop):
    ocop.stamp(ocop.enrolments[0])
    Enrolment.objects.filter(pk=ocop.enrolments[0].pk).update(withdrawn_at=NOW)
    paper = ocop.paper(REPORT)
    report = final_report(paper, paper.due_on)
    assert (report.stamps_issued, report.stamps_activated) == (0, 0)
    assert "00 sản phẩm có tem kích hoạt" in [stage.result for stage in report.stages]


def test_a_producer_counts_as_trained_when_somebody_passed_the_check(ocop):
    Attendance.objects.filter(producer=ocop.enrolments[0].product.producer).update(passed_check=False)
    paper = ocop.paper(REPORT)
    results = [stage.result for stage in final_report(paper, paper.due_on).stages]
    assert "02/03 chủ thể có người đạt" in results


def test_only_events_with_evidence_count_be_it_a_link_or_a_file_and_no_television_report_before_its_broadcast(ocop):
    proof = {"evidence": "Biên bản (giả lập)"}
    for facts in ({}, proof, {"file": "evidence/1.pdf"}, {"file": "evidence/2.pdf"}, proof | {"kind": "television"}):
        CommunicationEvent.objects.create(
            project=ocop.project, title="Mô hình (giả lập)", held_on=NOW.date(), **{"kind": "article"} | facts
        )
    paper = ocop.paper(REPORT)
    assert final_report(paper, paper.due_on).events_held == 3


@pytest.mark.parametrize(("days", "is_late"), [(-1, False), (0, False), (1, True)])
def test_a_stage_that_was_closed_in_time_is_no_difficulty(ocop, days, is_late):
    stage = ocop.project.stage("survey")
    stage.opened_at = NOW
    stage.closed_at = datetime.combine(stage.due_on + timedelta(days=days), NOW.timetz())
    stage.save(update_fields=["opened_at", "closed_at"])
    paper = ocop.paper(REPORT)
    assert bool(final_report(paper, paper.due_on).difficulties) is is_late


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


# --- the grounds for the province's portal -----------------------------------------------------
GROUNDS = "VII. CĂN CỨ XÂY DỰNG CỔNG THÔNG TIN TRUY XUẤT NGUỒN GỐC CỦA TỈNH"


def come_on_board(case: Case) -> made.Cohort:
    """Recognise the products as of today and start the seven steps of each."""
    PilotProject.objects.filter(pk=case.project.pk).update(status=PilotProject.Status.RUNNING)
    case.project.refresh_from_db()
    by = case.office.manager
    journey.set_rules(case.project, minimum_stars=3, funded_from=3, funded_to=4, by=by)
    cohort = made.Cohort(case.office, case.project)
    today = timezone.localdate()
    OcopRecognition.objects.update(decided_on=today, valid_until=OcopRecognition.end_of(today))
    cohort.journeys = [journeys.start(enrolment, by=by) for enrolment in case.enrolments]
    return cohort


def brought_to_the_portal(case: Case) -> made.Cohort:
    """One product with stamps and on the portal, one waived, one refused."""
    cohort = come_on_board(case)
    first, second, third = cohort.journeys
    cohort.with_module(cohort.grouped(first))
    made.delivered(first, case.office)
    made.on_portal(first, case.office.manager)
    cohort.grouped(second)
    portal.waive_portal(second, reason="Cổng chưa nhận nhóm hàng này", by=case.office.manager)
    cohort.do(third, "select", decision="refuse", reason="Chưa tách được lô.")
    return cohort


@pytest.mark.requirement("SL-06")
def test_the_report_gives_the_grounds_for_the_portal_from_each_of_the_seven_steps(ocop):
    brought_to_the_portal(ocop)
    text = ocop.text(REPORT)
    steps = table_after(text, GROUNDS)[1:]
    assert [row[2] for row in steps] == ["3/3", "2/3", "2/3", "2/3", "2/3", "0/3", "0/3"]
    assert "2. Lựa chọn: đã lựa chọn 02 sản phẩm, không lựa chọn 01 sản phẩm." in text
    assert "- 01 sản phẩm: Chưa tách được lô." in text
    group = table_after(text, "3. Nhóm sản phẩm")[1]
    assert (group[2], group[4].split("\n")[0]) == ("2", "MOD-QUA-TUOI")
    supplies = table_after(text, "4. Tem truy xuất")[1:]
    assert supplies[0][2:] == ["1", "500", "500", "70/30"]
    products = table_after(text, "5. Kết nối Cổng thông tin truy xuất nguồn gốc quốc gia: 01 sản phẩm đã có")[1:]
    assert [row[3] for row in products] == [
        "Mã CTXQG-0001 (giả lập), ngày 20/11/2026",
        "Được miễn: Cổng chưa nhận nhóm hàng này",
    ]


@pytest.mark.requirement("SL-06")
def test_a_project_without_onboarding_has_no_word_of_a_portal_and_keeps_its_numbers(ocop):
    text = ocop.text(REPORT)
    assert not [line for line in text if "CỔNG" in line or "Cổng" in line]
    assert "VII. KHÓ KHĂN, VƯỚNG MẮC" in text
    assert "VIII. KẾT LUẬN, KIẾN NGHỊ" in text


def test_a_product_that_was_taken_out_no_longer_counts(ocop):
    cohort = come_on_board(ocop)
    gone = cohort.journeys[0].enrolment
    journeys.withdraw(gone, by=ocop.office.manager, reason="Ngừng sản xuất")
    grounds = portal_grounds(ocop.project)
    assert {step.total for step in grounds.steps} == {2}
    assert (grounds.selected, grounds.groups, grounds.supplies, grounds.products) == (0, (), (), ())


def test_same_reasons_and_same_shares_are_counted_together(ocop):
    cohort = come_on_board(ocop)
    first, second, third = cohort.journeys
    cohort.with_module(cohort.grouped(first))
    made.delivered(first, ocop.office, quantity=100)
    made.delivered(first, ocop.office, quantity=200)
    for one in (second, third):
        cohort.do(one, "select", decision="refuse", reason="Chưa tách được lô")
    grounds = portal_grounds(ocop.project)
    assert [(row.reason, row.products) for row in grounds.refusals] == [("Chưa tách được lô", 2)]
    assert [(row.products, row.quantity, row.received) for row in grounds.supplies] == [(1, 300, 300)]


def test_the_grounds_cost_three_questions_however_many_products(ocop, django_assert_max_num_queries):
    brought_to_the_portal(ocop)
    with django_assert_max_num_queries(3):
        portal_grounds(ocop.project)


def test_the_report_says_what_money_was_planned_and_paid_by_year_and_source(ocop):
    for source, planned, paid in (("enterprise", 50_000_000, 0), ("state", 450_000_000, 225_000_000)):
        Funding.objects.create(project=ocop.project, year=2022, source=source, planned=planned, disbursed=paid)
    rows = table_after(ocop.text(REPORT), "VI. TÌNH HÌNH SỬ DỤNG KINH PHÍ")
    assert rows[1:] == [
        ["2022", "Ngân sách nhà nước", "450.000.000", "225.000.000"],
        ["2022", "Doanh nghiệp", "50.000.000", "0"],
        ["", "Cộng", "500.000.000", "225.000.000"],
    ]
