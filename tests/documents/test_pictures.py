"""Charts in papers: drawn from the data, set in where the template says, or refused by name."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from documents import docx
from documents.compare.data import compare_data
from documents.errors import ContextRefused, TemplateRefused
from documents.pictures import MAX_BARS
from documents.samples.shared import chart
from projects.contexts.charts import Bar, Chart
from tests.documents.word import LETTERHEAD, parts_of, word


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group with a chart of its own."""

    chart: Chart


@dataclass(frozen=True, kw_only=True)
class Report:
    """A paper with a chart that may be missing, and a list of charts."""

    survey: Chart | None
    groups: tuple[Group, ...]


SURVEY = chart('Kết quả khảo sát "17 sản phẩm" & cơ sở', ("Có nhật ký <sản xuất>", 12, 17), ("Có mã vạch", 0, 17))
REPORT = Report(survey=SURVEY, groups=tuple(Group(chart=chart(f"Nhóm {n}", ("A", n, 9))) for n in (1, 2)))
OPTIONAL = ("{%p if paper.survey %}", "{{ paper.survey.picture }}", "{{ paper.survey.title }}", "{%p endif %}")


def filled(*paragraphs: str, paper: Report = REPORT) -> bytes:
    template = word(*paragraphs)
    docx.check_template(template, Report)
    return docx.render(template, letterhead=LETTERHEAD, paper=paper)


def media(document: bytes) -> list[str]:
    return sorted(name for name in parts_of(document) if name.startswith("word/media/"))


def test_a_chart_stands_in_the_text_160_mm_wide_with_words_for_who_cannot_see_it():
    document = Document(io.BytesIO(filled(*OPTIONAL)))
    (shape,) = document.inline_shapes
    assert round(shape.width.mm) == 160
    (properties,) = document.element.body.iter(qn("wp:docPr"))
    assert properties.get("descr") == (
        'Biểu đồ. Kết quả khảo sát "17 sản phẩm" & cơ sở. Có nhật ký <sản xuất>: 12/17; Có mã vạch: 0/17.'
    )
    assert document.paragraphs[-1].text == SURVEY.title


def test_the_picture_is_a_grey_png_of_200_dots_per_inch_with_both_bars():
    document = filled(*OPTIONAL)
    (name,) = media(document)
    image = Image.open(io.BytesIO(parts_of(document)[name]))
    assert (image.format, image.mode, image.width) == ("PNG", "L", 1260)
    assert [round(dots) for dots in image.info["dpi"]] == [200, 200]
    assert image.getcolors(16)  # None beyond sixteen shades
    middle = [image.getpixel((image.width // 2, round(image.height * share))) for share in (0.25, 0.75)]
    assert middle[0] < 120 < 200 < middle[1]  # the first bar is filled beyond its middle, the second is empty


def test_the_same_numbers_give_the_same_bytes_from_the_stored_context_too():
    template = word(*OPTIONAL)
    stored = {"letterhead": docx.plain(LETTERHEAD, ""), "paper": docx.plain(REPORT, "")}
    once = docx.render(template, **stored)
    assert once == docx.render(template, letterhead=LETTERHEAD, paper=REPORT) == docx.render(template, **stored)
    assert "picture" not in stored["paper"]["survey"]


def test_a_chart_in_a_loop_is_a_picture_for_each_turn():
    document = filled("{%p for group in paper.groups %}", "{{ group.chart.picture }}", "{%p endfor %}")
    assert len(Document(io.BytesIO(document)).inline_shapes) == len(media(document)) == 2
    first, second = (parts_of(document)[name] for name in media(document))
    assert first != second


def test_a_chart_that_is_left_out_leaves_nothing_behind():
    document = filled(*OPTIONAL, "Hết.", paper=replace(REPORT, survey=None))
    assert docx.text_of(document) == ["Hết."]
    assert media(document) == []
    assert b"txngPicture" not in parts_of(document)["word/_rels/document.xml.rels"]


def test_a_missing_chart_that_the_template_insists_on_is_an_error_that_names_it():
    with pytest.raises(TemplateRefused, match="picture"):
        filled("{{ paper.survey.picture }}", paper=replace(REPORT, survey=None))


@pytest.mark.parametrize("bars", [0, MAX_BARS + 1])
def test_a_chart_without_bars_or_with_more_than_a_page_takes_is_refused_by_name(bars):
    paper = replace(REPORT, survey=Chart(title="x", bars=(Bar(label="x", size=1, whole=0, text="1"),) * bars))
    with pytest.raises(ContextRefused, match=r"paper\.survey"):
        filled(*OPTIONAL, paper=paper)


@pytest.mark.parametrize("tag", ["{{ paper.survey }}", "{{ paper.survey.bars }}", "{{ paper.survey.png }}"])
def test_nothing_else_of_a_chart_can_be_printed(tag):
    assert docx.lint(word(tag), Report)


def test_a_picture_may_not_stand_in_a_page_header():
    assert "picture" in str(docx.lint(word("x", header="{{ paper.survey.picture }}"), Report)[0])


def test_a_filter_gets_the_words_of_a_picture_never_its_markup():
    assert docx.text_of(filled("{{ paper.survey.picture|upper }}"))[0].startswith("BIỂU ĐỒ. KẾT QUẢ")


def test_a_name_of_500_letters_without_a_blank_is_shortened_where_it_shows():
    paper = replace(REPORT, survey=chart("x", ("a" * 500, 1, 1), ("", 0, 1), ("b c " * 200, 1, 1)))
    assert len(Document(io.BytesIO(filled(*OPTIONAL, paper=paper))).inline_shapes) == 1


def test_a_chart_is_no_change_of_its_own_between_two_versions():
    before = {"paper": docx.plain(REPORT, "paper")}
    after = {"paper": docx.plain(replace(REPORT, survey=None, groups=()), "paper")}
    changes = compare_data(before, {"paper": after["paper"] | {"groups": before["paper"]["groups"]}})
    assert changes == []


def test_bars_without_a_whole_are_measured_by_the_longest():
    bars = tuple(Bar(label="x", size=size, whole=0, text="1") for size in (1200, 300, 0))
    document = filled(*OPTIONAL, paper=replace(REPORT, survey=Chart(title="x", bars=bars)))
    image = Image.open(io.BytesIO(parts_of(document)[media(document)[0]]))
    lengths = [
        sum(90 < image.getpixel((x, round(image.height * (row + 0.5) / 3))) < 110 for x in range(image.width))
        for row in range(3)
    ]
    assert lengths[0] == pytest.approx(4 * lengths[1], rel=0.05)
    assert lengths[2] < 10
