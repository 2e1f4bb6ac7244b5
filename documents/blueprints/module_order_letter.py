"""Letter that asks the keeper of the national portal for a module for one product group."""

from documents.blueprints import attached
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.letters import addressed_to
from documents.blueprints.product_tables import coded_products, traced_steps


def compose(sheet: Sheet) -> None:
    """Write the letter, and the data pack behind it as an annex."""
    sheet.letterhead(about="đề nghị xây dựng mô-đun truy xuất nguồn gốc cho nhóm sản phẩm {{ paper.group_name }}")
    addressed_to(sheet, "{{ paper.addressee }}")
    _request(sheet)
    sheet.signatures(as_above=True)
    _data(sheet)


def _request(sheet: Sheet) -> None:
    sheet.legal_bases()
    sheet.text(
        "Thực hiện nhiệm vụ {{ paper.project_title|quoted }}, {{ letterhead.agency }} đã khảo sát, lựa chọn và tổng "
        "hợp {{ paper.product_count|count }} sản phẩm có quy trình sản xuất tương tự vào nhóm {{ paper.group_name }}. "
        "Quy trình truy xuất nguồn gốc của nhóm đã được lấy ý kiến {{ paper.consulted|join(', ') }} và được phê duyệt "
        "ngày {{ paper.approved_on }}."
    )
    sheet.text(
        "{{ letterhead.agency }} cung cấp dữ liệu của nhóm tại Phụ lục kèm theo và đề nghị {{ paper.addressee }}:"
    )
    sheet.item(
        "Xây dựng mô-đun phù hợp với nhóm sản phẩm {{ paper.group_name }} trên Cổng thông tin truy xuất nguồn gốc sản "
        "phẩm, hàng hóa quốc gia, theo các công đoạn và dữ liệu tại Phụ lục;"
    )
    sheet.item("Thông báo mã mô-đun, tài liệu hướng dẫn và thời điểm có thể sử dụng;")
    sheet.item(
        "Hướng dẫn cấp tài khoản cho các chủ thể và cho ý kiến về dữ liệu cần bổ sung, kể cả đối với sản phẩm chưa có "
        "mã số mã vạch đã đăng ký."
    )
    sheet.text("Đề nghị trả lời bằng văn bản trước ngày {{ paper.wanted_by }}. Đầu mối liên hệ: {{ paper.contact }}.")
    sheet.closing("{{ letterhead.agency }} rất mong nhận được sự phối hợp của {{ paper.addressee }}")


def _data(sheet: Sheet) -> None:
    attached.begin_attachment(sheet)
    attached.attachment_head(
        sheet,
        "Phụ lục",
        attached.in_capitals("Dữ liệu nhóm sản phẩm {{ paper.group_name }}"),
        caption="(Kèm theo Công văn số {{ letterhead.number }} {{ letterhead.date }} của {{ letterhead.agency }})",
    )
    sheet.heading("1. Sản phẩm của nhóm")
    sheet.text(
        "Nhóm có {{ paper.product_count|count }} sản phẩm, {{ paper.coded_count|count }} sản phẩm đã có mã số mã vạch "
        "(GTIN):"
    )
    coded_products(sheet)
    sheet.heading("2. Công đoạn và dữ liệu của từng công đoạn")
    traced_steps(sheet)
    sheet.heading("3. Dữ liệu chung của sản phẩm và lô")
    sheet.items("item in paper.minimum_items", "{{ item }}")
    sheet.heading("4. Tiêu chuẩn áp dụng")
    sheet.items("standard in paper.standards", "{{ standard.code }}, {{ standard.title }}")
    with sheet.when("not paper.standards"):
        sheet.text("Chưa có tiêu chuẩn được gắn với nhóm sản phẩm.")


BLUEPRINT = Blueprint(version=2, title="Công văn đề nghị xây dựng mô-đun truy xuất nguồn gốc", compose=compose)
