"""The frame of papers that a producer signs: head, place and day, signature. They bear no number of an agency."""

from docx.enum.table import WD_TABLE_ALIGNMENT

from documents.blueprints.layout import Sheet
from documents.blueprints.pieces import add_signer, centred, keep_whole, no_cell_margins, rule, shape, tag_in, write

SHARES = (42, 58)


def nation_head(sheet: Sheet) -> None:
    """Add the national name and motto over the whole width, as applications have them."""
    centred(sheet.document, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True)
    centred(sheet.document, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    rule(sheet.document, 60, sheet.width_mm)
    place_and_day(sheet)


def owner_head(sheet: Sheet, *, symbol: str, above: str = "") -> None:
    """Add the head of a paper that an organisation issues for itself: `paper.owner` and, if it has one, who is `above`.

    The number is left to its own books: "Số: ……/QĐ-……".
    """
    table = sheet.document.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    if above:
        tag_in(left, f"{{%p if {above} %}}")
        centred(left, f"{{{{ {above}|upper }}}}", size=12)
        tag_in(left, "{%p endif %}")
    centred(left, "{{ paper.owner|upper }}", size=12, bold=True)
    rule(left, 22, sheet.width_mm * SHARES[0] / 100)
    centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    centred(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    rule(right, 56, sheet.width_mm * SHARES[1] / 100)
    left, right = table.rows[1].cells
    centred(left, f"Số: ………/{symbol}-………", size=13, before=4)
    centred(right, "{{ paper.place_date }}", size=13, italic=True, before=4)
    sheet.widths(table, SHARES)
    no_cell_margins(table)


def place_and_day(sheet: Sheet) -> None:
    """Add place and day on the right, in italics."""
    paragraph = sheet.document.add_paragraph()
    write(paragraph, "{{ paper.place_date }}", italic=True)
    shape(paragraph, align="right", before=6)


def own_signature(sheet: Sheet, title: str, name: str) -> None:
    """Close the paper with one signature on the right: the title, how to sign, and the name."""
    spacer = sheet.document.add_paragraph()
    shape(spacer, align="left")
    spacer.paragraph_format.keep_with_next = True
    table = sheet.document.add_table(rows=1, cols=2)
    right = table.rows[0].cells[1]
    keep_whole(table.rows[0])
    centred(right, title, bold=True)
    centred(right, "(Ký, ghi rõ họ tên; đóng dấu nếu có)", size=13, italic=True)
    add_signer(right, name)
    sheet.widths(table, (50, 50))
