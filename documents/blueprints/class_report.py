"""Report on one class: who was invited, came and passed, whom the classes have not reached, what is done next."""

from documents.blueprints.class_tables import side_figures
from documents.blueprints.layout import Blueprint, Sheet


def compose(sheet: Sheet) -> None:
    """Write the report."""
    sheet.letterhead()
    sheet.title("Báo cáo", "Kết quả tổ chức lớp tập huấn về truy xuất nguồn gốc sản phẩm, hàng hóa")
    sheet.legal_bases()
    sheet.text(
        "{{ letterhead.agency }} báo cáo kết quả tổ chức {{ paper.class_title }} thuộc nhiệm vụ "
        "{{ paper.project_title|quoted }} như sau:"
    )
    sheet.heading("I. TÌNH HÌNH TỔ CHỨC")
    sheet.text("**1. Thời gian, địa điểm:** ngày {{ paper.held_on }}, tại {{ paper.place|bare }}.")
    sheet.text("**2. Đối tượng:** {{ paper.audience }}. Quy mô theo kế hoạch: {{ paper.seats|count }} người.")
    sheet.text("**3. Nội dung:**")
    sheet.items("topic in paper.topics", "{{ topic }}")
    _result(sheet)
    _next(sheet)
    sheet.signatures()


def _result(sheet: Sheet) -> None:
    sheet.heading("II. KẾT QUẢ")
    sheet.text(
        "**1. Người tham dự:** mời {{ paper.invited_count|count }} người, vắng {{ paper.absent_count|count }} người; "
        "có mặt {{ paper.present_count|count }} người (kể cả người đến không có giấy mời); "
        "{{ paper.passed_count|count }} người đạt kiểm tra, bằng {{ paper.passed_share }} số người có mặt."
    )
    side_figures(sheet)
    sheet.text(
        "**2. Mức độ bao phủ:** {{ paper.covered_count|count }}/{{ paper.producer_count|count }} chủ thể của nhiệm vụ "
        "({{ paper.covered_share }}) có người tham dự lớp này."
    )
    with sheet.when("paper.uncovered"):
        sheet.text("Chủ thể chưa có người tham dự lớp nào của nhiệm vụ:")
        sheet.items("name in paper.uncovered", "{{ name }}")


def _next(sheet: Sheet) -> None:
    sheet.heading("III. ĐÁNH GIÁ")
    sheet.items("line in paper.assessment", "{{ line }}")
    sheet.heading("IV. CÔNG VIỆC TIẾP THEO")
    sheet.items("line in paper.next_steps", "{{ line }}")
    sheet.closing("Trên đây là báo cáo kết quả tổ chức {{ paper.class_title }}")


BLUEPRINT = Blueprint(version=2, title="Báo cáo kết quả lớp tập huấn", compose=compose)
