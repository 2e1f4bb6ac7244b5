"""The papers: each template equals its blueprint, its data class, its golden text, and NĐ 30/2020."""

import io
import os
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from documents import docx
from documents import docx_package as package
from documents.blueprints import BLUEPRINTS, build, template_path
from documents.docx_shape import leaves, paths_of
from documents.letterhead import Letterhead
from tests.documents.samples import SAMPLES
from tests.documents.samples.closing import final_report_with_onboarding

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "documents"
HAVE_LETTERHEAD = sorted(set(BLUEPRINTS) - {"task_list_annex"})  # an annex has none of its own
OWN_SIGNATURES = {"stamp_handover", "conference_pack", "council_minutes"}  # two sides or two seats sign
TWIPS = 635  # EMU


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
def test_the_page_is_a4_with_the_margins_of_the_decree(kind):
    section = Document(io.BytesIO(rendered(kind))).sections[0]
    paper = sorted((section.page_width // TWIPS, section.page_height // TWIPS))
    assert paper == [11906, 16838]
    assert 1134 - 6 <= section.top_margin // TWIPS <= 1417 + 6
    assert 1134 - 6 <= section.bottom_margin // TWIPS <= 1417 + 6
    assert 1701 - 6 <= section.left_margin // TWIPS <= 1984 + 6
    assert 850 - 6 <= section.right_margin // TWIPS <= 1134 + 6


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_only_times_new_roman_is_used(kind):
    document = Document(io.BytesIO(rendered(kind)))
    fonts = document.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert not list(document.element.body.iter(qn("w:rFonts")))


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_the_page_number_stands_in_the_top_margin_from_page_2(kind):
    section = Document(io.BytesIO(rendered(kind))).sections[0]
    header = section.header.paragraphs[0]
    assert section.different_first_page_header_footer
    assert [code.text for code in header._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert header.alignment == 1
    assert {run.font.size.pt for run in header.runs} == {13}


@pytest.mark.parametrize("kind", HAVE_LETTERHEAD)
def test_the_head_has_two_rows_without_borders_and_the_sizes_of_the_decree(kind):
    head = Document(io.BytesIO(rendered(kind))).tables[0]
    (agency, nation), (number, place) = (row.cells for row in head.rows)
    assert len(head.rows) == 2
    assert head._tbl.tblPr.find(qn("w:tblBorders")) is None
    assert head.style.name == "Normal Table"
    assert shapes(nation) == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, None),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, None),
    ]
    assert shapes(agency) == [
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH GIA LAI", 12, None, None),
        ("CHI CỤC TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG", 12, True, None),
    ]
    assert [shape[1:] for shape in shapes(number) + shapes(place)] == [(13, None, None), (13, None, True)]
    assert re.fullmatch(r"Số: ( {4,}|\d{2,})/(BC|BB|TL|TB)-[A-ZĐ]+", number.text)
    assert re.fullmatch(r".+, ngày \d{2} tháng (0[12]|[3-9]|1[0-2]) năm \d{4}", place.text)


def shapes(cell):
    runs = [run for paragraph in cell.paragraphs for run in paragraph.runs]
    return [(run.text, run.font.size.pt, run.bold, run.italic) for run in runs]


@pytest.mark.parametrize("kind", HAVE_LETTERHEAD)
def test_body_paragraphs_are_14_point_justified_with_gap_and_indent(kind):
    body = [p for p in Document(io.BytesIO(rendered(kind))).paragraphs if p.alignment == 3]
    assert body
    for paragraph in body:
        assert paragraph.paragraph_format.space_before.pt >= 6
        assert paragraph.paragraph_format.first_line_indent // TWIPS == 720
        assert {run.font.size.pt for run in paragraph.runs} == {14}


@pytest.mark.parametrize("kind", HAVE_LETTERHEAD)
def test_legal_bases_are_italic_ending_in_semicolons_and_a_full_stop(kind):
    letterhead, paper = SAMPLES[kind]
    letterhead = replace(letterhead, legal_bases=("Căn cứ A", "Căn cứ B;", "Căn cứ C."))
    document = Document(io.BytesIO(docx.render(template(kind), letterhead=letterhead, paper=paper)))
    bases = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith("Căn cứ")]
    assert [paragraph.text for paragraph in bases] == ["Căn cứ A;", "Căn cứ B;", "Căn cứ C."]
    assert all(run.italic for paragraph in bases for run in paragraph.runs)


