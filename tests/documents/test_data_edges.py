"""Data as it comes, through the whole way to paper: a right document or an error by name, never a silent loss."""

from __future__ import annotations

import io
from dataclasses import replace
from unicodedata import normalize

import pytest
from docx import Document

from documents import docx
from documents.blueprints import template_path
from documents.errors import ContextRefused
from documents.samples import SAMPLES
from tests.documents.word import LETTERHEAD, PAPER, Row, word

KIND = "survey_report_products"


def on_paper(value: str) -> tuple[str, str]:
    """Print a producer's name in a running text and in a table of a real paper; return both as they read there."""
    letterhead, paper = SAMPLES[KIND]
    first, *others = paper.groups
    product, *rest = first.products
    group = replace(first, products=(replace(product, producer=value), *rest))
    paper = replace(paper, project_title=value, groups=(group, *others))
    document = docx.render(template_path(KIND).read_bytes(), letterhead=letterhead, paper=paper)
    opened = Document(io.BytesIO(document))
    (cell,) = (
        row.cells[1].text for table in opened.tables for row in table.rows if row.cells[1].text.startswith(product.name)
    )
    (line,) = (p.text for p in opened.paragraphs if p.text.startswith("Thực hiện nhiệm vụ"))
    return line.removeprefix("Thực hiện nhiệm vụ “").split("”, từ ngày")[0], cell.removeprefix(f"{product.name} – ")


@pytest.mark.parametrize(
    "value",
    [
        "Chè & Cà phê",
        "Hạng <1 kg> và >2 kg",
        "&lt;b&gt; đã viết sẵn",
        "a\nb",
        "a\tb",
        "Tên " + "dài" * 166 + "h",
        "x" * 500,
        "Vải thiều 🍒 loại 1 🇻🇳",
        "Giá 100.000 ₫",
        "{{ paper.title }} {% x %} {_{",
        "\u200e12/2026\u200f",
        "a\u00a0b\u200bc",
        "'nháy đơn' và `ngược`",
    ],
    ids=[
        "ampersand",
        "angle brackets",
        "entities",
        "line break",
        "tab",
        "words of 500",
        "500 letters without a blank",
        "emoji",
        "currency",
        "tags",
        "direction marks",
        "blanks of other kinds",
        "quotes",
    ],
)
def test_it_arrives_as_it_was_written(value):
    assert on_paper(value) == (value, value)


def test_letters_typed_in_pieces_arrive_as_whole_ones():
    name = "Hợp tác xã Nông nghiệp Đắk Lắk"
    assert on_paper(normalize("NFD", name)) == (name, name)


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_a_line_break_of_any_machine_is_a_line_break(line_break):
    assert on_paper(f"a{line_break}b") == ("a\nb", "a\nb")


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x0b", "\x0c", "\x1f", "\x7f", "\x96", "\ud800", "\ufffe", "\uffff", "\u202e", "\u2066"],
)
def test_what_cannot_be_printed_is_refused_with_its_field_and_code(character):
    with pytest.raises(ContextRefused, match=rf"paper\.project_title.*U\+{ord(character):04X}"):
        on_paper(f"số{character}12")


def test_a_line_break_in_the_title_of_the_file_is_a_blank():
    document = docx.render(
        word("x", title="{{ paper.title }}"), letterhead=LETTERHEAD, paper=replace(PAPER, title="a\nb & c")
    )
    assert Document(io.BytesIO(document)).core_properties.title.split() == ["a", "b", "&", "c"]


def test_a_thousand_rows_all_arrive():
    rows = tuple(Row(name=f"Sản phẩm <{number}> & bạn", amount=number) for number in range(1000))
    template = word("{%p for row in paper.rows %}", "{{ row.name }}: {{ row.amount }}", "{%p endfor %}")
    lines = docx.text_of(docx.render(template, letterhead=LETTERHEAD, paper=replace(PAPER, rows=rows)))
    assert lines == [f"Sản phẩm <{number}> & bạn: {number}" for number in range(1000)]
