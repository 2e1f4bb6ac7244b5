"""Certificates of one class: the numbered list that is signed, then one page for each person."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the list and, on pages of their own, the certificates."""
    sheet.letterhead()
    sheet.title("Thông báo", "Danh sách cấp giấy chứng nhận hoàn thành {{ paper.class_title }}")
    sheet.legal_bases()
    sheet.text("(Thuộc nhiệm vụ {{ paper.project_title|quoted }})", align="center", indent=False, italic=True)
    sheet.text("**Thời gian, địa điểm:** {{ paper.held_on }}, tại {{ paper.place }}. **Nội dung đã học:**")
    sheet.items("topic in paper.topics", "{{ topic }}")
    sheet.text("**Người được cấp giấy chứng nhận:**")
    sheet.table(
        "row in paper.certificates",
        [
            Column(heading="Số", share=10, text="{{ row.number }}", align="center"),
            Column(heading="Họ và tên", share=32, text="{{ row.name }}"),
            Column(heading="Chủ thể, đơn vị", share=38, text="{{ row.organisation }}"),
            Column(heading="Ký nhận", share=20, text=""),
        ],
    )
    sheet.text("Tổng số: {{ paper.certificate_count|count }} giấy chứng nhận.")
    with sheet.each("row in paper.certificates"):
        sheet.part("{{ letterhead.agency|upper }}", "Giấy chứng nhận")
        sheet.centred("Số {{ row.number }}", italic=True)
        sheet.text(
            "Chứng nhận ông (bà) **{{ row.name }}**, thuộc {{ row.organisation }}, đã hoàn thành và đạt kiểm tra năng "
            "lực của {{ paper.class_title }}, tổ chức ngày {{ paper.held_on }}."
        )
        sheet.centred("{{ letterhead.place_date }}", italic=True)
        sheet.centred("{{ letterhead.signer_title|upper }}", bold=True)
    sheet.closing("Danh sách này lưu cùng hồ sơ lớp học")
    sheet.signatures()


BLUEPRINT = Blueprint(version=1, title="Giấy chứng nhận hoàn thành lớp tập huấn", compose=compose)
