"""Minutes of handing over and activating stamps, signed by both sides."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the minutes: both sides, the ranges, what the receiver promises."""
    sheet.letterhead()
    sheet.title("Biên bản", "Giao nhận, kích hoạt tem truy xuất nguồn gốc")
    sheet.legal_bases()
    sheet.text(
        "Ngày {{ paper.held_on }}, tại {{ paper.place }}, hai bên tiến hành giao nhận tem truy xuất nguồn gốc thuộc "
        "nhiệm vụ {{ paper.project_title|quoted }}, theo yêu cầu cấp tem số {{ paper.order_number }}."
    )
    sheet.text("**1. Bên giao:** {{ paper.giver_organisation }}.")
    sheet.text("Đại diện: {{ paper.giver_name }}. Chức vụ: {{ paper.giver_title }}.")
    sheet.text("**2. Bên nhận:** {{ paper.receiver_organisation }}.")
    sheet.text("Đại diện: {{ paper.receiver_name }}. Chức vụ: {{ paper.receiver_title }}.")
    sheet.text("**3. Số lượng, dải số và lô được kích hoạt**")
    sheet.table(
        "range in paper.ranges",
        [
            Column(heading="TT", share=6, text="{{ loop.index }}", align="center"),
            Column(heading="Sản phẩm", share=23, text="{{ range.product }}"),
            Column(heading="Từ số – đến số", share=35, text="{{ range.first_serial }} –\n{{ range.last_serial }}"),
            Column(heading="Số lượng", share=10, text="{{ range.quantity|thousands }}", align="right"),
            Column(
                heading="Lô, ngày kích hoạt",
                share=26,
                text="{% if range.lot %}{{ range.lot }}, {{ range.activated_on }}{% else %}Chưa kích hoạt{% endif %}",
            ),
        ],
        total=["", "Cộng", "", "{{ paper.quantity|thousands }}", "Đã kích hoạt {{ paper.activated|thousands }}"],
    )
    sheet.text("**4. Bên nhận cam kết**")
    sheet.item("Chỉ dán tem lên đúng sản phẩm, đúng lô đã kích hoạt; không chuyển nhượng, không cho bên khác sử dụng.")
    sheet.item("Ghi đủ dữ liệu của lô trước khi kích hoạt; dữ liệu đã công khai phải đúng với thực tế.")
    sheet.item("Tem hỏng, mất hoặc không dùng đến phải báo ngay cho bên giao để hủy trên hệ thống.")
    sheet.closing(
        "Hai bên đã kiểm đếm, quét thử và thống nhất nội dung trên. Biên bản được lập thành 02 bản có giá trị như "
        "nhau, mỗi bên giữ 01 bản"
    )
    sheet.signatures(other_side=("ĐẠI DIỆN BÊN NHẬN", "{{ paper.receiver_name }}"), own_side="ĐẠI DIỆN BÊN GIAO")


BLUEPRINT = Blueprint(version=3, title="Biên bản giao nhận, kích hoạt tem truy xuất nguồn gốc", compose=compose)
