"""The papers: each template equals its blueprint, its data class, its golden text, and NĐ 30/2020."""

import io
import os
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from docx import Document

from documents import docx
from documents.blueprints import BLUEPRINTS, build, template_path
from documents.docx import package
from documents.docx.shape import leaves, paths_of
from documents.format import check_format
from documents.letterhead import Letterhead
from documents.samples import SAMPLES
from documents.samples.closing import final_report_with_onboarding

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "documents"
# Papers that print no table with rows of data when they are empty, or none at all.
WITHOUT_ROWS = {
    "survey_report_products",
    "user_guide",
    "yearly_plan",
    "phase_decision",
    "priority_submission",
    "priority_decision",
    "selection_decision",
    "base_standard_decision",
    "privacy_notice",
    "consent_form",
    "survey_form",
}


def template(kind: str) -> bytes:
    return template_path(kind).read_bytes()


def rendered(kind: str) -> bytes:
    letterhead, paper = SAMPLES[kind]
    return docx.render(template(kind), letterhead=letterhead, paper=paper)


def paper_class(kind: str) -> type:
    return type(SAMPLES[kind][1])


def test_every_kind_has_a_sample_and_a_template():
    committed = {path.name for path in template_path("final_report").parent.glob("*.docx")}
    assert set(SAMPLES) == set(BLUEPRINTS)
    assert committed == {template_path(kind).name for kind in BLUEPRINTS}


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_the_committed_template_is_what_its_blueprint_builds(kind):
    committed, built = package.read(template(kind)), package.read(build(kind))
    assert docx.text_of(template(kind)) == docx.text_of(build(kind)), "run manage.py build_templates"
    assert [name for name in built if built[name] != committed.get(name)] == [], "run manage.py build_templates"


def test_a_blueprint_always_gives_the_same_bytes():
    assert build("stamp_handover") == build("stamp_handover")


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_the_template_may_be_registered(kind):
    docx.check_template(template(kind), paper_class(kind))


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_the_template_uses_every_field_of_its_data_and_no_other(kind):
    used = docx.variables(template(kind))
    assert {path for path in used if path.startswith("paper.")} == leaves(paths_of(paper=paper_class(kind)))
    assert {path for path in used if path.startswith("letterhead.")} <= leaves(paths_of(letterhead=Letterhead))


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_the_paper_reads_as_the_golden_text(kind):
    path, text = GOLDEN / f"{kind}.txt", "\n".join(docx.text_of(rendered(kind))) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "read the difference, then run with UPDATE_GOLDEN=1"


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_no_blueprint_names_a_place_an_agency_or_a_decree(kind):
    source = Path(import_module(f"documents.blueprints.{kind}").__file__).read_text(encoding="utf-8")
    assert not re.search(r"Gia Lai|Quảng Trị|Bắc Kạn|Sơn La|Huế|Chi cục|Sở KH|\d+/(QĐ|NĐ|TT)|TCVN \d", source)


# --- layout ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_the_paper_has_the_format_of_the_decree(kind):
    assert check_format(rendered(kind), form=BLUEPRINTS[kind].form) == []


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_a_draft_has_the_format_of_the_decree_without_number_day_and_name(kind):
    letterhead, paper = SAMPLES[kind]
    number = re.sub(r"\d+/", "     /", letterhead.number_line)
    day = "Gia Lai, ngày      tháng      năm"
    draft = replace(letterhead, number_line=number, place_date=day, signer_name="")
    data = docx.render(template(kind), letterhead=draft, paper=paper)
    assert check_format(data, form=BLUEPRINTS[kind].form) == []


def test_legal_bases_get_the_marks_of_a_list_whatever_mark_they_had():
    letterhead, paper = SAMPLES["final_report"]
    letterhead = replace(letterhead, legal_bases=("Căn cứ A", "Căn cứ B;", "Căn cứ C."))
    text = docx.text_of(docx.render(template("final_report"), letterhead=letterhead, paper=paper))
    assert [line for line in text if line.startswith("Căn cứ")] == ["Căn cứ A;", "Căn cứ B;", "Căn cứ C."]


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_an_empty_paper_still_opens_and_its_tables_show_dashes(kind):
    letterhead, paper = SAMPLES[kind]
    empty = replace(paper, **{name: () for name in vars(paper) if isinstance(getattr(paper, name), tuple)})
    text = docx.text_of(docx.render(template(kind), letterhead=replace(letterhead, signer_authority=""), paper=empty))
    assert any(line.startswith("– | –") for line in text) or kind in WITHOUT_ROWS


# --- content -----------------------------------------------------------------------------------


def test_the_chain_report_has_the_four_named_subjects_as_sections():
    text = docx.text_of(rendered("survey_report_chain"))
    sections = [line.split(". ", 1)[1] for line in text if re.match(r"(II|III|IV|V)\. ", line)]
    assert sections == [
        "HIỆN TRẠNG SẢN XUẤT",
        "HIỆN TRẠNG THU MUA",
        "HIỆN TRẠNG SƠ CHẾ",
        "HIỆN TRẠNG TRUY XUẤT NGUỒN GỐC",
    ]


def test_the_products_report_has_three_sections_and_a_table_for_each_group():
    text = docx.text_of(rendered("survey_report_products"))
    assert [line for line in text if re.match(r"I{1,3}\. ", line)] == [
        "I. HIỆN TRẠNG",
        "II. NHU CẦU",
        "III. QUY TRÌNH TRUY XUẤT NGUỒN GỐC",
    ]
    assert sum(line.startswith("TT | Sản phẩm, chủ thể") for line in text) == 3


