"""User guide for producers: how to declare on the system, one section per product group."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the guide: log in, what must be declared, the steps of each group, stamps, help."""
    sheet.letterhead()
    sheet.title("Tài liệu hướng dẫn", "Sử dụng và kê khai thông tin trên hệ thống truy xuất nguồn gốc")
    sheet.legal_bases()
    sheet.text("(Thuộc nhiệm vụ {{ paper.project_title|quoted }})", align="center", indent=False, italic=True)
    _start(sheet)
    _groups(sheet)
    _stamps(sheet)
    sheet.signatures()


def _start(sheet: Sheet) -> None:
    sheet.heading("I. ĐĂNG NHẬP VÀ KÊ KHAI BAN ĐẦU")
    sheet.text(
        "**1. Đăng nhập.** Mở địa chỉ {{ paper.system_address }} trên điện thoại hoặc máy tính, nhập số điện thoại đã "
        "đăng ký và mật khẩu. Lần đầu đăng nhập phải đặt mật khẩu mới; không đưa mật khẩu cho người khác."
    )
    sheet.text("**2. Kê khai thông tin tối thiểu.** Mỗi sản phẩm phải có đủ các nội dung sau trước khi được cấp tem:")
    sheet.items("item in paper.minimum_items", "{{ item }}")
    sheet.text(
        "**3. Lập lô.** Mỗi đợt sản xuất lập một lô: chọn sản phẩm, nơi sản xuất, ngày sản xuất, hạn sử dụng và số "
        "lượng. Số lô in trên bao bì phải trùng với số lô trên hệ thống."
    )


def _groups(sheet: Sheet) -> None:
    sheet.heading("II. KÊ KHAI THEO NHÓM SẢN PHẨM")
    with sheet.each("group in paper.groups"):
        sheet.heading("{{ loop.index }}. Nhóm {{ group.name }}")
        sheet.text("Áp dụng cho: {{ group.products|join(', ') }}.")
        sheet.table(
            "step in group.steps",
            [
                Column(heading="Bước", share=9, text="{{ loop.index }}", align="center"),
                Column(heading="Công đoạn", share=28, text="{{ step.name }}"),
                Column(heading="Nội dung phải ghi", share=47, text="{{ step.records }}"),
                Column(heading="Yêu cầu", share=16, text="{{ step.required }}", align="center"),
            ],
        )


def _stamps(sheet: Sheet) -> None:
    sheet.heading("III. SỬ DỤNG TEM")
    sheet.item("Gửi yêu cầu cấp tem trên hệ thống, ghi số lượng theo sản lượng thực tế.")
    sheet.item("Khi đóng gói, chọn lô và nhập dải số của cuộn tem để kích hoạt; chỉ dán tem đã kích hoạt.")
    sheet.item("Quét thử ít nhất một tem của mỗi lô trước khi giao hàng, đọc kỹ nội dung hiện ra.")
    sheet.item("Khi sửa thông tin, mã trên tem giữ nguyên; người quét thấy ngay nội dung mới.")
    sheet.heading("IV. KHI CẦN HỖ TRỢ")
    sheet.closing("Liên hệ {{ paper.support_contact }} hoặc cán bộ phụ trách của {{ letterhead.agency }}")


BLUEPRINT = Blueprint(version=2, title="Tài liệu hướng dẫn sử dụng và kê khai", compose=compose)
