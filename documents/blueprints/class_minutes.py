"""Minutes of one class: when and where, who came, what was taught and said."""

from documents.blueprints.class_tables import side_figures
from documents.blueprints.layout import Blueprint, Sheet


def compose(sheet: Sheet) -> None:
    """Write the minutes; chair and secretary sign."""
    sheet.letterhead()
    sheet.title("Biên bản", "Tổ chức lớp tập huấn về truy xuất nguồn gốc sản phẩm, hàng hóa")
    sheet.legal_bases()
    sheet.text(
        "({{ paper.class_title|quoted }}, thuộc nhiệm vụ {{ paper.project_title|quoted }})",
        align="center",
        indent=False,
        italic=True,
    )
    sheet.heading("I. THÔNG TIN CHUNG")
    sheet.text("**1. Thời gian, địa điểm:** bắt đầu lúc {{ paper.began }}, tại {{ paper.place|bare }}.")
    sheet.text("**2. Đối tượng:** {{ paper.audience }}.")
    sheet.text("**3. Chủ trì:** {{ paper.chair_name }}, {{ paper.chair_title }}.")
    sheet.text("**4. Thư ký:** {{ paper.secretary_name }}, {{ paper.secretary_title }}.")
    sheet.text("**5. Người giảng dạy, hướng dẫn:**")
    sheet.items("teacher in paper.teachers", "{{ teacher }}")
    sheet.heading("II. NỘI DUNG, TÀI LIỆU")
    sheet.text("**1. Nội dung đã trình bày, hướng dẫn:**")
    sheet.items("topic in paper.topics", "{{ topic }}")
    with sheet.when("paper.handouts"):
        sheet.text("**2. Tài liệu của lớp:**")
        sheet.items("paper_title in paper.handouts", "{{ paper_title }}")
    _people(sheet)
    _opinions(sheet)
    sheet.two_signatures(left=("THƯ KÝ", "{{ paper.secretary_name }}"), right=("CHỦ TRÌ", "{{ paper.chair_name }}"))


def _people(sheet: Sheet) -> None:
    sheet.heading("III. NGƯỜI THAM DỰ VÀ KẾT QUẢ KIỂM TRA")
    sheet.text(
        "Mời {{ paper.invited_count|count }} người, vắng {{ paper.absent_count|count }} người. Có mặt "
        "{{ paper.present_count|count }} người của {{ paper.organisation_count|count }} chủ thể, cơ quan, đơn vị; "
        "{{ paper.passed_count|count }} người đạt kiểm tra cuối lớp:"
    )
    side_figures(sheet)


def _opinions(sheet: Sheet) -> None:
    sheet.heading("IV. Ý KIẾN CỦA NGƯỜI THAM DỰ")
    sheet.items("opinion in paper.opinions", "{{ opinion }}")
    with sheet.when("not paper.opinions"):
        sheet.text("Người tham dự nhất trí với nội dung tập huấn, không có ý kiến khác.")
    sheet.heading("V. KẾT LUẬN")
    sheet.items("conclusion in paper.conclusions", "{{ conclusion }}")
    sheet.closing("Lớp kết thúc lúc {{ paper.ended }}. Biên bản đã được đọc và thông qua tại lớp")


BLUEPRINT = Blueprint(version=2, title="Biên bản lớp tập huấn", compose=compose)
