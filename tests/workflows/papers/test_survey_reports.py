"""The survey reports: what was found, counted from the rows."""

from __future__ import annotations

import pytest

from documents.errors import NotReady
from projects.models import SurveyResponse
from tests.workflows.papers.cast import table_after
from workflows.contexts.survey import survey_report_products


@pytest.mark.requirement("GL-2.D1")
def test_the_report_on_products_has_three_parts_and_one_table_per_product_group(ocop):
    text = ocop.text("survey_report_products")
    parts = [line for line in text if line.startswith(("I. ", "II. ", "III. "))]
    assert parts == ["I. HIỆN TRẠNG", "II. NHU CẦU", "III. QUY TRÌNH TRUY XUẤT NGUỒN GỐC"]
    coffee = table_after(text, "Nhóm Cà phê rang xay (01 sản phẩm)")
    fruit = table_after(text, "Nhóm Quả tươi (02 sản phẩm)")
    assert [row[1].split(" – ")[0] for row in fruit[1:]] == ["Sản phẩm số 1", "Sản phẩm số 2"]
    assert coffee[1][2:6] == ["4 sao", "Có", "Chưa", "Có"]
    assert [row[1] for row in table_after(text, "Quy trình nhóm Cà phê rang xay")[1:]] == ["Rang, xay", "Giao hàng"]


def test_the_figures_are_counted_from_the_surveys(ocop):
    figures = table_after(ocop.text("survey_report_products"), "1. Số liệu chung")
    assert figures[1:4] == [
        ["1", "Sản phẩm có nhật ký sản xuất", "3", "3", "100 %"],
        ["2", "Sản phẩm sử dụng mã số mã vạch đã đăng ký", "0", "3", "0 %"],
        ["3", "Sản phẩm đã công bố tiêu chuẩn áp dụng", "2", "3", "66,7 %"],
    ]


def test_a_product_without_a_survey_is_named_with_the_way_out(ocop):
    SurveyResponse.objects.filter(enrolment=ocop.enrolments[1]).delete()
    with pytest.raises(NotReady, match="Sản phẩm số 2"):
        ocop.prepare("survey_report_products")
    assert not hasattr(ocop.paper("survey_report_products"), "document")


def test_everything_that_is_missing_is_named_at_once(ocop):
    SurveyResponse.objects.filter(enrolment=ocop.enrolments[1]).delete()
    ocop.enrolments[0].product.__class__.objects.filter(pk=ocop.enrolments[0].product_id).update(group=None)
    with pytest.raises(NotReady, match=r"(?s)Sản phẩm số 1.*Sản phẩm số 2"):
        ocop.prepare("survey_report_products")


def test_a_withdrawn_product_is_left_out(ocop):
    gone = ocop.enrolments[2]
    gone.withdrawn_at = gone.enrolled_at
    gone.save(update_fields=["withdrawn_at"])
    assert not any("Cà phê rang xay" in line for line in ocop.text("survey_report_products"))


def test_more_products_cost_no_more_questions(ocop, django_assert_num_queries, django_assert_max_num_queries):
    deliverable = ocop.paper("survey_report_products")
    with django_assert_max_num_queries(12) as few:
        survey_report_products(deliverable, deliverable.due_on)
    for _number in range(6):
        ocop.survey(ocop.enrol())
    deliverable = ocop.paper("survey_report_products")
    with django_assert_num_queries(len(few.captured_queries)):
        survey_report_products(deliverable, deliverable.due_on)


@pytest.mark.requirement("GL-1.D1")
def test_the_report_on_a_chain_has_its_four_subjects_as_sections_with_the_parties_answers(chain):
    text = chain.text("survey_report_chain")
    subjects = {
        "II. HIỆN TRẠNG SẢN XUẤT": "Trồng tập trung, vườn 1.",
        "III. HIỆN TRẠNG THU MUA": "Thu gom tại xưởng 1.",
        "IV. HIỆN TRẠNG SƠ CHẾ": "Phân loại tại xưởng 1.",
        "V. HIỆN TRẠNG TRUY XUẤT NGUỒN GỐC": "Sổ giấy 1.",
    }
    for heading, answer in subjects.items():
        assert table_after(text, heading)[1][2] == answer
    assert table_after(text, "Bảng 2.")[3][1:] == ["Cơ sở đã công bố tiêu chuẩn áp dụng", "1", "2", "50 %"]
    assert any("từ ngày 10/03/2022 đến ngày 11/03/2022 tại 02 cơ sở" in line for line in text)


def test_the_gaps_of_a_chain_follow_from_the_figures(chain):
    gaps = table_after(chain.text("survey_report_chain"), "Bảng 4.")
    assert gaps[1][1:] == [
        "Định danh sản phẩm bằng mã đã đăng ký",
        "02/02 cơ sở chưa đáp ứng",
        "Hỗ trợ đăng ký mã số mã vạch cho 02 cơ sở",
    ]


def test_a_standard_that_is_no_longer_in_force_is_not_cited(chain):
    text = "\n".join(chain.text("survey_report_chain"))
    assert "TCVN 12850:2019, Truy xuất nguồn gốc – Yêu cầu chung" in text
    assert "TCVN 12827:2018" not in text


def test_a_chain_of_which_nobody_said_how_it_buys_is_not_ready(chain):
    SurveyResponse.objects.update(purchasing="")
    with pytest.raises(NotReady, match=r"(?i)thu mua|purchasing"):
        chain.prepare("survey_report_chain")