@pytest.mark.parametrize("kind", HAVE_LETTERHEAD)
def test_the_text_ends_with_its_end_mark(kind):
    texts = [paragraph.text for paragraph in Document(io.BytesIO(rendered(kind))).paragraphs if paragraph.text]
    assert texts[-1].endswith("./.")
    assert not texts[-1].endswith("../.")


@pytest.mark.parametrize("kind", sorted(set(HAVE_LETTERHEAD) - OWN_SIGNATURES))
def test_recipients_and_signature_close_the_paper(kind):
    left, right = Document(io.BytesIO(rendered(kind))).tables[-1].rows[0].cells
    assert shapes(left)[0] == ("Nơi nhận:", 12, True, True)
    assert {shape[1:] for shape in shapes(left)[1:]} == {(11, None, None)}
    assert [p.text for p in left.paragraphs][1:] == [
        "- Sở Khoa học và Công nghệ (b/c);",
        "- Các cơ sở tham gia nhiệm vụ;",
        "- Lưu: VT, TĐC.",
    ]
    assert {shape[1:] for shape in shapes(right)} == {(14, True, None)}


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_tables_repeat_their_header_row(kind):
    bordered = [t for t in Document(io.BytesIO(rendered(kind))).tables if t.style.name == "Table Grid"]
    assert bordered
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in bordered)


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_an_empty_paper_still_opens_and_its_tables_show_dashes(kind):
    letterhead, paper = SAMPLES[kind]
    empty = replace(paper, **{name: () for name in vars(paper) if isinstance(getattr(paper, name), tuple)})
    text = docx.text_of(docx.render(template(kind), letterhead=replace(letterhead, signer_authority=""), paper=empty))
    assert any(line.startswith("– | –") for line in text) or kind in ("survey_report_products", "user_guide")


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
    table = Document(io.BytesIO(rendered("task_list_annex"))).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [
        "TT",
        "Tên nhiệm vụ",
        "Mục tiêu",
        "Dự kiến sản phẩm chính",
        "Dự kiến địa chỉ tiếp nhận và áp dụng",
    ]
    assert [row.cells[0].text for row in table.rows[1:]] == ["1", "2"]


def test_the_annex_line_comes_from_the_data():
    letterhead, paper = SAMPLES["task_list_annex"]
    other = replace(paper, notice_number="07/TB-ABC", notice_date="ngày 03 tháng 5 năm 2026", notice_issuer="Cơ quan X")
    text = docx.text_of(docx.render(template("task_list_annex"), letterhead=letterhead, paper=other))
    assert "(Kèm theo Thông báo số 07/TB-ABC ngày 03 tháng 5 năm 2026 của Cơ quan X)" in text


def test_the_final_report_lists_six_deliverables_and_seventeen_products():
    text = docx.text_of(rendered("final_report"))
    assert sum(re.match(r"D\d \| ", line) is not None for line in text) == 6
    assert sum(re.search(r"\| GL0000\d\d \|", line) is not None for line in text) == 17


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


@pytest.mark.parametrize(("data", "numbers"), [(with_onboarding, 8), (lambda: rendered("final_report"), 7)])
def test_the_sections_of_the_final_report_are_numbered_without_a_gap(data, numbers):
    headings = [line.split(". ")[0] for line in docx.text_of(data()) if re.match(r"[IVX]+\. [A-ZĐ]", line)]
    assert headings == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"][:numbers]


def test_the_tables_of_the_grounds_for_a_portal_repeat_their_header_row_in_14_point_text():
    document = Document(io.BytesIO(with_onboarding()))
    bordered = [table for table in document.tables if table.style.name == "Table Grid"]
    assert len(bordered) == 7
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in bordered)
    assert {run.font.size.pt for p in document.paragraphs if p.alignment == 3 for run in p.runs} == {14}
