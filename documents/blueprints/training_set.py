"""Training material of a chain: topics, one guide for each role at each step, sessions held."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the material: content, guides, sessions."""
    sheet.letterhead()
    sheet.title(
        "Bộ tài liệu", "Đào tạo, hướng dẫn áp dụng hệ thống truy xuất nguồn gốc sản phẩm {{ paper.product_name }}"
    )
    sheet.legal_bases()
    sheet.text("(Thuộc nhiệm vụ {{ paper.project_title|quoted }})", align="center", indent=False, italic=True)
    sheet.heading("I. MỤC TIÊU VÀ NỘI DUNG ĐÀO TẠO")
    sheet.text(
        "Sau đào tạo, mỗi người tham gia chuỗi hiểu ý nghĩa của truy xuất nguồn gốc, làm được phần việc ghi nhận của "
        "mình và biết phải báo ai khi có sai sót. Nội dung gồm:"
    )
    sheet.items("topic in paper.topics", "{{ topic }}")
    sheet.heading("II. HƯỚNG DẪN THEO TỪNG KHÂU")
    with sheet.each("guide in paper.guides"):
        sheet.heading("{{ loop.index }}. Khâu {{ guide.stage }}")
        sheet.text("**Dành cho:** {{ guide.role }}.")
        sheet.text("**Các bước thực hiện:**")
        sheet.items("step in guide.steps", "Bước {{ loop.index }}. {{ step }}")
        sheet.text("**Dữ liệu phải ghi nhận:** {{ guide.records }}.")
    sheet.heading("III. NHỮNG ĐIỀU CẦN NHỚ")
    sheet.item("Ghi ngay khi làm xong, ghi đúng người, đúng lô; không ghi thay, không ghi gộp nhiều ngày.")
    sheet.item("Mỗi lô một số; khi tách hoặc gộp lô phải ghi số lô trước và số lô sau.")
    sheet.item("Ghi sai thì ghi lần sửa, không tẩy xóa; hệ thống giữ cả nội dung cũ và nội dung mới.")
    sheet.item("Không dùng tem chưa kích hoạt hoặc tem của lô khác; tem hỏng phải báo để hủy trên hệ thống.")
    sheet.heading("IV. CÁC LỚP ĐÀO TẠO ĐÃ TỔ CHỨC")
    sheet.table(
        "course in paper.courses",
        [
            Column(heading="TT", share=7, text="{{ loop.index }}", align="center"),
            Column(heading="Lớp đào tạo", share=29, text="{{ course.title }}"),
            Column(heading="Đối tượng", share=18, text="{{ course.audience }}"),
            Column(heading="Ngày, địa điểm", share=24, text="{{ course.held_on }}, {{ course.place }}"),
            Column(heading="Số người dự", share=11, text="{{ course.attendees }}", align="right"),
            Column(heading="Số đạt", share=11, text="{{ course.passed }}", align="right"),
        ],
        total=["", "Cộng", "", "", "{{ paper.attendee_total }}", "{{ paper.passed_total }}"],
    )
    sheet.closing("Tài liệu được cấp cho người tham gia chuỗi và được cập nhật khi quy trình thay đổi")
    sheet.signatures()


BLUEPRINT = Blueprint(version=2, title="Bộ tài liệu đào tạo, hướng dẫn", compose=compose)
