"""Filling a Word template: what arrives on paper, byte for byte."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.safestring import mark_safe
from docx import Document

from documents import docx
from documents.blueprints import template_path
from documents.docx import package as docx_package
from documents.errors import ContextRefused, TemplateRefused
from documents.samples import SAMPLES
from tests.documents import long_report
from tests.documents.oracle import by_docxtpl, with_our_filters, without_pictures
from tests.documents.word import LETTERHEAD, PAPER, Paper, Row, parts_of, word


def text(template: bytes, paper: object = PAPER) -> list[str]:
    return docx.text_of(docx.render(template, letterhead=LETTERHEAD, paper=paper))


def test_ampersand_and_angle_brackets_arrive_as_written():
    assert text(word("Tên: {{ paper.title }}.")) == ["Tên: Chè & Cà phê <1 kg>."]


def test_a_value_cannot_add_xml():
    paper = replace(PAPER, title='</w:t></w:r></w:p><w:p><w:r><w:t>"chen"')
    assert text(word("{{ paper.title }}"), paper) == ['</w:t></w:r></w:p><w:p><w:r><w:t>"chen"']


def test_a_value_marked_safe_for_html_is_still_escaped():
    paper = replace(PAPER, title=mark_safe("<b>đậm</b>"))
    assert text(word("{{ paper.title }}"), paper) == ["<b>đậm</b>"]


def test_a_value_that_looks_like_a_tag_is_printed_not_run():
    paper = replace(PAPER, title="{{ paper.note }} {% if %} {_{ }_}")
    assert text(word("{{ paper.title }}"), paper) == ["{{ paper.note }} {% if %} {_{ }_}"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"], ids=["unix", "windows", "mac"])
def test_line_breaks_stay_line_breaks(line_break):
    paper = replace(PAPER, title=f"Dòng một{line_break}Dòng hai")
    assert text(word("{{ paper.title }}"), paper) == ["Dòng một\nDòng hai"]


def test_a_tab_stays_a_tab():
    assert text(word("{{ paper.title }}"), replace(PAPER, title="a\tb")) == ["a\tb"]


def test_blanks_left_for_a_number_are_kept():
    draft = replace(LETTERHEAD, number_line="Số:      /BC-CCTĐC")
    document = docx.render(word("{{ letterhead.number_line }}"), letterhead=draft, paper=PAPER)
    assert docx.text_of(document) == ["Số:      /BC-CCTĐC"]


def test_an_absent_value_prints_nothing():
    assert text(word("Ghi chú:{{ paper.note }}.")) == ["Ghi chú:."]


def test_a_yes_no_value_is_never_printed():
    with pytest.raises(TemplateRefused, match=r"yes/no|có/không"):
        text(word("{{ paper.urgent }}"))


def test_a_list_is_never_printed():
    with pytest.raises(TemplateRefused):
        text(word("{{ paper.rows }}"))


def test_a_missing_value_stops_the_paper():
    with pytest.raises(TemplateRefused, match=r"word/document\.xml"):
        text(word("{{ paper.titel }}"))


def test_conditions_and_loops_follow_the_data():
    line = "{{ loop.index }}. {{ row.name }}: {{ row.amount|thousands }}{% if loop.last %}.{% else %};{% endif %}"
    shouted = ("{%p if paper.urgent %}", "KHẨN", "{%p endif %}")
    template = word(*shouted, "{%p for row in paper.rows %}", line, "{%p endfor %}")
    paper = replace(PAPER, rows=(Row(name="A", amount=1234567), Row(name="B", amount=5)))
    assert text(template, paper) == ["KHẨN", "1. A: 1.234.567;", "2. B: 5."]
    assert text(template, replace(PAPER, urgent=False, rows=())) == []


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{{ paper.rows[0].amount|count }}", "03"),
        ("{{ paper.title|quoted }}", "“Mô hình ‘Chôm chôm’.”"),
        ("{{ paper.title|bare }}", "Mô hình “Chôm chôm”"),
        ("{{ paper.title|upper }}", "MÔ HÌNH “CHÔM CHÔM”."),
        ("{{ paper.rows|length }}", "1"),
    ],
)
def test_filters_write_as_officials_do(tag, printed):
    paper = replace(PAPER, title="Mô hình “Chôm chôm”.", rows=(Row(name="A", amount=3),))
    assert text(word(tag), paper) == [printed]


def test_header_footer_and_title_are_filled_too():
    template = word("thân", header="{{ paper.title }}", footer="{{ letterhead.agency }}", title="{{ paper.title }}")
    document = docx.render(template, letterhead=LETTERHEAD, paper=PAPER)
    assert docx.text_of(document) == ["Chè & Cà phê <1 kg>", "thân", LETTERHEAD.agency]
    assert Document(io.BytesIO(document)).core_properties.title == "Chè & Cà phê <1 kg>"


def test_word_may_split_a_tag_over_runs():
    document = Document()
    paragraph = document.add_paragraph()
    for piece in ("Tên: {", "{ pap", "er.ti", "tle }", "}"):
        paragraph.add_run(piece).bold = piece == "er.ti"
    target = io.BytesIO()
    document.save(target)
    assert text(target.getvalue()) == ["Tên: Chè & Cà phê <1 kg>"]


def test_a_field_named_like_a_dict_method_prints_the_field():
    template = word("{{ paper.items }}|{{ paper['keys'] }}")
    document = docx.render(template, letterhead=LETTERHEAD, paper={"items": "một", "keys": "hai"})
    assert docx.text_of(document) == ["một|hai"]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x0c", "\x1f", "\ufffe", "\ud800"])
def test_a_character_that_xml_forbids_is_refused_naming_field_and_code(character):
    paper = replace(PAPER, rows=(Row(name=f"A{character}", amount=1),))
    with pytest.raises(ContextRefused, match=rf"paper\.rows\[0\]\.name.*U\+{ord(character):04X}"):
        text(word("x"), paper)


@pytest.mark.parametrize("value", [Decimal("1.5"), 1.5, object(), b"x", {1: "x"}, {"a", "b"}, Paper])
def test_only_plain_values_reach_a_template(value):
    with pytest.raises(TypeError, match=r"^paper\.title is a "):
        text(word("x"), {"title": value})


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_same_data_gives_the_same_bytes_even_from_stored_json(kind):
    letterhead, paper = SAMPLES[kind]
    template = template_path(kind).read_bytes()
    stored = json.loads(json.dumps({"letterhead": docx.plain(letterhead, ""), "paper": docx.plain(paper, "")}))
    first = docx.render(template, letterhead=letterhead, paper=paper)
    docx._prepare.cache_clear()
    again = docx.render(template, **stored)
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(again).hexdigest()


def test_neither_clock_nor_system_enters_the_zip():
    with zipfile.ZipFile(io.BytesIO(docx.render(word("x"), letterhead=LETTERHEAD, paper=PAPER))) as package:
        members = package.infolist()
    assert {(member.date_time, member.create_system) for member in members} == {((1980, 1, 1, 0, 0, 0), 0)}
    assert [member.filename for member in members] == sorted(member.filename for member in members)
    assert members[0].filename == "[Content_Types].xml"


def test_no_clock_time_enters_the_properties():
    parts = parts_of(docx.render(word("x"), letterhead=LETTERHEAD, paper=PAPER))
    template = parts_of(word("x"))
    assert parts["docProps/core.xml"].count(b"2013-12-23") == template["docProps/core.xml"].count(b"2013-12-23")


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_text_equals_what_docxtpl_itself_renders(kind):
    letterhead, paper = SAMPLES[kind]
    template = template_path(kind).read_bytes()
    context = without_pictures({"letterhead": docx.plain(letterhead, ""), "paper": docx.plain(paper, "")})
    theirs = by_docxtpl(template, context, with_our_filters())
    assert docx.text_of(docx.render(template, letterhead=letterhead, paper=paper)) == docx.text_of(theirs)


def test_a_long_report_reads_as_docxtpl_writes_it():
    template, context = long_report.template(), long_report.data()
    ours = docx.text_of(docx.render(template, **context))
    assert ours == docx.text_of(by_docxtpl(template, context))
    assert sum("| LO-" in line for line in ours) == long_report.ROWS


def test_our_zip_is_byte_for_byte_what_zipfile_writes():
    parts = {**parts_of(word("x")), "word/media/Hình.png": b"\x89PNG" * 100, "[Content_Types].xml": b""}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as theirs:
        for name in sorted(parts):
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            theirs.writestr(member, parts[name])
    assert docx_package.write(parts) == target.getvalue()


def test_word_files_open_again_in_python_docx():
    letterhead, paper = SAMPLES["final_report"]
    document = docx.render(template_path("final_report").read_bytes(), letterhead=letterhead, paper=paper)
    assert len(Document(io.BytesIO(document)).tables) == 6
