"""Accounts and declared data, the guide, stamps, the electronic system."""

from __future__ import annotations

from datetime import date

import pytest

from documents.errors import NotReady
from lots.models import Event
from projects.models import Attendance
from registry.models import ProducerMember
from stamps.actions import serial_at, uri_at
from stamps.codes import serials
from tests.factories import lots
from tests.factories import stamps as stamping
from tests.workflows.papers.cast import make_case, table_after
from workflows.contexts.declared import declared_data


@pytest.mark.requirement("GL-2.D2")
def test_the_declared_data_lists_seventeen_logins_without_a_password_and_each_products_completeness(gia_lai):
    case = make_case(gia_lai, "ocop_products", code="GL-02")
    for _number in range(17):
        case.enrol()
    case.train(*case.enrolments)
    case.open_accounts()
    user = ProducerMember.objects.get(producer=case.enrolments[0].product.producer).user
    lots.complete_lot(case.enrolments[0].product, by=user)

    text = case.text("declared_data")
    accounts, products = table_after(text, "I. THÔNG TIN"), table_after(text, "II. DỮ LIỆU")
    assert [row[3] for row in accounts[1:]] == [f"0900000{number}" for number in range(101, 118)]
    assert accounts[1][2:] == ["Người đại diện 1 (giả lập)", "0900000101", "14/06/2022", "03/10/2022"]
    assert [row[1] for row in products[1:]] == [f"Sản phẩm số {number}" for number in range(1, 18)]
    assert products[1][4:] == ["10/10", "Đủ"]
    assert products[2][4:] == [
        "8/10",
        "Các công đoạn trong sản xuất, kinh doanh; Thời gian sản xuất, kinh doanh",
    ]
    assert any("Trong 17 sản phẩm tham gia, 01 sản phẩm đã kê khai đủ" in line for line in text)
    whole = "\n".join(text)
    assert user.password not in whole
    assert "mat-khau-thu-1" not in whole


def test_producers_without_an_account_or_training_are_named(ocop):
    ocop.open_accounts()
    untrained = ocop.enrol()
    with pytest.raises(NotReady) as refused:
        ocop.prepare("declared_data")
    assert str(refused.value).count(untrained.product.producer.name) == 2


def test_the_day_of_training_is_that_of_the_first_check_that_was_passed(ocop):
    ocop.open_accounts()
    failed = Attendance.objects.filter(producer=ocop.enrolments[0].product.producer)
    failed.update(passed_check=False)
    with pytest.raises(NotReady, match="trained person") as refused:
        ocop.prepare("declared_data")
    assert ocop.enrolments[0].product.producer.name in str(refused.value)
    assert ocop.enrolments[1].product.producer.name not in str(refused.value)
    again = ocop.train(ocop.enrolments[0])
    again.held_on = date(2022, 7, 1)
    again.save(update_fields=["held_on"])
    days = [row[4] for row in table_after(ocop.text("declared_data"), "I. THÔNG TIN")[1:]]
    assert days == ["01/07/2022", "14/06/2022", "14/06/2022"]


def test_declared_data_asks_no_more_for_more_products(ocop, django_assert_num_queries, django_assert_max_num_queries):
    ocop.open_accounts()
    deliverable = ocop.paper("declared_data")
    with django_assert_max_num_queries(13) as few:
        declared_data(deliverable, deliverable.due_on)
    for _number in range(5):
        ocop.enrol()
    ocop.train(*ocop.enrolments)
    ocop.open_accounts()
    deliverable = ocop.paper("declared_data")
    with django_assert_num_queries(len(few.captured_queries)):
        declared_data(deliverable, deliverable.due_on)


@pytest.mark.requirement("GL-2.D4")
def test_the_guide_has_a_part_for_each_product_group_with_its_own_steps(ocop):
    text = ocop.text("user_guide")
    assert [line for line in text if "Nhóm " in line] == ["1. Nhóm Cà phê rang xay", "2. Nhóm Quả tươi"]
    assert table_after(text, "1. Nhóm")[1:] == [
        ["1", "Rang, xay", "Ngày, số mẻ khi rang, xay", "Bắt buộc"],
        ["2", "Giao hàng", "Ngày, số mẻ khi giao hàng", "Khi có"],
    ]
    assert [row[1] for row in table_after(text, "2. Nhóm")[1:]] == ["Thu hoạch", "Sơ chế", "Phân phối"]
    assert "Áp dụng cho: Sản phẩm số 1, Sản phẩm số 2." in text


