"""Decision that issues the handbook of a product group, and the handbook itself.

One file, because the handbook has no number of its own: it bears the decision's, and is proved with it.
"""

from documents.blueprints import attached
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column
from documents.blueprints.product_tables import NUMBER, products_and_standards, traced_steps

NAME = "Hướng dẫn thực hiện truy xuất nguồn gốc nhóm sản phẩm {{ paper.group_name }}"


def compose(sheet: Sheet) -> None:
    """Write the decision, on new pages the handbook: process, guide, data, codes, stamps, whom to ask."""
    sheet.letterhead()
    attached.ordering(sheet, f"Về việc ban hành Sổ tay {NAME[:1].lower()}{NAME[1:]}", "{{ paper.authority }}")
    sheet.legal_bases()
    attached.decides(sheet)
    attached.article(sheet, 1, f"Ban hành kèm theo Quyết định này Sổ tay {NAME[:1].lower()}{NAME[1:]}.")
    attached.article(sheet, 2, "Quyết định này có hiệu lực kể từ ngày ký.")
    sheet.closing(
        "**Điều 3.** Chủ nhiệm nhiệm vụ {{ paper.project_title|quoted }}, các chủ thể của nhóm sản phẩm và các cơ "
        "quan, đơn vị, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này"
    )
    sheet.signatures()
    attached.begin_attachment(sheet)
    attached.attachment_head(
        sheet,
        "SỔ TAY",
        NAME,
        caption="(Ban hành kèm theo Quyết định số {{ letterhead.number }} {{ letterhead.date }} của "
        "{{ paper.authority }})",
    )
    _contents(sheet)
    _scope(sheet)
    _process(sheet)
    _data(sheet)
    _codes_and_stamps(sheet)
    _help(sheet)


def _contents(sheet: Sheet) -> None:
    sheet.heading("NỘI DUNG SỔ TAY")
    for line in (
        "Phần I. Đối tượng sử dụng;",
        "Phần II. Quy trình truy xuất nguồn gốc của nhóm;",
        "Phần III. Hướng dẫn thực hiện;",
        "Phần IV. Dữ liệu phải ghi nhận;",
        "Phần V. Mã truy vết và tem;",
        "Phần VI. Đầu mối hỗ trợ.",
    ):
        sheet.item(line)


def _scope(sheet: Sheet) -> None:
    sheet.heading("PHẦN I. ĐỐI TƯỢNG SỬ DỤNG")
    sheet.text(
        "Sổ tay dành cho người ghi nhật ký, người đóng gói, dán tem và người quản lý của các chủ thể có "
        "{{ paper.product_count|count }} sản phẩm sau đây:"
    )
    products_and_standards(sheet)


def _process(sheet: Sheet) -> None:
    sheet.heading("PHẦN II. QUY TRÌNH TRUY XUẤT NGUỒN GỐC CỦA NHÓM")
    with sheet.each("line in paper.process_text"):
        sheet.text("{{ line }}")
    sheet.heading("PHẦN III. HƯỚNG DẪN THỰC HIỆN")
    with sheet.each("line in paper.guide"):
        sheet.text("{{ line }}")


def _data(sheet: Sheet) -> None:
    sheet.heading("PHẦN IV. DỮ LIỆU PHẢI GHI NHẬN")
    sheet.text("**1. Ghi tại từng công đoạn,** ngay khi làm xong:")
    traced_steps(sheet)
    sheet.text("**2. Có đủ trước khi được cấp tem:**")
    sheet.items("item in paper.minimum_items", "{{ item }}")
    sheet.text("**3. Ghi sai** thì ghi lần sửa; hệ thống giữ cả nội dung cũ và nội dung mới, không xóa.")


def _codes_and_stamps(sheet: Sheet) -> None:
    sheet.heading("PHẦN V. MÃ TRUY VẾT VÀ TEM")
    sheet.item(
        "Mỗi sản phẩm một mã truy vết như bảng tại Phần I: sản phẩm đã có mã số mã vạch dùng mã GTIN; sản phẩm chưa có "
        "thì dùng mã nội bộ cho đến khi đăng ký xong;"
    )
    sheet.item("Mỗi nơi sản xuất, sơ chế, đóng gói một mã địa điểm; mỗi lô một số lô, không dùng lại;")
    sheet.item("Mỗi tem một số sê-ri; tem chỉ có giá trị khi đã được kích hoạt cho đúng lô hàng;")
    sheet.item("Dán tem ở chỗ phẳng, không che nhãn bắt buộc; quét thử ít nhất một tem của mỗi lô trước khi giao hàng;")
    sheet.item(
        "Tem hỏng, tem thừa phải báo hủy trên hệ thống; tem mất phải báo ngay để khóa, không cho người khác mượn."
    )


def _help(sheet: Sheet) -> None:
    sheet.heading("PHẦN VI. ĐẦU MỐI HỖ TRỢ")
    sheet.text("Đăng nhập, kê khai và tra cứu tại {{ paper.system_address }}. Khi cần hỗ trợ, liên hệ:")
    sheet.table(
        "person in paper.contacts",
        [
            NUMBER,
            Column(heading="Họ và tên", share=35, text="{{ person.name }}"),
            Column(heading="Nhiệm vụ", share=35, text="{{ person.role }}"),
            Column(heading="Điện thoại", share=23, text="{{ person.phone }}", align="center"),
        ],
    )
    sheet.text("Sổ tay được rà soát, sửa đổi khi quy trình của nhóm sản phẩm thay đổi./.")


BLUEPRINT = Blueprint(version=2, title="Quyết định ban hành Sổ tay truy xuất nguồn gốc", compose=compose)
