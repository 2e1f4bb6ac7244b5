"""The papers of products and producers: letters, what an owner signs itself, selections, consent."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document

from documents import docx
from documents.blueprints import template_path
from documents.samples import SAMPLES
from privacy.texts import WORDS

LETTERS = ("module_order_letter",)
SIGNED_BY_THEIR_OWNER = (
    "base_standard_decision",
    "ocop_registration",
    "ocop_assessment",
    "conformity_declaration",
    "consent_form",
)


def rendered(kind: str) -> bytes:
    letterhead, paper = SAMPLES[kind]
    return docx.render(template_path(kind).read_bytes(), letterhead=letterhead, paper=paper)


def shapes(cell):
    runs = [run for paragraph in cell.paragraphs for run in paragraph.runs]
    return [(run.text, run.font.size.pt, run.bold, run.italic) for run in runs]


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_says_below_its_number_what_it_is_about_and_then_to_whom_it_goes(kind):
    document = Document(io.BytesIO(rendered(kind)))
    cell, place = document.tables[0].rows[1].cells
    number, about = shapes(cell)
    assert re.fullmatch(r"Số: ( {4,}|\d{2,})/[A-ZĐ]+-[A-ZĐ]+", number[0])
    assert about[0].startswith("V/v ")
    assert about[1:] == (12, None, None)
    assert cell.paragraphs[1].paragraph_format.space_before.pt == 6
    assert place.text.startswith("Gia Lai, ngày")
    assert document.paragraphs[0].text.startswith("Kính gửi: ")
    assert {run.font.size.pt for run in document.paragraphs[0].runs} == {14}


@pytest.mark.parametrize("kind", SIGNED_BY_THEIR_OWNER)
def test_a_paper_that_its_owner_signs_has_the_national_motto_and_one_signature_and_no_number_of_ours(kind):
    text = docx.text_of(rendered(kind))
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in text[:3])
    assert not any("Nơi nhận" in line or re.search(r"Số: \d", line) for line in text)
    signature = Document(io.BytesIO(rendered(kind))).tables[-1].rows[-1].cells[1]
    assert "(Ký, ghi rõ họ tên; đóng dấu nếu có)" in signature.text
    assert signature.text.endswith("Siu Người Nhận (giả lập)")


@pytest.mark.requirement("SL-S3")
def test_the_decision_lists_every_selected_product_once_in_its_group():
    text = docx.text_of(rendered("selection_decision"))
    assert sum(line.startswith("Nhóm ") for line in text) == 9
    assert sum(re.match(r"\d+ \| .+ \| \d sao \| ", line) is not None for line in text) == 17


def test_a_product_whose_name_holds_marks_of_xml_is_printed_as_it_is():
    assert "1 | Tour vườn & đồi <Ia Grai> | HTX Du lịch Demo" in "\n".join(docx.text_of(rendered("selection_minutes")))


def test_every_purpose_of_the_consent_form_has_two_boxes_and_none_is_ticked():
    text = "\n".join(docx.text_of(rendered("consent_form")))
    assert text.count("\u2610") == 6
    assert not {"\u2611", "\u2612", "\u2713", "\u2714"} & set(text)


def test_the_consent_form_prints_the_words_that_people_agree_to_unchanged():
    text = docx.text_of(rendered("consent_form"))
    for words in WORDS.values():
        assert set(words.splitlines()) <= set(text)
