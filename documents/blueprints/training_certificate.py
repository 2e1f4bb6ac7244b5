"""Certificates of one class: the notice with the numbered list that is signed, then a sheet for each person.

A certificate is not among the administrative papers of the decree (article 7), yet it carries their head: national
name and motto, the agency under the one above it, place and day, who signs (Phụ lục I, phần II).
"""

from docx.shared import Mm, Pt

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column, add_signer, centred, keep_whole, shape, tag_in

TITLE_PT, NAME_PT, LINE_PT = 40, 28, 17
ROOM_PT = 26  # above the signature's row


def compose(sheet: Sheet) -> None:
    """Write the notice with its list, then the certificates, each on a sheet of its own, sideways."""
    sheet.letterhead()
    sheet.title("Thông báo", "Cấp giấy chứng nhận hoàn thành {{ paper.class_title }}")
    sheet.legal_bases()
    sheet.text("(Thuộc nhiệm vụ {{ paper.project_title|quoted }})", align="center", indent=False, italic=True)
    sheet.text(
        "{{ letterhead.agency }} cấp {{ paper.certificate_count|count }} giấy chứng nhận cho người đạt kiểm tra năng "
        "lực của {{ paper.class_title }}, tổ chức ngày {{ paper.held_on }} tại {{ paper.place }}. Nội dung đã học:"
    )
    sheet.items("topic in paper.topics", "{{ topic }}")
    sheet.text("Người được cấp giấy chứng nhận:")
    sheet.table(
        "row in paper.certificates",
        [
            Column(heading="Số", share=10, text="{{ row.number }}", align="center"),
            Column(heading="Họ và tên", share=32, text="{{ row.name }}"),
            Column(heading="Chủ thể, đơn vị", share=38, text="{{ row.organisation }}"),
            Column(heading="Ký nhận", share=20, text=""),
        ],
    )
    sheet.closing("Tổng số: {{ paper.certificate_count|count }} giấy chứng nhận; danh sách lưu cùng hồ sơ lớp học")
    sheet.signatures()
    sheet.turn_sideways()
    with sheet.each("row in paper.certificates"):
        _certificate(sheet)


def _certificate(sheet: Sheet) -> None:
    top = sheet.document.add_paragraph()  # a table cannot start a page by itself
    shape(top, align="center")
    top.paragraph_format.line_spacing = Pt(1)
    top.paragraph_format.page_break_before = True
    sheet.letterhead(is_numbered=False)
    _line(sheet, "Giấy chứng nhận".upper(), size=TITLE_PT, bold=True, before=30)
    _line(sheet, "Hoàn thành {{ paper.class_title }}", size=LINE_PT, italic=True, before=4)
    _line(sheet, "Chứng nhận ông (bà)", size=LINE_PT, before=22)
    _line(sheet, "{{ row.name }}", size=NAME_PT, bold=True, before=8)
    _line(sheet, "{{ row.organisation }}", size=LINE_PT, before=6)
    _line(
        sheet,
        "đã hoàn thành và đạt kiểm tra năng lực của {{ paper.class_title }}, tổ chức ngày {{ paper.held_on }} "
        "tại {{ paper.place }}.",
        size=LINE_PT,
        before=14,
    )
    table = sheet.document.add_table(rows=1, cols=2)
    keep_whole(table.rows[0])
    left, right = table.rows[0].cells
    centred(left, "Số vào sổ: {{ row.number }}", before=ROOM_PT)
    centred(right, "{{ letterhead.place_date }}", italic=True, before=ROOM_PT)
    tag_in(right, "{%p if letterhead.signer_authority %}")
    centred(right, "{{ letterhead.signer_authority|upper }}", bold=True)
    tag_in(right, "{%p endif %}")
    centred(right, "{{ letterhead.signer_title|upper }}", bold=True)
    add_signer(right, "{{ letterhead.signer_name }}")
    sheet.widths(table, [50, 50])


def _line(sheet: Sheet, text: str, *, size: int, before: float, bold: bool = False, italic: bool = False) -> None:
    centred(sheet.document, text, size=size, bold=bold, italic=italic, before=before)
    side = Mm(20)
    layout = sheet.document.paragraphs[-1].paragraph_format
    layout.left_indent = layout.right_indent = side


BLUEPRINT = Blueprint(version=4, title="Giấy chứng nhận hoàn thành lớp tập huấn", compose=compose)
