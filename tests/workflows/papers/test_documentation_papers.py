"""The set of application documents, the training material, the conference pack."""

from __future__ import annotations

import pytest

from documents.errors import NotReady
from projects.models import Attendance, TrainingSession
from registry.models import OcopRecognition
from tests.workflows.papers.cast import hold_conference, table_after


def test_every_document_of_the_set_cites_a_standard_of_the_project(chain):
    text = chain.text("application_set")
    documents = table_after(text, "Bộ tài liệu gồm 14 tài liệu")[1:]
    assert len(documents) == 14
    assert {row[4] for row in documents} == {"TCVN 12850:2019", "TCVN 13274:2020", "TCVN 13275:2020"}
    by_title = {row[1]: row[4] for row in documents}
    assert by_title["Danh mục mã truy vết sản phẩm"] == "TCVN 13274:2020"
    assert by_title["Quy định dùng tem"] == "TCVN 13275:2020"
    assert "Biểu mẫu nhật ký khâu Sơ chế" in by_title


def test_the_set_needs_a_standard_to_cite(chain):
    chain.project.standards.clear()
    with pytest.raises(NotReady):
        chain.prepare("application_set")


@pytest.mark.requirement("GL-1.D3")
def test_the_training_material_has_a_guide_for_the_role_at_each_stage_and_the_classes_held(chain):
    text = chain.text("training_set")
    guides = [line for line in text if ". Khâu " in line]
    assert guides == ["1. Khâu Thu hoạch", "2. Khâu Sơ chế", "3. Khâu Phân phối"]
    assert [line for line in text if line.startswith("Dành cho: ")] == [
        "Dành cho: cơ sở sản xuất.",
        "Dành cho: cơ sở sản xuất.",
        "Dành cho: đơn vị phân phối.",
    ]
    assert table_after(text, "IV. CÁC LỚP")[1][4:] == ["3", "2"]
    assert "- Nhật ký theo công đoạn;" in text


def test_training_material_without_a_class_is_not_ready(chain):
    Attendance.objects.all().delete()
    TrainingSession.objects.all().delete()
    with pytest.raises(NotReady):
        chain.prepare("training_set")


def test_the_conference_invites_other_ocop_producers_and_the_agencies(ocop):
    hold_conference(ocop)
    text = ocop.text("conference_pack")
    assert table_after(text, "1. Chủ thể của các sản phẩm OCOP khác")[1:] == [
        ["1", "HTX Chè ngoài mô hình (giả lập)", "Xã Ia Tô", "Chè Bàu Cạn"]
    ]
    assert [row[1] for row in table_after(text, "2. Cơ quan quản lý")[1:]] == ["Sở Công Thương (giả lập)"]
    assert "Tổng số mời: 02 đơn vị." in text
    assert table_after(text, "Danh sách tham dự".upper())[1][1:3] == [
        "Hoàng Thị Chè (giả lập)",
        "HTX Chè ngoài mô hình (giả lập)",
    ]


def test_a_producer_whose_recognition_has_ended_is_not_invited(ocop):
    hold_conference(ocop)
    OcopRecognition.objects.filter(product__name="Chè Bàu Cạn").update(valid_until="2022-06-01")
    with pytest.raises(NotReady):
        ocop.prepare("conference_pack")


def test_attendance_of_another_day_is_not_taken_for_the_conferences(ocop):
    hold_conference(ocop)
    TrainingSession.objects.filter(title="Hội nghị").update(held_on="2022-06-27")
    with pytest.raises(NotReady, match="28/06/2022"):
        ocop.prepare("conference_pack")


def test_without_a_conference_the_pack_says_to_record_it(ocop):
    with pytest.raises(NotReady):
        ocop.prepare("conference_pack")