def test_the_minimum_items_of_the_guide_are_those_that_the_rules_count(ocop):
    text = ocop.text("user_guide")
    assert "- Hình ảnh sản phẩm, hàng hóa;" in text
    assert "- Tiêu chuẩn, quy chuẩn được áp dụng." in text


def test_the_handover_names_first_and_last_serial_of_each_run_and_its_lot(ocop):
    chain = ocop.stamp(ocop.enrolments[0], quantity=10)
    spare = chain.handed_over(5)
    batch = chain.enrolment.stamp_orders.earliest("pk").batch
    first, second, total = table_after(ocop.text("stamp_handover"), "3. Số lượng")[1:]
    ends = [serials.grouped(serial_at(batch, index)) for index in (batch.start, batch.end - 1)]
    assert first[2:] == [f"{ends[0]} –\n{ends[1]}", "10", "L220608-01, 10/06/2022"]
    assert first[1] == f"Sản phẩm số 1 – {chain.product.producer.name}"
    assert second[2].startswith(serials.grouped(serial_at(spare, spare.start)))
    assert second[3:] == ["5", "Chưa kích hoạt"]
    assert total[3:] == ["15", "Đã kích hoạt 10"]


def test_a_batch_partly_on_a_lot_is_printed_in_runs_without_a_gap(ocop):
    chain = ocop.stamp(ocop.enrolments[0], quantity=1)
    batch = chain.handed_over(10)
    lot = lots.complete_lot(chain.product, by=chain.producer, number="L2")
    stamping.activate(batch, batch.start + 3, batch.start + 6, lot, by=chain.producer)
    rows = table_after(ocop.text("stamp_handover"), "3. Số lượng")[2:-1]
    assert [(row[3], row[4]) for row in rows] == [
        ("3", "Chưa kích hoạt"),
        ("3", "L2, 10/06/2022"),
        ("4", "Chưa kích hoạt"),
    ]


def test_the_handover_waits_for_orders_that_are_not_handed_over(ocop):
    chain = ocop.stamp(ocop.enrolments[0])
    open_order = chain.order()
    with pytest.raises(NotReady, match=f"#{open_order.pk}"):
        ocop.prepare("stamp_handover")


def test_without_stamps_the_handover_says_what_to_do(ocop):
    with pytest.raises(NotReady):
        ocop.prepare("stamp_handover")


def test_the_minutes_on_the_system_show_stages_lots_stamps_and_the_ten_items_of_a_scanned_stamp(chain):
    made = chain.stamp(chain.enrolments[0], quantity=8)
    activation = made.enrolment.stamp_orders.get().batch.activations.get()
    text = chain.text("electronic_system")
    assert [row[1:] for row in table_after(text, "1. Các khâu")[1:]] == [
        ["Thu hoạch", "Cơ sở sản xuất", "1"],
        ["Sơ chế", "Cơ sở sản xuất", "1"],
        ["Phân phối", "Đơn vị phân phối", "1"],
    ]
    assert table_after(text, "2. Các lô")[1][1:] == [
        "L220608-01", "Chôm chôm Ia Grai", "08/06/2022", "Vườn thôn 6", "3",
    ]  # fmt: skip
    assert table_after(text, "3. Tem")[1][3:] == ["8", "8"]
    assert any(uri_at(activation.batch, activation.start) in line for line in text)
    checks = table_after(text, "III. KẾT QUẢ")[1:]
    assert len(checks) == 10
    assert checks[0][2] == "Hiện: Chôm chôm Ia Grai"
    assert any("chưa kết nối" in line for line in text)


def test_a_corrected_event_is_not_counted(chain):
    made = chain.stamp(chain.enrolments[0])
    lot = made.product.lots.get()
    wrong = Event.objects.get(lot=lot, step__key="so-che")
    lots.record(lot, "so-che", by=made.producer, day=9, now=lots.at(12), corrects=wrong)
    assert [row[3] for row in table_after(chain.text("electronic_system"), "1. Các khâu")[1:]] == ["1", "1", "1"]


def test_the_system_without_lots_and_stamps_names_both(chain):
    with pytest.raises(NotReady) as refused:
        chain.prepare("electronic_system")
    assert len(str(refused.value).split(". ")) >= 3
