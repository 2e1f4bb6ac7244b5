"""The sheet of an administrative paper before anything is written on it: page, fonts, page number, properties.

Source of every measure: NĐ 30/2020/NĐ-CP, Phụ lục I, phần I and II.
"""

from datetime import UTC, datetime
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.blueprints.pieces import BODY_PT, element, shape

FONT = "Times New Roman"
LEFT_MM, RIGHT_MM, TOP_MM = 30, 15, 20


def set_up(document: Any, title: str, *, landscape: bool) -> None:
    """Make a new Word document a sheet of A4, upright or on its side; `title` goes into its properties."""
    _page(document.sections[0], landscape=landscape)
    _fonts(document.styles)
    _page_number(document)
    _properties(document.core_properties, title)


def _page(section: Any, *, landscape: bool) -> None:
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(TOP_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True  # no number on page 1


def _fonts(styles: Any) -> None:
    """Name the font for every script; python-docx's own template would fall back to its theme's fonts."""
    defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    normal = styles["Normal"].element.get_or_add_rPr()
    for properties in (defaults, normal):
        for old in properties.findall(qn("w:rFonts")):
            properties.remove(old)
        fonts = element("w:rFonts", **{f"w:{script}": FONT for script in ("ascii", "hAnsi", "cs", "eastAsia")})
        properties.insert(0, fonts)
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", **{"w:val": "vi-VN", "w:eastAsia": "vi-VN", "w:bidi": "ar-SA"}))
    styles["Normal"].font.size = Pt(BODY_PT)


def _page_number(document: Any) -> None:
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.style = document.styles["Normal"]
    shape(paragraph, align="center")
    for part in (
        element("w:fldChar", **{"w:fldCharType": "begin"}),
        element("w:instrText"),
        element("w:fldChar", **{"w:fldCharType": "end"}),
    ):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        run._r.append(part)
        if part.tag == qn("w:instrText"):
            part.text = "PAGE"


def _properties(properties: Any, title: str) -> None:
    properties.title, properties.language = title, "vi-VN"
    properties.author = properties.comments = properties.last_modified_by = properties.keywords = ""
    properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
    properties.revision = 1
