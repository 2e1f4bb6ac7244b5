"""The tracing process of a product group, and the guide by which its producers update data."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column
from documents.blueprints.product_tables import NUMBER, products_and_standards, traced_steps


def compose(sheet: Sheet) -> None:
    """Write both parts: the process, on a new page the guide; the agencies' answers stand before the end."""
    sheet.letterhead()
    sheet.title("Hướng dẫn", "Quy trình truy xuất nguồn gốc và cập nhật dữ liệu nhóm sản phẩm {{ paper.group_name }}")
    sheet.legal_bases()
    sheet.text("(Thuộc nhiệm vụ {{ paper.project_title|quoted }})", align="center", indent=False, italic=True)
    _scope(sheet)
    _process(sheet)
    _guide(sheet)
    sheet.signatures()


def _scope(sheet: Sheet) -> None:
    sheet.heading("I. PHẠM VI ÁP DỤNG")
    sheet.text(
        "Quy trình và hướng dẫn này áp dụng thống nhất cho {{ paper.product_count|count }} sản phẩm của nhóm "
        "{{ paper.group_name }} có quy trình sản xuất tương tự nhau:"
    )
    products_and_standards(sheet)


def _process(sheet: Sheet) -> None:
    sheet.heading("II. QUY TRÌNH TRUY XUẤT NGUỒN GỐC")
    with sheet.each("line in paper.process_text"):
        sheet.text("{{ line }}")
    sheet.text(
        "Tại mỗi công đoạn, người thực hiện ghi nhận ngay khi làm xong; công đoạn nào cũng phải có mã sản phẩm, mã "
        "địa điểm và thời gian. Các công đoạn và dữ liệu gồm:"
    )
    traced_steps(sheet)
    sheet.heading("III. Ý KIẾN CỦA CÁC CƠ QUAN")
    sheet.text("Dự thảo quy trình đã được gửi lấy ý kiến các cơ quan quản lý:")
    sheet.table(
        "row in paper.opinions",
        [
            NUMBER,
            Column(heading="Cơ quan", share=25, text="{{ row.agency }}"),
            Column(heading="Văn bản lấy ý kiến", share=20, text="{{ row.letter }}"),
            Column(heading="Văn bản trả lời", share=20, text="{{ row.reply }}"),
            Column(heading="Nội dung ý kiến", share=28, text="{{ row.opinion }}"),
        ],
    )


def _guide(sheet: Sheet) -> None:
    sheet.heading("IV. HƯỚNG DẪN CẬP NHẬT DỮ LIỆU")
    with sheet.each("line in paper.guide"):
        sheet.text("{{ line }}")
    sheet.text("**1. Trước khi được cấp tem,** mỗi sản phẩm, mỗi lô phải có đủ các nội dung tối thiểu:")
    sheet.items("item in paper.minimum_items", "{{ item }}")
    sheet.text("**2. Khi sản xuất một lô:**")
    sheet.item(
        "Mở {{ paper.system_address }}, đăng nhập bằng tài khoản của chủ thể, tạo lô mới: số lô, ngày, nơi sản xuất;"
    )
    sheet.item("Làm đến công đoạn nào, ghi công đoạn đó theo bảng tại Mục II; ghi sai thì ghi lần sửa, không xóa;")
    sheet.item("Đóng gói xong, chọn lô, kích hoạt dải tem và quét thử ít nhất một tem trước khi giao hàng.")
    sheet.text(
        "**3. Khi thông tin thay đổi** (giấy chứng nhận, nơi sản xuất, người phụ trách), chủ thể cập nhật trên hệ "
        "thống trước khi lập lô tiếp theo; mã trên tem đã in không thay đổi."
    )
    sheet.closing(
        "Khi có vướng mắc, liên hệ {{ paper.support_contact }} hoặc {{ letterhead.agency }} để được hướng dẫn"
    )


BLUEPRINT = Blueprint(version=2, title="Quy trình truy xuất nguồn gốc theo nhóm sản phẩm", compose=compose)