def test_the_account_register_lists_17_logins_and_no_password():
    text = docx.text_of(rendered("declared_data"))
    assert sum("| 0900 000 0" in line for line in text) == 17
    assert not {"password", "mật khẩu:"} & {line.lower() for line in text}
    assert "password" not in {path.rsplit(".", 1)[-1] for path in docx.variables(template("declared_data"))}


def test_the_mission_list_has_five_columns_in_order_and_two_rows():
    tables = Document(io.BytesIO(rendered("mission_notice"))).tables
    table = next(table for table in tables if table.style.name == "Table Grid")
    assert [cell.text for cell in table.rows[0].cells] == [
        "TT",
        "Tên nhiệm vụ",
        "Mục tiêu",
        "Dự kiến sản phẩm chính",
        "Dự kiến địa chỉ tiếp nhận và áp dụng",
    ]
    assert [row.cells[0].text for row in table.rows[1:]] == ["1", "2"]


def test_the_annex_line_comes_from_the_data():
    letterhead, paper = SAMPLES["mission_notice"]
    other = replace(letterhead, number="07/TB-ABC", date="ngày 03 tháng 5 năm 2026", agency="Cơ quan X")
    text = docx.text_of(docx.render(template("mission_notice"), letterhead=other, paper=paper))
    assert "(Kèm theo Thông báo số 07/TB-ABC ngày 03 tháng 5 năm 2026 của Cơ quan X)" in text


def test_the_final_report_lists_six_deliverables_and_seventeen_products():
    text = docx.text_of(rendered("final_report"))
    assert sum(re.match(r"D\d \| ", line) is not None for line in text) == 6
    assert sum(re.search(r"\| GL0000\d\d \|", line) is not None for line in text) == 17


def test_the_head_of_an_agency_that_stands_under_nobody_begins_with_its_own_name():
    letterhead, paper = SAMPLES["phase_decision"]
    for parent, first in (("", letterhead.agency), ("Cơ quan trên", "Cơ quan trên")):
        head = replace(letterhead, parent_agency=parent)
        document = Document(io.BytesIO(docx.render(template("phase_decision"), letterhead=head, paper=paper)))
        assert document.tables[0].rows[0].cells[0].paragraphs[0].text == first.upper()


def test_the_contract_has_the_articles_of_a_contract_numbered_without_a_gap():
    articles = [line for line in docx.text_of(rendered("task_contract")) if line.startswith("Điều ")]
    assert [line.split(". ")[0] for line in articles] == [f"Điều {number}" for number in range(1, 15)]
    for subject in ("Sản phẩm", "Kinh phí", "nghiệm thu", "tài sản", "dữ liệu cá nhân", "chấm dứt", "bất khả kháng"):
        assert any(subject in line for line in articles), subject


def test_the_company_standard_has_the_sections_of_a_standard_in_order():
    text = docx.text_of(rendered("base_standard"))
    assert [line for line in text if re.match(r"\d\. ", line)] == [
        "1. Phạm vi áp dụng",
        "2. Tài liệu viện dẫn",
        "3. Thuật ngữ và định nghĩa",
        "4. Nguyên tắc",
        "5. Yêu cầu kỹ thuật",
        "6. Phương pháp thử",
        "7. Ghi nhãn, bao gói, vận chuyển, bảo quản",
        "8. Xử lý sản phẩm không bảo đảm và thu hồi",
        "9. Trách nhiệm",
    ]


@pytest.mark.parametrize("kind", ["survey_report_chain", "survey_report_products"])
def test_a_survey_of_one_day_names_the_day_once(kind):
    letterhead, paper = SAMPLES[kind]
    one_day = replace(paper, survey_from="01/10/2026", survey_to="01/10/2026")
    text = "\n".join(docx.text_of(docx.render(template(kind), letterhead=letterhead, paper=one_day)))
    assert "trong ngày 01/10/2026" in text
    assert "đến ngày" not in text


def test_the_final_report_says_so_when_no_money_is_recorded():
    letterhead, paper = SAMPLES["final_report"]
    bare = replace(paper, funds=(), funds_planned=0, funds_disbursed=0)
    text = docx.text_of(docx.render(template("final_report"), letterhead=letterhead, paper=bare))
    assert text[text.index("VI. TÌNH HÌNH SỬ DỤNG KINH PHÍ") + 1].startswith("Chưa ghi nhận kinh phí")


def test_the_minutes_of_a_council_show_the_sum_and_are_signed_by_two_seats():
    text = docx.text_of(rendered("council_minutes"))
    assert "- 7/9 phiếu xuất sắc = 0,78 ≥ 3/4;" in text
    assert text[-2] == "THƯ KÝ HỘI ĐỒNG | CHỦ TỊCH HỘI ĐỒNG"
    assert not any("Chi cục trưởng" in line.capitalize() for line in text[-3:])


# --- the final report of a project whose products came on board by the seven steps -----------------


def with_onboarding() -> bytes:
    letterhead, _paper = SAMPLES["final_report"]
    return docx.render(template("final_report"), letterhead=letterhead, paper=final_report_with_onboarding())


@pytest.mark.requirement("SL-06")
def test_the_final_report_with_onboarding_reads_as_its_golden_text():
    path, text = GOLDEN / "final_report_with_onboarding.txt", "\n".join(docx.text_of(with_onboarding())) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "read the difference, then run with UPDATE_GOLDEN=1"


@pytest.mark.parametrize(("data", "numbers"), [(with_onboarding, 9), (lambda: rendered("final_report"), 8)])
def test_the_sections_of_the_final_report_are_numbered_without_a_gap(data, numbers):
    headings = [line.split(". ")[0] for line in docx.text_of(data()) if re.match(r"[IVX]+\. [A-ZĐ]", line)]
    assert headings == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][:numbers]


def test_the_final_report_with_onboarding_has_the_format_of_the_decree():
    assert check_format(with_onboarding()) == []
