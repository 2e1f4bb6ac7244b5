"""Papers on selected products, on their groups, and on company standards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from documents.actions import issue
from documents.errors import NotReady
from documents.models import Document
from onboarding.models import CohortGroup
from projects.errors import NotAllowedForYou
from projects.models import PilotProject
from registry.models import LocalStandard
from tests.factories.fieldwork import NOON
from tests.factories.onboarding import Cohort, cohort, reply
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, complete_product, fruit_group
from tests.workflows.papers.cast import coffee_group, table_after, text_of
from workflows import papers
from workflows.builtin_templates import register_builtin_template

MEETING = {
    "held_on": "12/03/2026",
    "began": "08:00",
    "ended": "10:30",
    "place": "phòng họp số 1",
    "chair_name": "Trần Chủ Trì (giả lập)",
    "chair_title": "Phó Chi cục trưởng",
    "secretary_name": "Lê Thư Ký (giả lập)",
    "secretary_title": "chuyên viên",
    "attendants": "Phạm A (giả lập), đơn vị tư vấn\nNguyễn B (giả lập), chủ thể",
    "opinions": "",
}
DECISION = {"proposer": "Trưởng phòng A", "duties": "Chủ nhiệm tổ chức thực hiện", "executors": "Chủ nhiệm nhiệm vụ"}
LETTER = {"addressee": "Đơn vị quản lý Cổng (giả lập)", "wanted_by": "30/05/2026", "contact": "ông A"}
STANDARD = {"compiled_by": "Tổ kỹ thuật", "drill": "sáu tháng một lần"}


@pytest.fixture
def board(gia_lai: Office) -> Cohort:
    """Three products surveyed: two selected and grouped, one refused."""
    made = cohort(gia_lai)
    for group in (None, coffee_group(), None):
        made.add(**({"group": group} if group else {}))
    made.grouped(made.journeys[0])
    made.grouped(made.journeys[1])
    made.do(made.journeys[2], "select", decision="refuse", reason="Chưa có sổ nhật ký")
    return made


def prepared(subject: Any, kind: str, by: Any, occasion: str = "", **entries: str) -> list[str]:
    register_builtin_template(kind)
    return text_of(papers.prepare_about(subject, kind, by=by, occasion=occasion, entries=entries, now=NOON))


def written_group(board: Cohort) -> CohortGroup:
    group = CohortGroup.objects.get(project=board.project, product_group=fruit_group())
    board.consulted(group)
    return CohortGroup.objects.get(pk=group.pk)


# --- selection -----------------------------------------------------------------------------------
@pytest.mark.requirement("SL-S2")
def test_the_minutes_name_the_selected_by_groups_and_the_refused_with_their_reason(board, gia_lai):
    text = prepared(board.project, "selection_minutes", gia_lai.manager, **MEETING)
    products = [journey.enrolment.product for journey in board.journeys]
    assert "bắt đầu lúc 08 giờ 00 phút, ngày 12/03/2026" in "\n".join(text)
    assert any("đã xem xét 03 sản phẩm, trong đó 03 sản phẩm đã có kết quả khảo sát" in line for line in text)
    assert [line for line in text if line.startswith("Nhóm ")] == [
        "Nhóm Cà phê rang xay (01 sản phẩm)",
        "Nhóm Quả tươi (01 sản phẩm)",
    ]
    assert table_after(text, "Nhóm Quả tươi")[1][1:3] == [products[0].name, products[0].producer.name]
    assert table_after(text, "Nhóm Quả tươi")[1][4:] == ["3 sao", "Có"]
    assert table_after(text, "2. Sản phẩm không")[1][1:] == [
        products[2].name, products[2].producer.name, "Chưa có sổ nhật ký",
    ]  # fmt: skip
    assert "- Được công nhận OCOP từ 3 sao trở lên, còn hiệu lực vào ngày xét chọn;" in text
    assert "- Sản phẩm 3 sao đến 4 sao được hỗ trợ kinh phí." in text
    assert text[-1].split(" | ")[-1].endswith("Trần Chủ Trì (giả lập)")


def test_a_product_whose_survey_was_waived_is_considered_and_not_counted_as_surveyed(board, gia_lai):
    waived = board.add(is_surveyed=False)
    board.do(waived, "survey", waiver="Chủ thể đi vắng")
    board.do(waived, "select", decision="refuse", reason="Chưa có kết quả khảo sát")
    text = prepared(board.project, "selection_minutes", gia_lai.manager, **MEETING)
    assert any("đã xem xét 04 sản phẩm, trong đó 03 sản phẩm đã có kết quả khảo sát" in line for line in text)


def test_what_was_typed_for_the_first_draft_is_kept_and_offered_again(board, gia_lai):
    prepared(board.project, "selection_minutes", gia_lai.manager, **MEETING)
    assert Document.objects.get().entries == MEETING


def test_the_minutes_of_a_meeting_that_ends_before_it_begins_are_refused(board, gia_lai):
    with pytest.raises(NotReady, match="ends before it began"):
        prepared(board.project, "selection_minutes", gia_lai.manager, **MEETING | {"ended": "07:00"})


def test_a_product_that_was_not_considered_is_counted_as_waiting(board, gia_lai):
    board.add()
    text = prepared(board.project, "selection_minutes", gia_lai.manager, **MEETING)
    assert "Còn 01 sản phẩm của nhiệm vụ chưa được xem xét tại cuộc họp này." in text


@pytest.mark.requirement("SL-S3")
def test_the_decision_lists_every_selected_product_in_exactly_one_group(board, gia_lai):
    text = prepared(board.project, "selection_decision", gia_lai.manager, **DECISION)
    assert any("danh sách 02 sản phẩm thuộc 02 nhóm sản phẩm" in line for line in text)
    whole = "\n".join(text)
    assert [whole.count(journey.enrolment.product.name + " |") for journey in board.journeys] == [1, 1, 0]
    assert "Theo đề nghị của Trưởng phòng A." in text
    assert "- Như Điều 4;" in whole
    assert Document.objects.get().symbol == "QĐ"


def test_a_selected_product_without_a_group_keeps_the_decision_back(board, gia_lai):
    loose = board.add()
    board.select(loose)
    with pytest.raises(NotReady, match=loose.enrolment.product.name):
        prepared(board.project, "selection_decision", gia_lai.manager, **DECISION)


def test_a_project_without_a_cohort_has_no_papers_of_selection(gia_lai):
    kinds = papers.kinds_about(make_project(gia_lai))
    assert not {"selection_minutes", "selection_decision"} & set(kinds)


def test_a_reviewer_does_not_prepare_the_papers_of_selection(board, gia_lai):
    with pytest.raises(NotAllowedForYou):
        prepared(board.project, "selection_decision", gia_lai.reviewers[0], **DECISION)


# --- groups --------------------------------------------------------------------------------------
@pytest.mark.requirement("SL-S4")
def test_the_process_of_a_group_prints_its_words_its_steps_and_what_the_agencies_answered(board, gia_lai):
    written_group(board)
    text = prepared(board.project, "group_process", gia_lai.manager, occasion="qua-tuoi")
    assert "Thu hoạch, sơ chế, đóng gói" in text
    assert "Kê khai từng lô" in text
    assert [row[1] for row in table_after(text, "Tại mỗi công đoạn")[1:]] == ["Thu hoạch", "Sơ chế", "Phân phối"]
    assert table_after(text, "Dự thảo quy trình")[1][1] == "Sở Y tế (giả lập)"
    assert table_after(text, "Dự thảo quy trình")[1][4] == "Thống nhất"
    assert len(table_after(text, "Quy trình và hướng dẫn này")) == 2  # its own product, not the other group's


def test_a_process_that_no_agency_has_seen_is_not_printed(board, gia_lai):
    group = CohortGroup.objects.get(project=board.project, product_group=fruit_group())
    board.work(group, "write", process="Thu hoạch", guide="Kê khai")
    with pytest.raises(NotReady, match="No agency has answered"):
        prepared(board.project, "group_process", gia_lai.manager, occasion="qua-tuoi")
    reply(board, group)
    assert prepared(board.project, "group_process", gia_lai.manager, occasion="qua-tuoi")


def test_each_group_of_the_project_has_a_process_of_its_own(board, gia_lai):
    kind = papers.ALL_KINDS["group_process"]
    assert [(known.key, known.label) for known in kind.occasions(board.project)] == [
        ("ca-phe", "Cà phê rang xay"),
        ("qua-tuoi", "Quả tươi"),
    ]
    with pytest.raises(NotReady):
        prepared(board.project, "group_process", gia_lai.manager, occasion="mat-ong")


@pytest.mark.requirement("SL-S5")
def test_the_letter_orders_the_module_with_the_data_of_the_group(board, gia_lai):
    group = written_group(board)
    with pytest.raises(NotReady, match="after the process of the group is approved"):
        prepared(board.project, "module_order_letter", gia_lai.manager, occasion="qua-tuoi", **LETTER)
    board.work(group, "approve", gia_lai.leader, decision="approve")
    text = prepared(board.project, "module_order_letter", gia_lai.manager, occasion="qua-tuoi", **LETTER)
    product = board.journeys[0].enrolment.product
    assert "Kính gửi: Đơn vị quản lý Cổng (giả lập)" in text
    assert any("lấy ý kiến Sở Y tế (giả lập)" in line for line in text)
    assert table_after(text, "Nhóm có 01 sản phẩm")[1][1:] == [
        product.name, product.producer.name, product.gtin, "GTIN",
    ]  # fmt: skip
    assert any("/CCTĐC-TXNG" in line for line in text)


def test_the_issued_letter_bears_the_agencys_number_and_its_annex_cites_it(board, gia_lai):
    group = written_group(board)
    board.work(group, "approve", gia_lai.leader, decision="approve")
    prepared(board.project, "module_order_letter", gia_lai.manager, occasion="qua-tuoi", **LETTER)
    entry = issue(Document.objects.get(), signer=gia_lai.leader, on=date(2026, 6, 15), by=gia_lai.leader)
    text = text_of(entry.version)
    assert entry.full_number == "01/CCTĐC-TXNG"
    assert any("Số: 01/CCTĐC-TXNG" in line for line in text)
    assert any(line.startswith("(Kèm theo Công văn số 01/CCTĐC-TXNG ngày 15 tháng 6 năm 2026") for line in text)


def test_the_next_letter_is_offered_the_addressee_of_the_last(board, gia_lai):
    board.with_module(CohortGroup.objects.get(project=board.project, product_group=fruit_group()))
    kind = papers.ALL_KINDS["module_order_letter"]
    assert kind.initial(board.project, "ca-phe")["addressee"] == ""
    prepared(board.project, "module_order_letter", gia_lai.manager, occasion="qua-tuoi", **LETTER)
    assert kind.initial(board.project, "ca-phe")["addressee"] == LETTER["addressee"]


@pytest.mark.parametrize("kind", ["selection_minutes", "selection_decision", "group_process", "module_order_letter"])
def test_the_papers_ask_no_more_for_more_products(
    kind, board, gia_lai, django_assert_num_queries, django_assert_max_num_queries
):
    group = written_group(board)
    board.work(group, "approve", gia_lai.leader, decision="approve")
    wanted = _wanted(board.project, kind)
    with django_assert_max_num_queries(12) as few:
        papers.ALL_KINDS[kind].build(wanted)
    for _number in range(3):
        board.grouped(board.add())
    wanted = _wanted(board.project, kind)
    with django_assert_num_queries(len(few.captured_queries)):
        papers.ALL_KINDS[kind].build(wanted)


def _wanted(project: PilotProject, key: str) -> papers.Wanted:
    kind = papers.ALL_KINDS[key]
    project = PilotProject.objects.select_related("owner", "manager").get(pk=project.pk)
    entries = {"selection_minutes": MEETING, "selection_decision": DECISION, "module_order_letter": LETTER}.get(key, {})
    form = kind.form(entries) if kind.form else None
    assert form is None or form.is_valid()
    occasion = "qua-tuoi" if key in ("group_process", "module_order_letter") else ""
    return papers.Wanted(project, timezone.localdate(), occasion, form.cleaned_data if form else {})


# --- company standards ---------------------------------------------------------------------------
@pytest.fixture
def standard(gia_lai: Office) -> LocalStandard:
    """A standard of a cooperative for its fruit."""
    product = complete_product(_producer(gia_lai), name="Sầu riêng Ia Tô")
    return LocalStandard.objects.create(
        province=gia_lai.province, kind="company", number="TCCS 01:2026/HTXIT", title="Truy xuất nguồn gốc quả tươi",
        group=product.group, producer=product.producer,
    )  # fmt: skip


def _producer(office: Office) -> Any:
    return ProducerFactory(province=office.province, representative="Siu Đại Diện (giả lập)")


@pytest.mark.requirement("TH-K3")
def test_the_standard_is_written_from_the_group_its_owner_and_the_places(standard, gia_lai):
    text = prepared(standard, "base_standard", gia_lai.manager, **STANDARD)
    assert text[:3] == [standard.producer.name.upper(), "TIÊU CHUẨN CƠ SỞ", "TCCS 01:2026/HTXIT"]
    assert "- Sầu riêng Ia Tô." in text
    assert any(line.startswith("- TCVN 12850:2019, ") for line in text)
    assert [row[1] for row in table_after(text, "5.1. Quy trình")[1:]] == ["Thu hoạch", "Sơ chế", "Phân phối"]
    assert table_after(text, "5.3. Địa điểm của cơ sở")[1][1:4] == ["Vườn thôn 6", "Vùng trồng", "Xã Ia Tô"]
    assert Document.objects.get().symbol == ""


def test_a_standard_without_products_and_standards_to_cite_names_both(standard, gia_lai):
    standard.producer.products.update(group=coffee_group())
    standard.group.standards.clear()
    with pytest.raises(NotReady) as refused:
        prepared(standard, "base_standard", gia_lai.manager, **STANDARD)
    assert "has no product in group" in str(refused.value)
    assert "No standard in force" in str(refused.value)


@pytest.mark.requirement("TH-K3")
def test_the_decision_puts_the_standard_in_force_and_replaces_the_version_before(standard, gia_lai):
    LocalStandard.objects.filter(pk=standard.pk).update(issued_on=date(2026, 1, 5))
    newer = LocalStandard.objects.create(
        province=gia_lai.province, kind="company", number=standard.number, version=2, title=standard.title,
        group=standard.group, producer=standard.producer,
    )  # fmt: skip
    initial = dict(papers.ALL_KINDS["base_standard_decision"].initial(newer, ""))
    assert initial["signer_name"] == "Siu Đại Diện (giả lập)"
    entries = initial | {"signer_title": "Giám đốc", "effective_from": "01/07/2026"}
    text = prepared(newer, "base_standard_decision", gia_lai.manager, **entries)
    assert any("có hiệu lực kể từ ngày 01/07/2026 và thay thế lần ban hành 1 ngày 05/01/2026;" in line for line in text)
    assert f"GIÁM ĐỐC {newer.producer.name.upper()}" in text
    assert any(line.startswith("Căn cứ nhu cầu quản lý chất lượng") for line in text)


def test_a_local_regulation_has_no_papers_of_a_company_standard(standard, gia_lai):
    standard.kind, standard.producer, standard.organisation = "regulation", None, gia_lai.organisation
    standard.save()
    assert not {"base_standard", "base_standard_decision"} & set(papers.kinds_about(standard))
