"""Minutes that confirm the working electronic traceability system of a chain."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column

NUMBER = Column(heading="TT", share=8, text="{{ loop.index }}", align="center")


def compose(sheet: Sheet) -> None:
    """Write the minutes: who checked, what the system holds, what the public page showed."""
    sheet.letterhead()
    sheet.title("Biên bản", "Xác nhận hệ thống truy xuất nguồn gốc điện tử sản phẩm {{ paper.product_name }}")
    sheet.legal_bases()
    sheet.text(
        "Ngày {{ paper.held_on }}, tại {{ paper.place }}, {{ letterhead.agency }} đã kiểm tra hệ thống truy xuất nguồn "
        "gốc điện tử thuộc nhiệm vụ {{ paper.project_title|quoted }}."
    )
    _attendants(sheet)
    _content(sheet)
    _result(sheet)
    sheet.signatures()


def _attendants(sheet: Sheet) -> None:
    sheet.heading("I. THÀNH PHẦN THAM GIA")
    sheet.table(
        "attendant in paper.attendants",
        [
            NUMBER,
            Column(heading="Họ và tên", share=26, text="{{ attendant.name }}"),
            Column(heading="Chức vụ", share=21, text="{{ attendant.title }}"),
            Column(heading="Đơn vị", share=29, text="{{ attendant.organisation }}"),
            Column(heading="Ký xác nhận", share=16, text=""),
        ],
    )


def _content(sheet: Sheet) -> None:
    sheet.heading("II. NỘI DUNG HỆ THỐNG")
    sheet.text("**1. Các khâu đã đưa lên hệ thống**")
    sheet.table(
        "stage in paper.stages",
        [
            NUMBER,
            Column(heading="Khâu", share=36, text="{{ stage.name }}"),
            Column(heading="Người thực hiện", share=38, text="{{ stage.actor }}"),
            Column(heading="Số sự kiện", share=18, text="{{ stage.events|thousands }}", align="right"),
        ],
    )
    sheet.text("**2. Các lô đã theo dõi**")
    sheet.table(
        "lot in paper.lots",
        [
            NUMBER,
            Column(heading="Số lô", share=24, text="{{ lot.number }}"),
            Column(heading="Sản phẩm", share=20, text="{{ lot.product }}"),
            Column(heading="Ngày sản xuất", share=17, text="{{ lot.produced_on }}", align="center"),
            Column(heading="Nơi sản xuất", share=19, text="{{ lot.place }}"),
            Column(heading="Số sự kiện", share=12, text="{{ lot.events|thousands }}", align="right"),
        ],
    )
    sheet.text("**3. Tem truy xuất nguồn gốc**")
    sheet.table(
        "row in paper.stamps",
        [
            NUMBER,
            Column(heading="Sản phẩm", share=34, text="{{ row.product }}"),
            Column(heading="Mã truy vết sản phẩm", share=28, text="{{ row.code }}"),
            Column(heading="Đã cấp", share=15, text="{{ row.issued|thousands }}", align="right"),
            Column(heading="Đã kích hoạt", share=15, text="{{ row.activated|thousands }}", align="right"),
        ],
    )


def _result(sheet: Sheet) -> None:
    sheet.heading("III. KẾT QUẢ KIỂM TRA TRANG TRUY XUẤT CÔNG KHAI")
    sheet.text("Quét một tem đã kích hoạt bằng điện thoại, không đăng nhập, tại địa chỉ {{ paper.scan_address }}:")
    sheet.table(
        "check in paper.checks",
        [
            NUMBER,
            Column(heading="Thông tin phải có", share=46, text="{{ check.item }}"),
            Column(heading="Kết quả", share=46, text="{{ check.result }}"),
        ],
    )
    sheet.text("**Kết nối Cổng thông tin truy xuất nguồn gốc quốc gia:** {{ paper.portal_state }}.")
    with sheet.when("paper.remarks"):
        sheet.text("**Ý kiến ghi nhận:**")
    sheet.items("remark in paper.remarks", "{{ remark }}")
    sheet.heading("IV. KẾT LUẬN")
    sheet.text(
        "Hệ thống truy xuất nguồn gốc điện tử đã ghi nhận dữ liệu theo các khâu, các lô và tem nêu trên; kết quả kiểm "
        "tra được xác nhận tại Mục III."
    )
    sheet.closing("Biên bản được thông qua, các thành phần tham gia thống nhất nội dung và ký xác nhận tại Mục I")


BLUEPRINT = Blueprint(version=2, title="Biên bản xác nhận hệ thống truy xuất nguồn gốc điện tử", compose=compose)
