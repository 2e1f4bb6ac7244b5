"""Certificates of one class: what was learnt, one page for each person, then the numbered list that is signed."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column

SIGNATURE_LINES = 4


def compose(sheet: Sheet) -> None:
    """Write the notice, the certificates on pages of their own, and the list on the last page."""
    sheet.letterhead()
    sheet.title("Thông báo", "Cấp giấy chứng nhận hoàn thành {{ paper.class_title }}")
    sheet.legal_bases()
    sheet.text("(Thuộc nhiệm vụ {{ paper.project_title|quoted }})", align="center", indent=False, italic=True)
    sheet.text(
        "{{ letterhead.agency }} cấp {{ paper.certificate_count|count }} giấy chứng nhận cho người đạt kiểm tra năng "
        "lực của {{ paper.class_title }}, tổ chức ngày {{ paper.held_on }} tại {{ paper.place }}. Nội dung đã học:"
    )
    sheet.items("topic in paper.topics", "{{ topic }}")
    sheet.text("Danh sách người được cấp ở trang cuối.")
    with sheet.each("row in paper.certificates"):
        _certificate(sheet)
    sheet.part("DANH SÁCH", "Người được cấp giấy chứng nhận")
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


def _certificate(sheet: Sheet) -> None:
    sheet.part("{{ letterhead.agency|upper }}", "Giấy chứng nhận")
    sheet.centred("Số {{ row.number }}", italic=True)
    sheet.text(
        "Chứng nhận ông (bà) **{{ row.name }}**, thuộc {{ row.organisation }}, đã hoàn thành và đạt kiểm tra năng "
        "lực của {{ paper.class_title }}, tổ chức ngày {{ paper.held_on }}."
    )
    sheet.centred("{{ letterhead.place_date }}", italic=True)
    sheet.centred("{{ letterhead.signer_title|upper }}", bold=True)
    for _line in range(SIGNATURE_LINES):
        sheet.centred(" ")
    sheet.centred("{{ letterhead.signer_name }}", bold=True)


BLUEPRINT = Blueprint(version=1, title="Giấy chứng nhận hoàn thành lớp tập huấn", compose=compose)
