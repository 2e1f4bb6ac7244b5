"""Attendance list of one class, with a column to sign in."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the list: the class, who came, the sums."""
    sheet.letterhead()
    sheet.title("Biên bản", "Xác nhận người tham dự {{ paper.class_title }}", line_mm=46)
    sheet.legal_bases()
    sheet.text("(Thuộc nhiệm vụ {{ paper.project_title|quoted }})", align="center", indent=False, italic=True)
    sheet.text("**1. Thời gian, địa điểm:** {{ paper.held_on }}, tại {{ paper.place }}.")
    sheet.text("**2. Đối tượng:** {{ paper.audience }}.")
    sheet.text("**3. Nội dung:**")
    sheet.items("topic in paper.topics", "{{ topic }}")
    sheet.text("**4. Người tham dự:**")
    sheet.table(
        "person in paper.present",
        [
            Column(heading="TT", share=6, text="{{ loop.index }}", align="center"),
            Column(heading="Họ và tên", share=24, text="{{ person.name }}"),
            Column(heading="Chủ thể, đơn vị", share=26, text="{{ person.organisation }}"),
            Column(heading="Điện thoại", share=19, text="{{ person.phone }}", align="center"),
            Column(heading="Kiểm tra", share=10, text="{{ person.passed }}", align="center"),
            Column(heading="Ký tên", share=15, text=""),
        ],
    )
    sheet.closing(
        "Danh sách có {{ paper.present_count|count }} người của {{ paper.organisation_count|count }} chủ thể, đơn vị; "
        "{{ paper.passed_count|count }} người đạt kiểm tra; mời {{ paper.invited_count|count }} người, vắng "
        "{{ paper.absent_count|count }} người"
    )
    sheet.signatures()


BLUEPRINT = Blueprint(version=4, title="Danh sách người tham dự lớp tập huấn", compose=compose)
