"""The page of an administrative paper: a small language over python-docx in which the papers are written.

Source of every measure: NĐ 30/2020/NĐ-CP, Phụ lục I (page, parts and sizes of an administrative document).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from documents import docx_package as package

FONT = "Times New Roman"
BODY_PT = 14
TABLE_PT = 12
FIRST_LINE = Mm(12.7)
LEFT_MM, RIGHT_MM, TOP_MM = 30, 15, 20
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
END = "{% if loop.last %}.{% else %};{% endif %}"
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table: its heading, its share of the page's width, what each row prints in it."""

    heading: str
    share: int
    text: str | tuple[str, str]  # a tuple prints a list: ("step in row.steps", "{{ step }}")
    align: str = "left"


@dataclass(frozen=True, kw_only=True)
class Blueprint:
    """A paper in code: `compose` writes it on a sheet; `version` counts the committed templates of its kind."""

    version: int
    title: str
    compose: "Callable[[Sheet], None]"
    landscape: bool = False


class Sheet:
    """One Word template being written, from top to bottom."""

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        self.document = Document()
        self.width_mm = (297 if landscape else 210) - LEFT_MM - RIGHT_MM
        self._page(landscape=landscape)
        self._fonts()
        self._page_number()
        self._properties(title)

    def text(self, text: str, *, align: str = "justify", indent: bool = True, italic: bool = False) -> None:
        """Add a paragraph of the body; `**words**` are bold. One that announces something stays with it."""
        paragraph = self.document.add_paragraph()
        _write(paragraph, text, italic=italic)
        _shape(paragraph, align=align, before=6)
        paragraph.paragraph_format.keep_with_next = text.rstrip("*").endswith(":") or _BOLD.fullmatch(text) is not None
        if indent:
            paragraph.paragraph_format.first_line_indent = FIRST_LINE

    def heading(self, text: str) -> None:
        """Add a bold heading that stays with what follows."""
        self.text(f"**{text}**", align="left")

    def caption(self, text: str) -> None:
        """Add the line above a table."""
        paragraph = self.document.add_paragraph()
        _write(paragraph, text, bold=True, size=13)
        _shape(paragraph, align="center", before=8, after=4)
        paragraph.paragraph_format.keep_with_next = True

    def part(self, number: str, title: str) -> None:
        """Start a part on a new page: its number and its title in capitals, both centred."""
        for position, line in enumerate((number, title.upper())):
            paragraph = self.document.add_paragraph()
            _write(paragraph, line, bold=True)
            _shape(paragraph, align="center", before=0 if position == 0 else 4, after=6 * position)
            paragraph.paragraph_format.page_break_before = position == 0
            paragraph.paragraph_format.keep_with_next = True

    def item(self, text: str) -> None:
        """Add a line of a list, "- …"."""
        self.text("- " + text)

    def items(self, loop: str, text: str) -> None:
        """Add one line of a list for each turn of `loop`; the last value gives up its own end mark for ours."""
        with self.each(loop):
            self.item(text.removesuffix(" }}") + "|bare }}" + END)

    @contextmanager
    def each(self, loop: str) -> Iterator[None]:
        """Repeat what is written inside: `with sheet.each("group in paper.groups"):`."""
        self._tag(f"{{%p for {loop} %}}")
        yield
        self._tag("{%p endfor %}")

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """Print what is written inside only when `condition` holds."""
        self._tag(f"{{%p if {condition} %}}")
        yield
        self._tag("{%p endif %}")

    def table(self, loop: str, columns: Sequence[Column], *, total: Sequence[str] = ()) -> None:
        """Add a bordered table with a repeated header row and one row for each turn of `loop`.

        `total` are the cells of a bold last row, as many as there are columns.
        """
        before = self.document.paragraphs[-1].paragraph_format
        before.space_after, before.keep_with_next = Pt(4), True
        table = self._grid(columns)
        _heading_row(table, [column.heading for column in columns])
        _row(table, [f"{{%tr for {loop} %}}"])
        cells = table.add_row().cells
        _keep_whole(table.rows[-1])
        for cell, column in zip(cells, columns, strict=True):
            _cell(cell, column)
        _row(table, ["{%tr else %}"])
        _row(table, ["–"] * len(columns), align="center")
        _row(table, ["{%tr endfor %}"])
        if total:
            _row(table, total, bold=True, align="center")
        self._widths(table, [column.share for column in columns])

    def letterhead(self) -> None:
        """Add the two-row head without borders: agency and national motto above, number and date below."""
        table = self.document.add_table(rows=2, cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        shares = [42, 58]
        left, right = table.rows[0].cells
        _centred(left, "{{ letterhead.parent_agency|upper }}", size=12)
        _centred(left, "{{ letterhead.agency|upper }}", size=12, bold=True)
        _rule(left, 22, self.width_mm * shares[0] / 100)
        _centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
        _centred(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
        _rule(right, 56, self.width_mm * shares[1] / 100)
        left, right = table.rows[1].cells
        _centred(left, "{{ letterhead.number_line }}", size=13, before=4)
        _centred(right, "{{ letterhead.place_date }}", size=13, italic=True, before=4)
        self._widths(table, shares)
        _no_cell_margins(table)

    def title(self, kind: str, subject: str) -> None:
        """Add the name of the kind in capitals and the subject, ruled below."""
        for line, before in ((kind.upper(), 16), (subject, 0)):
            paragraph = self.document.add_paragraph()
            _write(paragraph, line, bold=True)
            _shape(paragraph, align="center", before=before)
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(5)
        _rule(self.document, 55, self.width_mm)

    def legal_bases(self) -> None:
        """Add the legal bases in italics, each ending ";", the last "."."""
        with self.each("basis in letterhead.legal_bases"):
            self.text("{{ basis|bare }}" + END, italic=True)

    def closing(self, text: str) -> None:
        """Add the last paragraph with its end mark; it goes with the signature, never leaving that alone on a page."""
        self.text(text + "./.")
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def signatures(self, *, other_side: tuple[str, str] | None = None, own_side: str = "") -> None:
        """Add recipients on the left and the signature on the right.

        `other_side` takes the recipients' place with a second signature: its title and the signer's name;
        `own_side` then says for whom the agency signs.
        """
        spacer = self.document.add_paragraph()
        _shape(spacer, align="left")
        spacer.paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=2, cols=2)
        (left, right), (left_name, right_name) = (row.cells for row in table.rows)
        if other_side:
            _centred(left, other_side[0], bold=True)
            _signed(left_name, other_side[1])
        else:
            _recipients(left.merge(left_name))
        if own_side:
            _centred(right, own_side, bold=True)
        _tag_in(right, "{%p if letterhead.signer_authority %}")
        _centred(right, "{{ letterhead.signer_authority|upper }}", bold=True)
        _tag_in(right, "{%p endif %}")
        _centred(right, "{{ letterhead.signer_title|upper }}", bold=True)
        for paragraph in (*left.paragraphs, *right.paragraphs):
            paragraph.paragraph_format.keep_with_next = True
        _signed(right_name, "{{ letterhead.signer_name }}")
        for row in table.rows:
            _keep_whole(row)
        self._widths(table, [50, 50])

    def centred(self, text: str, *, size: int = BODY_PT, bold: bool = False, italic: bool = False) -> None:
        """Add a centred line."""
        _centred(self.document, text, size=size, bold=bold, italic=italic)

    def save(self) -> bytes:
        """Return the .docx; the same sheet always gives the same bytes."""
        target = BytesIO()
        self.document.save(target)
        return package.write(package.read(target.getvalue()))

    def _tag(self, tag: str) -> None:
        _tag_in(self.document, tag)

    def _page(self, *, landscape: bool) -> None:
        section = self.document.sections[0]
        width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        section.page_width, section.page_height = width, height
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.top_margin = section.bottom_margin = Mm(TOP_MM)
        section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True  # no number on page 1

    def _fonts(self) -> None:
        """Name the font for every script; python-docx's own template would fall back to its theme's fonts."""
        defaults = self.document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
        normal = self.document.styles["Normal"].element.get_or_add_rPr()
        for properties in (defaults, normal):
            for old in properties.findall(qn("w:rFonts")):
                properties.remove(old)
            fonts = _element("w:rFonts", **{f"w:{script}": FONT for script in ("ascii", "hAnsi", "cs", "eastAsia")})
            properties.insert(0, fonts)
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(_element("w:lang", **{"w:val": "vi-VN", "w:eastAsia": "vi-VN", "w:bidi": "ar-SA"}))
        self.document.styles["Normal"].font.size = Pt(BODY_PT)

    def _page_number(self) -> None:
        paragraph = self.document.sections[0].header.paragraphs[0]
        paragraph.style = self.document.styles["Normal"]
        _shape(paragraph, align="center")
        for part in (
            _element("w:fldChar", **{"w:fldCharType": "begin"}),
            _element("w:instrText"),
            _element("w:fldChar", **{"w:fldCharType": "end"}),
        ):
            run = paragraph.add_run()
            run.font.size = Pt(13)
            run._r.append(part)
            if part.tag == qn("w:instrText"):
                part.text = "PAGE"

    def _properties(self, title: str) -> None:
        properties = self.document.core_properties
        properties.title, properties.language = title, "vi-VN"
        properties.author = properties.comments = properties.last_modified_by = properties.keywords = ""
        properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
        properties.revision = 1

    def _grid(self, columns: Sequence[Column]) -> Any:
        table = self.document.add_table(rows=0, cols=len(columns))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        return table

    def _widths(self, table: Any, shares: Sequence[int]) -> None:
        table.autofit = False
        widths = [Mm(self.width_mm * share / sum(shares)) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def _write(paragraph: Paragraph, text: str, *, size: int = BODY_PT, bold: bool = False, italic: bool = False) -> None:
    """Write `text` as runs; `**words**` are bold."""
    for position, piece in enumerate(_BOLD.split(text)):
        if piece:
            run = paragraph.add_run(piece)
            run.font.size = Pt(size)
            run.bold = bold or position % 2 == 1 or None
            run.italic = italic or None


def _shape(paragraph: Paragraph, *, align: str, before: float = 0, after: float = 0) -> None:
    layout = paragraph.paragraph_format
    layout.alignment = ALIGN[align]
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0
    layout.widow_control = True


def _first(container: Any) -> Paragraph:
    """Return the empty paragraph every new cell starts with, else a new one."""
    last = container.paragraphs[-1] if container.paragraphs else None
    is_fresh_cell = last is not None and hasattr(container, "_tc") and not last.text and len(last._p) == 0
    paragraph: Paragraph = last if is_fresh_cell else container.add_paragraph()
    return paragraph


def _centred(
    container: Any, text: str, *, size: int = BODY_PT, bold: bool = False, italic: bool = False, before: float = 0
) -> None:
    paragraph = _first(container)
    _write(paragraph, text, size=size, bold=bold, italic=italic)
    _shape(paragraph, align="center", before=before)


def _tag_in(container: Any, tag: str) -> None:
    _first(container).add_run(tag)


def _rule(container: Any, line_mm: float, width_mm: float) -> None:
    """Draw a solid line of `line_mm` in the middle of a container of `width_mm`."""
    paragraph = _first(container)
    _shape(paragraph, align="center", before=3)
    paragraph.paragraph_format.line_spacing = Pt(6)
    side = Mm((width_mm - line_mm) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    border = _element("w:pBdr")
    border.append(_element("w:top", **{"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "000000"}))
    spacing = paragraph._p.get_or_add_pPr().find(qn("w:spacing"))
    spacing.addprevious(border)


def _row(table: Any, texts: Sequence[str], *, bold: bool = False, align: str = "left") -> Any:
    row = table.add_row()
    _keep_whole(row)
    for cell, text in zip(row.cells, texts, strict=False):
        paragraph = cell.paragraphs[0]
        _write(paragraph, text, size=TABLE_PT, bold=bold)
        _shape(paragraph, align=align, before=2, after=2)
    return row


def _heading_row(table: Any, texts: Sequence[str]) -> None:
    row = _row(table, texts, bold=True, align="center")
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # repeated on every page
    for cell in row.cells:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _cell(cell: Any, column: Column) -> None:
    loop, text = column.text if isinstance(column.text, tuple) else ("", column.text)
    if loop:
        _tag_in(cell, f"{{%p for {loop} %}}")
    paragraph = _first(cell)
    _write(paragraph, text, size=TABLE_PT)
    _shape(paragraph, align=column.align, before=2, after=2)
    if loop:
        _tag_in(cell, "{%p endfor %}")
        _tag_in(cell, f"{{%p if not {loop.split(' in ')[1]} %}}")
        _shape(_first(cell), align=column.align)  # a cell needs a paragraph even when its list is empty
        cell.paragraphs[-1].add_run("\u2013")
        _tag_in(cell, "{%p endif %}")


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def _recipients(cell: Any) -> None:
    paragraph = _first(cell)
    _write(paragraph, "Nơi nhận:", size=12, bold=True, italic=True)
    _shape(paragraph, align="left")
    _tag_in(cell, "{%p for recipient in letterhead.recipients %}")
    paragraph = _first(cell)
    _write(paragraph, "- {{ recipient|bare }}" + END, size=11)
    _shape(paragraph, align="left")
    _tag_in(cell, "{%p endfor %}")


def _signed(cell: Any, name: str) -> None:
    for _line in range(4):  # room for the signature and the seal
        _centred(cell, " ")
    _centred(cell, name, bold=True)


def _no_cell_margins(table: Any) -> None:
    """Give the national name its full width, so that it stays on one line."""
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", **{"w:w": "0", "w:type": "dxa"}))
    table._tbl.tblPr.append(margins)
