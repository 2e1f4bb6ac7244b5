"""What a letter (công văn) has in place of a title: whom it is addressed to (NĐ 30/2020, Phụ lục I, phần II)."""

from docx.shared import Mm

from documents.blueprints.layout import Sheet
from documents.blueprints.pieces import END, shape, write


def addressed_to(sheet: Sheet, addressee: str) -> None:
    """Add the line "Kính gửi: …"; it stays with the letter's first paragraph."""
    paragraph = sheet.document.add_paragraph()
    write(paragraph, f"Kính gửi: {addressee}")
    shape(paragraph, align="center", before=14, after=6)
    paragraph.paragraph_format.keep_with_next = True


def addressed_to_each(sheet: Sheet, loop: str, addressee: str) -> None:
    """Add "Kính gửi:" and below it every turn of `loop`, one under the other: "- …;" and last "- …."."""
    _left(sheet, "Kính gửi:", indent_mm=45, before=14)
    with sheet.each(loop):
        _left(sheet, f"- {addressee.removesuffix(' }}')}|bare }}}}" + END, indent_mm=55)


def _left(sheet: Sheet, text: str, *, indent_mm: float, before: float = 0) -> None:
    paragraph = sheet.document.add_paragraph()
    write(paragraph, text)
    shape(paragraph, align="left", before=before)
    paragraph.paragraph_format.left_indent = Mm(indent_mm)
    paragraph.paragraph_format.keep_with_next = True
