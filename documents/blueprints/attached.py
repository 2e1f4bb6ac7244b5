"""What decisions and long plans are made of: articles, passages with headings, and annexes with pages of their own.

Source of every measure: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II (điều 5 on the text, phần III on annexes).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from documents.blueprints.layout import Sheet
from documents.blueprints.page import LEFT_MM, RIGHT_MM
from documents.blueprints.pieces import element, rule, shape, write


def ordering(sheet: Sheet, about: str, authority: str) -> None:
    """Write the head of a decision: its name, what it is about, and in capitals who decides."""
    sheet.title("Quyết định", about)
    _line(sheet, authority.replace(" }}", "|upper }}"), before=10, after=6)


def decides(sheet: Sheet) -> None:
    """Write the line between the legal bases and the articles."""
    _line(sheet, "QUYẾT ĐỊNH:", before=10, after=4)


def article(sheet: Sheet, number: int, text: str) -> None:
    """Write one article: its number is bold and stands in the line."""
    sheet.text(f"**Điều {number}.** {text}")


def passages(sheet: Sheet, loop: str) -> None:
    """Write a plan's text: every heading bold, whatever its level, and its paragraphs below."""
    with sheet.each(f"passage in {loop}"):
        with sheet.when("passage.heading"):
            sheet.heading("{{ passage.heading }}")
        with sheet.each("line in passage.lines"):
            sheet.text("{{ line }}")


def begin_attachment(sheet: Sheet, *, landscape: bool = False) -> None:
    """Go on with what belongs to this paper on new pages, counted from 1; the first shows no number."""
    sheet.document.add_section(WD_SECTION.NEW_PAGE)
    _shrink(sheet.document.paragraphs[-1])
    section = sheet.document.sections[-1]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.find(qn("w:pgMar")).addnext(element("w:pgNumType", **{"w:start": "1"}))
    sheet.width_mm = (297 if landscape else 210) - LEFT_MM - RIGHT_MM


@contextmanager
def annexes(sheet: Sheet, loop: str) -> Iterator[None]:
    """Repeat an annex that lies sideways, every turn on pages of its own that are counted from 1.

    Word keeps the set-up of pages at their end, so each turn begins by closing the pages before it: upright
    ones before the first annex, sideways ones before every other.
    """
    with sheet.each(loop):
        with sheet.when("loop.first"):
            begin_attachment(sheet, landscape=True)
        with sheet.when("not loop.first"):
            begin_attachment(sheet, landscape=True)
        yield


def in_capitals(text: str) -> str:
    """Return fixed words and fields in capitals, as the title of an annex has them."""
    words = re.split(r"(\{\{.*?\}\})", text)
    return "".join(word.replace(" }}", "|upper }}") if word.startswith("{{") else word.upper() for word in words)


def attachment_head(sheet: Sheet, *lines: str, caption: str) -> None:
    """Write the head of an annex or of an attached paper: bold lines, and in italics which paper it goes with."""
    for line in lines:
        _line(sheet, line)
    _line(sheet, caption, is_bold=False, is_italic=True)
    rule(sheet.document, 50, sheet.width_mm)


def _line(
    sheet: Sheet, text: str, *, before: float = 0, after: float = 0, is_bold: bool = True, is_italic: bool = False
) -> None:
    paragraph = sheet.document.add_paragraph()
    write(paragraph, text, bold=is_bold, italic=is_italic)
    shape(paragraph, align="center", before=before, after=after)
    paragraph.paragraph_format.keep_with_next = True


def _shrink(carrier: Paragraph) -> None:
    """Make the paragraph that only ends a section too small to open a page of its own."""
    shape(carrier, align="left")
    carrier.paragraph_format.line_spacing = Pt(1)
