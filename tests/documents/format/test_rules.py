"""For each rule a deliberately wrong copy of a good paper fails with that rule, and with nothing else."""

import io
from collections.abc import Callable
from functools import cache

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as AT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from documents.blueprints.pieces import element
from documents.errors import TemplateRefused
from documents.format import RULES, check_format
from tests.documents.format import papers

GOOD: dict[str, Callable[[], bytes]] = {
    "report": papers.report,
    "decision": papers.decision,
    "letter": papers.letter,
    "committee": papers.committee_plan,
    "chairman": papers.committee_decision,
    "with annex": papers.report_with_annex,
    "minutes": lambda: papers.rendered("council_minutes"),
    "parts": lambda: papers.rendered("conference_pack"),
    "annex": papers.annex,
    "certificates": lambda: papers.rendered("training_certificate"),
}


@cache
def good(paper: str) -> bytes:
    return GOOD[paper]()


def rules(data: bytes) -> list[str]:
    return [finding.rule for finding in check_format(data)]


def spoilt(paper: str, spoil: Callable) -> bytes:
    document = Document(io.BytesIO(good(paper)))
    spoil(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


# --- where things are ---------------------------------------------------------------------------
def line(document, start):
    """Return the first paragraph that starts with these words, in the text or in a table without lines."""
    tables = [t for t in document.tables if t.style.name != "Table Grid"]
    inside = [p for table in tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return next(p for p in [*document.paragraphs, *inside] if p.text.strip().startswith(start))


def head(document):
    return document.tables[0].rows


def grid(document):
    return next(t for t in document.tables if t.style.name == "Table Grid")


def rule_below(cell_or_document, place=0):
    """Return a paragraph that draws a line."""
    return [p for p in cell_or_document.paragraphs if p._p.find(f".//{qn('w:pBdr')}") is not None][place]


# --- what is done to them -----------------------------------------------------------------------
def reword(start, old, new):
    def spoil(document):
        paragraph = line(document, start)
        text = paragraph.text.replace(old, new)
        assert text != paragraph.text
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = text

    return spoil


def last_words(start, old, new):
    """Change the words of a paragraph's last run only: a bold label in front stays bold."""

    def spoil(document):
        run = line(document, start).runs[-1]
        assert old in run.text
        run.text = run.text.replace(old, new)

    return spoil


def restyle(start, **changes):
    def spoil(document):
        for run in line(document, start).runs:
            for name, value in changes.items():
                setattr(run.font, name, value)

    return spoil


def reshape(start, **changes):
    def spoil(document):
        for name, value in changes.items():
            setattr(line(document, start).paragraph_format, name, value)

    return spoil


def section(**changes):
    def spoil(document):
        for name, value in changes.items():
            setattr(document.sections[0], name, value)

    return spoil


def shorten(find, twips):
    """Draw another line: indented by so much on both sides."""

    def spoil(document):
        paragraph = rule_below(find(document))
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = twips * 635

    return spoil


def border_the_head(document):
    document.tables[0].style = "Table Grid"


def split_the_head(document):
    document.tables[0].add_row()


def left_page_number(document):
    document.sections[0].header.paragraphs[0].alignment = AT.LEFT


def no_page_number(document):
    for run in document.sections[0].header.paragraphs[0].runs:
        run._r.getparent().remove(run._r)


def lay_down(document):
    first = document.sections[0]
    first.page_width, first.page_height = Mm(297), Mm(210)


def delete(start):
    def spoil(document):
        paragraph = line(document, start)._p
        paragraph.getparent().remove(paragraph)

    return spoil


def delete_the_line_below_the_subject(document):
    paragraph = rule_below(document)._p
    paragraph.getparent().remove(paragraph)


def no_repeated_heading(document):
    properties = grid(document).rows[0]._tr.trPr
    properties.remove(properties.find(qn("w:tblHeader")))


def small_cells(document):
    grid(document).rows[1].cells[0].paragraphs[0].runs[0].font.size = Pt(9)


def count_on(document):
    last = document.sections[-1]._sectPr
    last.remove(last.find(qn("w:pgNumType")))


def another_font_by_style(document):
    fonts = document.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi"):
        fonts.set(qn(f"w:{script}"), "Arial")


def theme_font(document):
    properties = line(document, "Căn cứ").runs[0]._r.get_or_add_rPr()
    properties.append(element("w:rFonts", **{"w:asciiTheme": "minorHAnsi", "w:hAnsiTheme": "minorHAnsi"}))


MOTTO = "Độc lập"
BASIS = "Căn cứ Quyết định"
SOME = "Trân trọng"  # a plain paragraph of the letter
FIRST = "Cơ quan đề nghị"

WRONG = [
    ("paper", "report", section(page_height=Mm(279.4), page_width=Mm(215.9))),
    ("orientation", "letter", lay_down),
    ("margin_top", "report", section(top_margin=Mm(15))),
    ("margin_bottom", "report", section(bottom_margin=Mm(30))),
    ("margin_left", "report", section(left_margin=Mm(25))),
    ("margin_right", "report", section(right_margin=Mm(25))),
    ("font", "report", restyle(BASIS, name="Arial")),
    ("font", "report", another_font_by_style),
    ("font", "report", theme_font),
    ("colour", "report", lambda d: setattr(line(d, BASIS).runs[0].font.color, "rgb", RGBColor(255, 0, 0))),
    ("page_number", "report", left_page_number),
    ("page_number", "annex", no_page_number),
    ("page_number_first", "report", section(different_first_page_header_footer=False)),
    ("head", "report", border_the_head),
    ("head", "report", split_the_head),
    ("nation", "report", reword("CỘNG", "HÒA", "HOÀ")),
    ("nation", "report", restyle("CỘNG", size=Pt(14))),
    ("motto", "report", reword(MOTTO, " - ", "-")),
    ("motto", "report", restyle(MOTTO, bold=False)),
    ("motto_line", "report", shorten(lambda d: head(d)[0].cells[1], 2000)),
    ("parent_agency", "report", restyle("SỞ KHOA HỌC", bold=True)),
    ("agency", "report", restyle("CHI CỤC TIÊU CHUẨN", bold=False)),
    ("agency", "decision", reword("CHI CỤC TIÊU CHUẨN", "CHI CỤC", "Chi cục")),
    ("agency_line", "report", shorten(lambda d: head(d)[0].cells[0], 0)),
    ("number", "report", reword("Số:", "05", "5")),
    ("number", "report", reword("Số:", "/BC-", "/bc-")),
    ("number", "report", reword("Số:", "/BC-", "/BC - ")),
    ("number", "letter", reword("Số:", "12/", "12-")),
    ("number", "report", restyle("Số:", italic=True)),
    ("place_date", "report", reword("Gia Lai,", "05", "5")),
    ("place_date", "report", reword("Gia Lai,", "02", "2")),
    ("place_date", "report", reword("Gia Lai,", "02", "03")),
    ("place_date", "report", restyle("Gia Lai,", italic=False)),
    ("type_name", "report", restyle("BÁO CÁO", size=Pt(16))),
    ("type_name", "report", reshape("BÁO CÁO", alignment=AT.LEFT)),
    ("type_symbol", "report", reword("BÁO CÁO", "BÁO CÁO", "KẾ HOẠCH")),
    ("subject", "report", restyle("Đánh giá hiện trạng", bold=False)),
    ("subject", "report", restyle("Đánh giá hiện trạng", all_caps=True)),
    ("subject_line", "report", delete_the_line_below_the_subject),
    ("subject_line", "report", shorten(lambda d: d, 600)),
    ("letter_subject", "letter", reword("V/v", "V/v", "Về việc")),
    ("letter_subject", "letter", restyle("V/v", bold=True)),
    ("letter_subject", "letter", reshape("V/v", space_before=0)),
    ("addressee", "letter", restyle("Kính gửi", italic=True)),
    ("addressee", "letter", delete("Kính gửi")),
    ("basis", "report", restyle(BASIS, italic=False)),
    ("basis_end", "report", last_words(BASIS, ";", ",")),
    ("basis_end", "report", last_words("Căn cứ Thông báo", ".", ";")),
    ("decision_authority", "decision", restyle("CHI CỤC TRƯỞNG", bold=False)),
    ("decision_authority", "decision", delete("CHI CỤC TRƯỞNG")),
    ("decision_word", "decision", reword("QUYẾT ĐỊNH:", ":", "")),
    ("decision_word", "decision", delete("QUYẾT ĐỊNH:")),
    ("body_size", "letter", restyle(FIRST, size=Pt(12))),
    ("body_upright", "letter", restyle(FIRST, italic=True)),
    ("body_justified", "letter", reshape(FIRST, alignment=AT.LEFT)),
    ("body_justified", "letter", reshape(FIRST, alignment=AT.CENTER)),
    ("body_indent", "letter", reshape(FIRST, first_line_indent=0)),
    ("body_gap", "letter", reshape(SOME, space_before=Pt(3))),
    ("body_spacing", "letter", reshape(FIRST, line_spacing=2.0)),
    ("body_spacing", "letter", reshape(FIRST, line_spacing=Pt(13))),
    ("part", "parts", reword("Phần II", "II", "2")),
    ("part", "parts", restyle("Phần II", bold=False)),
    ("part_title", "parts", reword("DANH SÁCH MỜI", "DANH SÁCH", "Danh sách")),
    ("article", "decision", lambda d: setattr(line(d, "Điều 1").runs[0], "bold", False)),
    ("article", "decision", lambda d: setattr(line(d, "Điều 2").runs[0], "text", "Điều 3.")),
    ("clause", "decision", reword("1. Danh mục", "1.", "1)")),
    ("clause", "decision", reword("a) Sản phẩm", "a)", "a.")),
    ("end_mark", "letter", last_words(SOME, "./.", ".")),
    ("end_mark", "letter", last_words(SOME, "./.", "../.")),
    ("authority", "report", reword("KT.", "KT.", "KT")),
    ("authority", "report", restyle("KT.", bold=False)),
    ("authority", "committee", reword("TM.", "KT. CHỦ", "KT CHỦ")),
    ("collective", "committee", reword("TM.", "TM. ỦY BAN NHÂN DÂN\n", "")),
    ("collective", "committee", reword("TM.", "KT.", "TL.")),
    ("collective", "chairman", reword("KT.", "KT.", "TM. ỦY BAN NHÂN DÂN\nKT.")),
    ("signer_title", "report", restyle("PHÓ CHI CỤC", size=Pt(12))),
    ("signer_title", "report", delete("PHÓ CHI CỤC")),
    ("signer_name", "report", restyle("Trần Thị", bold=False)),
    ("signer_name", "report", restyle("Trần Thị", all_caps=True)),
    ("recipients_heading", "report", restyle("Nơi nhận", size=Pt(14))),
    ("recipients_list", "report", restyle("- Sở Khoa học", size=Pt(12))),
    ("recipients_list", "report", last_words("- Sở Khoa học", ";", ",")),
    ("recipients_last", "report", reword("- Lưu:", "VT, ", "")),
    ("recipients_last", "report", delete("- Lưu:")),
    ("annex_label", "annex", reword("Phụ lục I", "I", "01")),
    ("annex_label", "annex", reword("Phụ lục I", "Phụ lục", "PHỤ LỤC")),
    ("annex_label", "annex", restyle("Phụ lục I", size=Pt(13))),
    ("annex_title", "annex", restyle("DANH MỤC", bold=False)),
    ("annex_reference", "annex", restyle("(Kèm theo", italic=False)),
    ("annex_reference", "annex", delete("(Kèm theo")),
    ("annex_pages", "with annex", count_on),
    ("table_size", "annex", small_cells),
    ("table_heading", "annex", no_repeated_heading),
]


@pytest.mark.parametrize("paper", GOOD)
def test_a_good_paper_has_no_findings(paper):
    assert check_format(good(paper)) == []


@pytest.mark.parametrize(
    ("rule", "paper", "spoil"), WRONG, ids=[f"{number}-{rule}-{paper}" for number, (rule, paper, _) in enumerate(WRONG)]
)
def test_a_wrong_copy_fails_with_its_rule_and_with_nothing_else(rule, paper, spoil):
    assert set(rules(spoilt(paper, spoil))) == {rule}


@pytest.mark.parametrize(
    "data",
    [
        lambda: papers.committee_plan("TM. ỦY BAN NHÂN DÂN", "Chủ tịch"),
        lambda: papers.committee_plan("TM. ỦY BAN NHÂN DÂN", "Q. Chủ tịch"),
        lambda: papers.committee_plan("TL. CHỦ TỊCH", "Chánh Văn phòng"),
        lambda: papers.committee_plan("TUQ. CHỦ TỊCH", "Giám đốc Sở"),
        lambda: papers.committee_decision("", "Chủ tịch"),
    ],
    ids=["chairman", "acting", "by order", "authorised", "in person"],
)
def test_every_right_to_sign_has_its_place(data):
    assert check_format(data()) == []


def test_every_rule_has_a_wrong_copy():
    assert {rule for rule, _paper, _spoil in WRONG} == set(RULES)


def test_a_file_that_is_no_word_file_is_refused_with_the_reason():
    with pytest.raises(TemplateRefused):
        check_format(b"%PDF-1.7")
