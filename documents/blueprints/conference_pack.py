"""Conference pack: agenda, invitation list, attendance and minutes in one file."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column

NUMBER = Column(heading="TT", share=8, text="{{ loop.index }}", align="center")
INVITEES = (
    NUMBER,
    Column(heading="Tên đơn vị", share=42, text="{{ invitee.name }}"),
    Column(heading="Địa chỉ", share=30, text="{{ invitee.address }}"),
    Column(heading="Ghi chú", share=20, text="{{ invitee.note }}"),
)


def compose(sheet: Sheet) -> None:
    """Write the pack: a cover page and four parts, each on a new page."""
    sheet.letterhead()
    sheet.title("Tài liệu hội nghị", "{{ paper.conference_title }}")
    sheet.legal_bases()
    _cover(sheet)
    _agenda(sheet)
    _invitations(sheet)
    _attendance(sheet)
    _minutes(sheet)
    sheet.signatures(other_side=("THƯ KÝ", "{{ paper.secretary }}"), own_side="CHỦ TRÌ")


def _cover(sheet: Sheet) -> None:
    sheet.text(
        "Hội nghị phổ biến, tuyên truyền kết quả mô hình và tập huấn, hướng dẫn cho chủ thể của các sản phẩm OCOP khác "
        "và các cơ quan quản lý, thuộc nhiệm vụ {{ paper.project_title|quoted }}."
    )
    sheet.text("**Thời gian:** từ {{ paper.begins_at }} đến {{ paper.ends_at }}, ngày {{ paper.held_on }}.")
    sheet.text("**Địa điểm:** {{ paper.place }}.")
    sheet.text("**Chủ trì:** {{ paper.chair }}.")
    sheet.text("**Tài liệu phát tại hội nghị:**")
    sheet.items("material in paper.materials", "{{ material }}")
    sheet.text(
        "Tập tài liệu gồm: Phần I. Chương trình; Phần II. Danh sách mời; Phần III. Danh sách tham dự; Phần IV. Biên "
        "bản hội nghị."
    )


def _agenda(sheet: Sheet) -> None:
    sheet.part("Phần I", "Chương trình hội nghị")
    sheet.table(
        "row in paper.agenda",
        [
            Column(heading="Thời gian", share=26, text="{{ row.time }}", align="center"),
            Column(heading="Nội dung", share=46, text="{{ row.content }}"),
            Column(heading="Người thực hiện", share=28, text="{{ row.presenter }}"),
        ],
    )


def _invitations(sheet: Sheet) -> None:
    sheet.part("Phần II", "Danh sách mời")
    sheet.text("Tổng số mời: {{ paper.invited_count|count }} đơn vị.")
    sheet.heading("1. Chủ thể của các sản phẩm OCOP khác")
    sheet.table("invitee in paper.other_producers", INVITEES)
    sheet.heading("2. Cơ quan quản lý")
    sheet.table("invitee in paper.agencies", INVITEES)


def _attendance(sheet: Sheet) -> None:
    sheet.part("Phần III", "Danh sách tham dự")
    sheet.table(
        "attendee in paper.attendees",
        [
            NUMBER,
            Column(heading="Họ và tên", share=32, text="{{ attendee.name }}"),
            Column(heading="Đơn vị", share=40, text="{{ attendee.organisation }}"),
            Column(heading="Ký tên", share=20, text=""),
        ],
    )


def _minutes(sheet: Sheet) -> None:
    sheet.part("Phần IV", "Biên bản hội nghị")
    sheet.text(
        "Hội nghị khai mạc lúc {{ paper.begins_at }}, ngày {{ paper.held_on }}, tại {{ paper.place }}. Chủ trì: "
        "{{ paper.chair }}. Thư ký: {{ paper.secretary }}. Có mặt {{ paper.attended_count|count }} người."
    )
    sheet.heading("1. Nội dung trình bày và ý kiến thảo luận")
    sheet.items("statement in paper.statements", "{{ statement.speaker }}: {{ statement.content }}")
    sheet.heading("2. Kết luận của chủ trì")
    sheet.items("conclusion in paper.conclusions", "{{ conclusion }}")
    sheet.closing("Hội nghị kết thúc lúc {{ paper.ends_at }} cùng ngày; biên bản đã được thông qua tại hội nghị")


BLUEPRINT = Blueprint(version=2, title="Tài liệu hội nghị", compose=compose)
