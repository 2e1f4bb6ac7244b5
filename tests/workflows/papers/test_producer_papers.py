"""Papers that a producer signs: OCOP forms, the self-declaration, consent; and the notice on personal data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.errors import NotReady
from documents.models import Document
from people.models import User
from privacy.models import ConsentText, Purpose
from privacy.texts import WORDS
from projects.models import LegalText
from registry.actions.renewal import note_papers, start_renewal
from registry.models import OcopCriteria, Producer, RecognitionRenewal
from tests.factories import lots
from tests.factories.dossiers import complete
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, complete_product, producer_user, recognise
from tests.workflows.papers.cast import coffee_group, table_after, text_of
from workflows import papers
from workflows.builtin_templates import register_builtin_template

FORM_01 = {
    "stage": "again", "wanted_stars": "4", "description": "Hái khi chín & đóng hộp <5 kg>", "materials": "Tự trồng",
    "yearly_output": "", "workers": "", "market": "Chợ tỉnh",
}  # fmt: skip
FORM_02 = {
    "wanted_stars": "4", "points_a": "32", "points_b": "18", "points_c": "28",
    "grounds_a": "Vùng trồng có mã", "grounds_b": "", "grounds_c": "", "strengths": "", "to_improve": "",
}  # fmt: skip
SYSTEM = {
    "system_name": "Hệ thống của tỉnh", "basis": "self", "assessed_on": "20/05/2026",
    "certifier": "", "certificate": "",
}  # fmt: skip
NOTICE = {"receivers": "Chi cục A (giả lập)\nNhà in B (giả lập)", "kept": "Đến khi kết thúc", "contact": "ông A"}


@pytest.fixture
def renewal(gia_lai: Office) -> RecognitionRenewal:
    """A product whose recognition ends in a month, and the criteria in force."""
    producer = ProducerFactory(province=gia_lai.province, representative="Siu Đại Diện (giả lập)", phone="0900000012")
    product = complete_product(producer, name="Sầu riêng Ia Tô")
    recognise(product, stars=4, decided_on=timezone.localdate() - timedelta(days=36 * 30))
    OcopCriteria.objects.create(
        decision="26/2026/QĐ-TTg", effective_from=date(2026, 5, 22), points_a=40, points_b=25, points_c=35
    )
    return start_renewal(product, by=gia_lai.manager)


@pytest.fixture
def producer(gia_lai: Office) -> Producer:
    """A cooperative with one complete product, a complete lot of it, and a place."""
    made = ProducerFactory(province=gia_lai.province, representative="Siu Đại Diện (giả lập)")
    product = complete_product(made, name="Sầu riêng Ia Tô")
    lots.complete_lot(product, by=producer_user(made, "chu-the-1"))
    return made


def prepared(subject: Any, kind: str, by: User, occasion: str = "", **entries: str) -> list[str]:
    register_builtin_template(kind)
    return text_of(papers.prepare_about(subject, kind, by=by, occasion=occasion, entries=entries))


def suggested(subject: Any, kind: str, occasion: str = "") -> Mapping[str, Any]:
    return papers.ALL_KINDS[kind].initial(subject, occasion)


# --- OCOP ----------------------------------------------------------------------------------------
def test_form_01_names_producer_product_criteria_and_every_paper_of_the_dossier(renewal, gia_lai):
    first = renewal.items.get(evidence="environment")
    note_papers(renewal, {first.pk: {"state": "there", "note": "Cam kết số 5"}}, by=gia_lai.manager)
    text = prepared(renewal, "ocop_registration", gia_lai.manager, **FORM_01)
    whole = "\n".join(text)
    assert "Kính gửi: Ủy ban nhân dân xã Ia Tô" in text
    assert "Người đại diện: Siu Đại Diện (giả lập). Điện thoại: 0900000012." in text
    assert "4 sao, Quyết định số" in whole
    assert "theo Quyết định số 26/2026/QĐ-TTg" in whole
    assert "Hái khi chín & đóng hộp <5 kg>" in whole
    assert "2. Sản lượng một năm: …" in whole
    rows = table_after(text, "Hồ sơ gồm")[1:]
    assert len(rows) == 14
    assert ["9", "Tài liệu về bảo vệ môi trường", "Đã có", "Cam kết số 5"] in rows
    assert Document.objects.get().symbol == ""


def test_form_01_begins_with_what_the_producer_declared_on_the_phone(gia_lai):
    dossier = complete(gia_lai)
    product = dossier.product
    recognise(product, stars=3, decided_on=timezone.localdate() - timedelta(days=36 * 30))
    begun = suggested(start_renewal(product, by=gia_lai.manager), "ocop_registration")
    assert begun["wanted_stars"] == "3"
    assert begun["materials"] == "Tự trồng, tự nuôi"
    assert begun["yearly_output"] == "12.000 kg"
    assert "hái buổi sáng" in begun["description"]


def test_form_02_adds_up_the_points_that_the_producer_gives_itself(renewal, gia_lai):
    text = prepared(renewal, "ocop_assessment", gia_lai.manager, **FORM_02)
    rows = table_after(text, "Chấm theo")
    assert [row[2:4] for row in rows[1:]] == [["40", "32"], ["25", "18"], ["35", "28"], ["100", "78"]]
    assert any("Mã truy vết của sản phẩm: 0952" in line for line in text)


def test_form_02_leaves_room_for_points_that_nobody_typed(renewal, gia_lai):
    text = prepared(renewal, "ocop_assessment", gia_lai.manager, **FORM_02 | {"points_b": ""})
    assert [row[3] for row in table_after(text, "Chấm theo")[1:]] == ["32", "……", "28", "……"]


def test_more_points_than_the_criteria_give_are_refused(renewal, gia_lai):
    with pytest.raises(NotReady, match="Part A has at most 40 points"):
        prepared(renewal, "ocop_assessment", gia_lai.manager, **FORM_02 | {"points_a": "41"})


def test_form_02_asks_for_the_stars_of_form_01(renewal, gia_lai):
    prepared(renewal, "ocop_registration", gia_lai.manager, **FORM_01 | {"wanted_stars": "5"})
    assert suggested(renewal, "ocop_assessment")["wanted_stars"] == "5"


def test_without_criteria_in_force_there_is_no_form(renewal, gia_lai):
    OcopCriteria.objects.filter(decision="26/2026/QĐ-TTg").update(effective_from=date(2090, 1, 1))
    OcopCriteria.objects.update(effective_to=date(2021, 1, 1))
    OcopCriteria.objects.filter(decision="26/2026/QĐ-TTg").update(effective_to=None)
    with pytest.raises(NotReady, match="No OCOP criteria are in force"):
        prepared(renewal, "ocop_registration", gia_lai.manager, **FORM_01)


# --- self-declaration ----------------------------------------------------------------------------
def test_the_declaration_names_products_places_standards_and_what_the_records_show(producer, gia_lai):
    text = prepared(producer, "conformity_declaration", gia_lai.manager, occasion="qua-tuoi", **SYSTEM)
    assert table_after(text, "2. Sản phẩm thuộc nhóm")[1][1] == "Sầu riêng Ia Tô"
    assert table_after(text, "3. Địa điểm")[1][1:4] == ["Vườn thôn 6", "Vùng trồng", "Xã Ia Tô"]
    assert any(line.startswith("- TCVN 12850:2019, ") for line in text)
    assert "1. Phương thức đánh giá: Chủ thể tự đánh giá, hoàn thành ngày 20/05/2026." in text
    assert table_after(text, "2. Nội dung đã đánh giá")[-1][2] == "01 sản phẩm có lô đủ 10 nội dung"


def test_a_product_without_its_minimum_data_cannot_be_declared(producer, gia_lai):
    product = complete_product(producer, name="Chưa kê khai", number=2, gtin=None)
    with pytest.raises(NotReady) as refused:
        prepared(producer, "conformity_declaration", gia_lai.manager, occasion="qua-tuoi", **SYSTEM)
    assert f"“{product.name}” lacks minimum data" in str(refused.value)
    assert "Sầu riêng" not in str(refused.value)


def test_a_certifier_is_named_with_its_certificate(producer, gia_lai):
    chosen = SYSTEM | {"basis": "certifier"}
    with pytest.raises(NotReady, match="Name the certifier"):
        prepared(producer, "conformity_declaration", gia_lai.manager, occasion="qua-tuoi", **chosen)
    chosen |= {"certifier": "Tổ chức A (giả lập)", "certificate": "TXNG-7"}
    text = prepared(producer, "conformity_declaration", gia_lai.manager, occasion="qua-tuoi", **chosen)
    assert any("Tổ chức A (giả lập), số TXNG-7 ngày 20/05/2026" in line for line in text)


def test_a_producer_declares_each_group_of_its_products_by_itself(producer, gia_lai):
    complete_product(producer, name="Cà phê", number=2, gtin=None, group=coffee_group())
    kind = papers.ALL_KINDS["conformity_declaration"]
    assert [known.key for known in kind.occasions(producer)] == ["ca-phe", "qua-tuoi"]


# --- personal data -------------------------------------------------------------------------------
def test_the_consent_form_prints_the_words_in_force_and_no_box_is_ticked(producer, gia_lai):
    ConsentText.objects.create(
        purpose=Purpose.PUBLIC_NAME, version=2, text="Lời mới của tỉnh.", effective_from=date(2026, 3, 1)
    )
    text = prepared(producer, "consent_form", gia_lai.manager)
    whole = "\n".join(text)
    assert "2. Hiện tên và xã trên trang công khai (phiên bản 2)" in text
    assert "Lời mới của tỉnh." in text
    assert set(WORDS[Purpose.ONBOARDING].splitlines()) <= set(text)
    assert whole.count("\u2610") == 6
    assert not {"\u2611", "\u2612"} & set(whole)
    assert Document.objects.get().symbol == ""


def test_the_notice_says_once_what_all_purposes_have_in_common(gia_lai):
    project = make_project(gia_lai)
    text = prepared(project, "privacy_notice", gia_lai.manager, **NOTICE)
    assert sum("Quyền của ông/bà:" in line for line in text) == 1
    assert sum(line.startswith("- Dữ liệu được dùng:") for line in text) == 3
    assert {"- Chi cục A (giả lập);", "- Nhà in B (giả lập)."} <= set(text)
    assert Document.objects.get().symbol == "TB"


def test_the_notice_offers_the_texts_on_personal_data_that_hold_and_names_what_is_left_of_them(gia_lai):
    project = make_project(gia_lai)
    LegalText.objects.get_or_create(
        code="91/2025/QH15",
        defaults={"title": "Luật Bảo vệ dữ liệu cá nhân", "issued_on": date(2025, 6, 26), "issuer": "Quốc hội"},
    )
    LegalText.objects.get_or_create(
        code="356/2025/NĐ-CP",
        defaults={"title": "Quy định chi tiết Luật Bảo vệ dữ liệu cá nhân", "issuer": "Chính phủ"},
    )
    LegalText.objects.get_or_create(
        code="13/2023/NĐ-CP", defaults={"title": "Bảo vệ dữ liệu cá nhân", "repealed_on": date(2026, 1, 1)}
    )
    offered = papers.ALL_KINDS["privacy_notice"].initial(project, "")["legal_bases"]
    assert offered.splitlines() == [
        "Căn cứ Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 ngày 26 tháng 6 năm 2025",
        "Căn cứ Nghị định số 356/2025/NĐ-CP của Chính phủ quy định chi tiết Luật Bảo vệ dữ liệu cá nhân",
    ]
    typed = offered.splitlines()[0].removeprefix("Căn cứ ") + ";"
    text = prepared(project, "privacy_notice", gia_lai.manager, **NOTICE | {"legal_bases": typed})
    bases = [line for line in text if line.startswith("Căn cứ")]
    assert bases[0].rstrip(";.") == offered.splitlines()[0]
    assert not any("356/2025" in line for line in bases)


def test_what_is_pasted_from_word_keeps_its_lines_and_loses_what_nobody_sees(gia_lai):
    project = make_project(gia_lai)
    pasted = NOTICE | {"receivers": "Chi cục A\vNhà in\x01 B\x0c"}
    text = prepared(project, "privacy_notice", gia_lai.manager, **pasted)
    assert {"- Chi cục A;", "- Nhà in B."} <= set(text)


def test_the_title_of_a_natural_persons_paper_does_not_name_the_person(gia_lai):
    household = ProducerFactory(province=gia_lai.province, kind="household", name="Hộ Rơ Châm Lan (giả lập)")
    prepared(household, "consent_form", gia_lai.manager)
    assert "Rơ Châm" not in Document.objects.get().title


# --- on the screen -------------------------------------------------------------------------------
@pytest.mark.parametrize(("kind", "typed"), [("ocop_registration", FORM_01), ("ocop_assessment", FORM_02)])
def test_the_page_of_a_renewals_paper_asks_for_what_no_record_holds(client, renewal, gia_lai, kind, typed):
    client.force_login(gia_lai.manager)
    register_builtin_template(kind)
    url = reverse("prepare_paper", args=["renewal", renewal.pk, kind])
    page = client.get(url).content.decode()
    assert 'name="wanted_stars"' in page
    assert '<option value="4" selected' in page
    assert client.post(url, typed).status_code == 302
    assert Document.objects.get().versions.count() == 1


def test_the_page_of_a_producer_lists_its_own_papers_and_another_provinces_officials_get_none(
    client, producer, gia_lai, son_la
):
    url = reverse("papers_about", args=["producer", producer.pk])
    client.force_login(gia_lai.manager)
    page = client.get(url).content.decode()
    assert reverse("prepare_paper", args=["producer", producer.pk, "consent_form"]) in page
    client.force_login(son_la.manager)
    assert client.get(url).status_code == 404
