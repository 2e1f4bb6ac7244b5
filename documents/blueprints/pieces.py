"""The pieces a sheet is made of: runs, lines, rules, rows and cells with their sizes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

BODY_PT = 14
TABLE_PT = 12
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
END = "{% if loop.last %}.{% else %};{% endif %}"
BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table: its heading, its share of the page's width, what each row prints in it."""

    heading: str
    share: int
    text: str | tuple[str, str]  # a tuple prints a list: ("step in row.steps", "{{ step }}")
    align: str = "left"


def capitals(text: str) -> str:
    """Return a template's text in capitals: its words at once, its fields when they are printed."""
    parts = re.split(r"(\{\{.*?\}\})", text)
    return "".join(part.replace(" }}", "|upper }}") if part.startswith("{{") else part.upper() for part in parts)


def or_dash(field: str, text: str = "") -> str:
    """Return a cell's text that prints a field, or `text` with several, and a dash while `field` is empty."""
    return f"{{% if {field} %}}{text or f'{{{{ {field} }}}}'}{{% else %}}\u2013{{% endif %}}"


def element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def write(paragraph: Paragraph, text: str, *, size: int = BODY_PT, bold: bool = False, italic: bool = False) -> None:
    """Write `text` as runs; `**words**` are bold."""
    for position, piece in enumerate(BOLD.split(text)):
        if piece:
            run = paragraph.add_run(piece)
            run.font.size = Pt(size)
            run.bold = bold or position % 2 == 1 or None
            run.italic = italic or None


def shape(paragraph: Paragraph, *, align: str, before: float = 0, after: float = 0) -> None:
    layout = paragraph.paragraph_format
    layout.alignment = ALIGN[align]
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0
    layout.widow_control = True


def first(container: Any) -> Paragraph:
    """Return the empty paragraph every new cell starts with, else a new one."""
    if hasattr(container, "_tc") and len(container.paragraphs[-1]._p) == 0:
        fresh: Paragraph = container.paragraphs[-1]
        return fresh
    added: Paragraph = container.add_paragraph()
    return added


def centred(
    container: Any, text: str, *, size: int = BODY_PT, bold: bool = False, italic: bool = False, before: float = 0
) -> None:
    paragraph = first(container)
    write(paragraph, text, size=size, bold=bold, italic=italic)
    shape(paragraph, align="center", before=before)


def tag_in(container: Any, tag: str) -> None:
    first(container).add_run(tag)


def rule(container: Any, line_mm: float, width_mm: float) -> None:
    """Draw a solid line of `line_mm` in the middle of a container of `width_mm`."""
    paragraph = first(container)
    shape(paragraph, align="center", before=3)
    paragraph.paragraph_format.line_spacing = Pt(6)
    side = Mm((width_mm - line_mm) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    border = element("w:pBdr")
    border.append(element("w:top", **{"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "000000"}))
    spacing = paragraph._p.get_or_add_pPr().find(qn("w:spacing"))
    spacing.addprevious(border)


def add_row(table: Any, texts: Sequence[str], *, bold: bool = False, align: str = "left") -> Any:
    row = table.add_row()
    keep_whole(row)
    for cell, text in zip(row.cells, texts, strict=False):
        paragraph = cell.paragraphs[0]
        write(paragraph, text, size=TABLE_PT, bold=bold)
        shape(paragraph, align=align, before=2, after=2)
    return row


def add_heading_row(table: Any, texts: Sequence[str]) -> None:
    row = add_row(table, texts, bold=True, align="center")
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))  # repeated on every page
    for cell in row.cells:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def fill_cell(cell: Any, column: Column) -> None:
    loop, text = column.text if isinstance(column.text, tuple) else ("", column.text)
    if loop:
        tag_in(cell, f"{{%p for {loop} %}}")
    paragraph = first(cell)
    write(paragraph, text, size=TABLE_PT)
    shape(paragraph, align=column.align, before=2, after=2)
    if loop:
        tag_in(cell, "{%p endfor %}")
        tag_in(cell, f"{{%p if not {loop.split(' in ')[1]} %}}")
        shape(first(cell), align=column.align)  # a cell needs a paragraph even when its list is empty
        cell.paragraphs[-1].add_run("\u2013")
        tag_in(cell, "{%p endif %}")


def keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def add_recipients(cell: Any, *, as_above: bool = False) -> None:
    paragraph = first(cell)
    write(paragraph, "Nơi nhận:", size=12, bold=True, italic=True)
    shape(paragraph, align="left")
    if as_above:
        paragraph = first(cell)
        write(paragraph, "- Như trên;", size=11)
        shape(paragraph, align="left")
    tag_in(cell, "{%p for recipient in letterhead.recipients %}")
    paragraph = first(cell)
    write(paragraph, "- {{ recipient|bare }}" + END, size=11)
    shape(paragraph, align="left")
    tag_in(cell, "{%p endfor %}")


def add_signer(cell: Any, name: str) -> None:
    for _line in range(4):  # room for the signature and the seal
        centred(cell, " ")
    centred(cell, name, bold=True)


def no_cell_margins(table: Any) -> None:
    """Give the national name its full width, so that it stays on one line."""
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", **{"w:w": "0", "w:type": "dxa"}))
    table._tbl.tblPr.append(margins)
