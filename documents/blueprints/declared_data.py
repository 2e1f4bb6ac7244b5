"""The traceability data declared on the system: account register and completeness of each product."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column

NUMBER = Column(heading="TT", share=7, text="{{ loop.index }}", align="center")


def compose(sheet: Sheet) -> None:
    """Write the list of accounts (never a password) and of declared data."""
    sheet.letterhead()
    sheet.title("Bản tổng hợp", "Thông tin truy xuất nguồn gốc của các sản phẩm OCOP được kê khai trên hệ thống")
    sheet.legal_bases()
    sheet.text(
        "Thực hiện nhiệm vụ {{ paper.project_title|quoted }}, tính đến ngày {{ paper.counted_on }}, "
        "{{ letterhead.agency }} tổng hợp thông tin tài khoản và dữ liệu truy xuất nguồn gốc đã kê khai như sau:"
    )
    sheet.heading("I. THÔNG TIN TÀI KHOẢN ĐĂNG NHẬP")
    sheet.text(
        "Đã cấp tài khoản cho {{ paper.account_count|count }} chủ thể. Tài khoản chỉ được mở sau khi người sử dụng đã "
        "được tập huấn; mật khẩu do người sử dụng tự đặt và giữ, không ghi trong văn bản này."
    )
    sheet.table(
        "account in paper.accounts",
        [
            NUMBER,
            Column(heading="Chủ thể", share=26, text="{{ account.producer }}"),
            Column(heading="Người đại diện", share=19, text="{{ account.representative }}"),
            Column(heading="Tên đăng nhập", share=18, text="{{ account.login }}"),
            Column(heading="Ngày tập huấn", share=15, text="{{ account.trained_on }}", align="center"),
            Column(heading="Ngày mở", share=15, text="{{ account.opened_on }}", align="center"),
        ],
    )
    sheet.heading("II. DỮ LIỆU TRUY XUẤT NGUỒN GỐC ĐÃ KÊ KHAI")
    sheet.text(
        "Trong {{ paper.product_count|count }} sản phẩm tham gia, {{ paper.complete_count|count }} sản phẩm đã kê "
        "khai đủ các nội dung tối thiểu theo quy định."
    )
    sheet.table(
        "product in paper.products",
        [
            NUMBER,
            Column(heading="Sản phẩm", share=24, text="{{ product.product }}"),
            Column(heading="Chủ thể", share=26, text="{{ product.producer }}"),
            Column(heading="Mã truy vết", share=17, text="{{ product.code }}", align="center"),
            Column(heading="Đã có", share=10, text="{{ product.filled }}/{{ product.required }}", align="center"),
            Column(
                heading="Còn thiếu",
                share=16,
                text="{% if product.missing %}{{ product.missing }}{% else %}Đủ{% endif %}",
            ),
        ],
    )
    sheet.heading("III. NHẬN XÉT")
    sheet.text(
        "Sản phẩm chưa đủ nội dung tối thiểu chưa được cấp tem; {{ letterhead.agency }} tiếp tục hướng dẫn chủ thể "
        "bổ sung trên hệ thống."
    )
    sheet.closing("Số liệu được trích từ hệ thống truy xuất nguồn gốc tại thời điểm tổng hợp")
    sheet.signatures()


BLUEPRINT = Blueprint(version=2, title="Bản tổng hợp thông tin truy xuất nguồn gốc được kê khai", compose=compose)
