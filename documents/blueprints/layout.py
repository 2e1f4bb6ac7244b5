"""The page of an administrative paper: a small language over python-docx in which the papers are written.

Source of every measure: NĐ 30/2020/NĐ-CP, Phụ lục I (page, parts and sizes of an administrative document).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.blueprints import page
from documents.blueprints.page import LEFT_MM, RIGHT_MM, TOP_MM
from documents.blueprints.pieces import (
    BODY_PT,
    BOLD,
    END,
    Column,
    add_heading_row,
    add_recipients,
    add_row,
    add_signer,
    centred,
    element,
    fill_cell,
    keep_whole,
    no_cell_margins,
    rule,
    shape,
    tag_in,
    write,
)
from documents.docx import package
from documents.format import Form

FIRST_LINE = Mm(12.7)


@dataclass(frozen=True, kw_only=True)
class Blueprint:
    """A paper in code: `compose` writes it on a sheet; `version` counts the committed templates of its kind."""

    version: int
    title: str
    compose: "Callable[[Sheet], None]"
    form: Form | None = None  # what the decree asks of it; None: as its number and head say


class Sheet:
    """One Word template being written, from top to bottom."""

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        self.document = Document()
        self.width_mm = (297 if landscape else 210) - LEFT_MM - RIGHT_MM
        page.set_up(self.document, title, landscape=landscape)

    def text(self, text: str, *, align: str = "justify", indent: bool = True, italic: bool = False) -> None:
        """Add a paragraph of the body; `**words**` are bold. One that announces something stays with it."""
        paragraph = self.document.add_paragraph()
        write(paragraph, text, italic=italic)
        shape(paragraph, align=align, before=6)
        paragraph.paragraph_format.keep_with_next = text.rstrip("*").endswith(":") or BOLD.fullmatch(text) is not None
        if indent:
            paragraph.paragraph_format.first_line_indent = FIRST_LINE

    def heading(self, text: str) -> None:
        """Add a bold heading that stays with what follows."""
        self.text(f"**{text}**", align="left")

    def caption(self, text: str) -> None:
        """Add the line above a table."""
        paragraph = self.document.add_paragraph()
        write(paragraph, text, bold=True, size=13)
        shape(paragraph, align="center", before=8, after=4)
        paragraph.paragraph_format.keep_with_next = True

    def part(self, number: str, title: str) -> None:
        """Start a part on a new page: its number and its title in capitals, both centred."""
        for position, line in enumerate((number, title.upper())):
            paragraph = self.document.add_paragraph()
            write(paragraph, line, bold=True)
            shape(paragraph, align="center", before=0 if position == 0 else 4, after=6 * position)
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
        add_heading_row(table, [column.heading for column in columns])
        add_row(table, [f"{{%tr for {loop} %}}"])
        cells = table.add_row().cells
        keep_whole(table.rows[-1])
        for cell, column in zip(cells, columns, strict=True):
            fill_cell(cell, column)
        add_row(table, ["{%tr else %}"])
        add_row(table, ["–"] * len(columns), align="center")
        add_row(table, ["{%tr endfor %}"])
        if total:
            add_row(table, total, bold=True, align="center")
        self.widths(table, [column.share for column in columns])

    def chart(self, path: str, *, number: str = "") -> None:
        """Add the picture of a chart of the paper's data with its title below; nothing where there is none."""
        with self.when(path):
            picture = self.document.add_paragraph()
            write(picture, f"{{{{ {path}.picture }}}}")
            shape(picture, align="center", before=8)
            picture.paragraph_format.keep_with_next = True
            title = self.document.add_paragraph()
            write(title, f"{number}{{{{ {path}.title }}}}", size=13, italic=True)
            shape(title, align="center", after=6)

    def letterhead(self, *, is_numbered: bool = True, about: str = "") -> None:
        """Add the head without borders: agency and national motto above, number and date below if `is_numbered`.

        A letter (công văn) has no title: what it is `about` stands below its number.
        """
        table = self.document.add_table(rows=2 if is_numbered else 1, cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        shares = [42, 58]
        left, right = table.rows[0].cells
        tag_in(left, "{%p if letterhead.parent_agency %}")  # a committee stands under nobody
        centred(left, "{{ letterhead.parent_agency|upper }}", size=12)
        tag_in(left, "{%p endif %}")
        centred(left, "{{ letterhead.agency|upper }}", size=12, bold=True)
        rule(left, 22, self.width_mm * shares[0] / 100)
        centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
        centred(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
        rule(right, 56, self.width_mm * shares[1] / 100)
        if is_numbered:
            left, right = table.rows[1].cells
            centred(left, "{{ letterhead.number_line }}", size=13, before=4)
            centred(right, "{{ letterhead.place_date }}", size=13, italic=True, before=4)
            if about:
                centred(left, f"V/v {about}", size=12, before=6)
        self.widths(table, shares)
        no_cell_margins(table)

    def title(self, kind: str, subject: str, *, line_mm: float = 55) -> None:
        """Add the name of the kind in capitals and the subject, with a line below: 1/3 to 1/2 of its words."""
        for line, before in ((kind.upper(), 16), (subject, 0)):
            paragraph = self.document.add_paragraph()
            write(paragraph, line, bold=True)
            shape(paragraph, align="center", before=before)
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(5)
        rule(self.document, line_mm, self.width_mm)

    def legal_bases(self, *, followed_by: str = "") -> None:
        """Add the legal bases in italics, each ending ";", the last ".".

        `followed_by` is the field of a last basis that the blueprint writes itself ("Theo đề nghị của …").
        """
        end = END.replace("loop.last", f"loop.last and not {followed_by}") if followed_by else END
        with self.each("basis in letterhead.legal_bases"):
            self.text("{{ basis|bare }}" + end, italic=True)

    def closing(self, text: str) -> None:
        """Add the last paragraph with its end mark; it goes with the signature, never leaving that alone on a page."""
        self.text(text + "./.")
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def signatures(
        self, *, other_side: tuple[str, str] | None = None, own_side: str = "", as_above: bool = False
    ) -> None:
        """Add recipients on the left and the signature on the right.

        `other_side` takes the recipients' place with a second signature: its title and the signer's name;
        `own_side` then says for whom the agency signs. The recipients of a letter begin with those `as_above`.
        """
        spacer = self.document.add_paragraph()
        shape(spacer, align="left")
        spacer.paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=2, cols=2)
        (left, right), (left_name, right_name) = (row.cells for row in table.rows)
        if other_side:
            centred(left, other_side[0], bold=True)
            add_signer(left_name, other_side[1])
        else:
            add_recipients(left.merge(left_name), as_above=as_above)
        if own_side:
            centred(right, own_side, bold=True)
        tag_in(right, "{%p if letterhead.signer_authority %}")
        centred(right, "{{ letterhead.signer_authority|upper }}", bold=True)
        tag_in(right, "{%p endif %}")
        centred(right, "{{ letterhead.signer_title|upper }}", bold=True)
        for paragraph in (*left.paragraphs, *right.paragraphs):
            paragraph.paragraph_format.keep_with_next = True
        add_signer(right_name, "{{ letterhead.signer_name }}")
        for row in table.rows:
            keep_whole(row)
        self.widths(table, [50, 50])

    def two_signatures(self, *, left: tuple[str, str], right: tuple[str, str]) -> None:
        """Close a paper that two people sign by the seat they hold, not for the agency: title and name of each."""
        spacer = self.document.add_paragraph()
        shape(spacer, align="left")
        spacer.paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=2, cols=2)
        for place, (title, name) in enumerate((left, right)):
            head, foot = table.rows[0].cells[place], table.rows[1].cells[place]
            centred(head, title, bold=True)
            add_signer(foot, name)
            for paragraph in head.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
        for row in table.rows:
            keep_whole(row)
        self.widths(table, [50, 50])

    def centred(self, text: str, *, size: int = BODY_PT, bold: bool = False, italic: bool = False) -> None:
        """Add a centred line."""
        centred(self.document, text, size=size, bold=bold, italic=italic)

    def turn_sideways(self) -> None:
        """Go on with sheets of A4 that lie on their long side, framed by a double line, without page numbers."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.left_margin = section.right_margin = Mm(TOP_MM)
        section.header.is_linked_to_previous = False
        frame = element("w:pgBorders", **{"w:offsetFrom": "page"})
        for side in ("top", "left", "bottom", "right"):
            line = {"w:val": "thinThickSmallGap", "w:sz": "18", "w:space": "24", "w:color": "000000"}
            frame.append(element(f"w:{side}", **line))
        section._sectPr.find(qn("w:pgMar")).addnext(frame)
        self.width_mm = 297 - 2 * TOP_MM

    def save(self) -> bytes:
        """Return the .docx; the same sheet always gives the same bytes."""
        target = BytesIO()
        self.document.save(target)
        return package.write(package.read(target.getvalue()))

    def _tag(self, tag: str) -> None:
        tag_in(self.document, tag)

    def _grid(self, columns: Sequence[Column]) -> Any:
        table = self.document.add_table(rows=0, cols=len(columns))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        return table

    def widths(self, table: Any, shares: Sequence[int]) -> None:
        """Share the width of the page among the columns of a table."""
        table.autofit = False
        widths = [Mm(self.width_mm * share / sum(shares)) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width
