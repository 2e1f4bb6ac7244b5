"""A company standard (TCCS) on traceability for one product group: cover, foreword, requirements, diary form."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column, centred
from documents.blueprints.product_tables import coded_places, traced_steps
from documents.format import Form


def compose(sheet: Sheet) -> None:
    """Write the standard. It carries its owner's name and its own number, no letterhead of an agency."""
    _cover(sheet)
    sheet.text("**LỜI NÓI ĐẦU**", align="center", indent=False)
    sheet.document.paragraphs[-1].paragraph_format.page_break_before = True
    sheet.text(
        "{{ paper.number }} do {{ paper.compiled_by }} biên soạn, {{ paper.owner }} ban hành và công bố áp dụng."
    )
    sheet.text(
        "Tiêu chuẩn được soát xét khi quy trình sản xuất hoặc tiêu chuẩn viện dẫn thay đổi; lần ban hành này là lần "
        "thứ {{ paper.version }}."
    )
    _scope(sheet)
    _requirements(sheet)
    _tests(sheet)
    _handling(sheet)
    _control(sheet)
    _annex(sheet)


def _cover(sheet: Sheet) -> None:
    for text, size, before, bold in (
        ("{{ paper.owner|upper }}", 14, 12, True),
        ("TIÊU CHUẨN CƠ SỞ", 22, 120, True),
        ("{{ paper.number }}", 18, 12, True),
        ("Lần ban hành: {{ paper.version }}", 14, 6, False),
        ("{{ paper.title|upper }}", 18, 60, True),
        ("Nhóm sản phẩm: {{ paper.group_name }}", 14, 12, False),
        ("{{ paper.place_year }}", 14, 200, True),
    ):
        centred(sheet.document, text, size=size, bold=bold, before=before)


def _scope(sheet: Sheet) -> None:
    sheet.heading("1. Phạm vi áp dụng")
    sheet.text(
        "Tiêu chuẩn này quy định việc truy xuất nguồn gốc đối với nhóm sản phẩm {{ paper.group_name }} của "
        "{{ paper.owner }}, từ khâu đầu đến khi giao sản phẩm cho khách hàng. Sản phẩm thuộc phạm vi:"
    )
    sheet.items("product in paper.products", "{{ product }}")
    sheet.heading("2. Tài liệu viện dẫn")
    sheet.text("Các tài liệu sau cần cho việc áp dụng tiêu chuẩn này:")
    sheet.items("standard in paper.standards", "{{ standard.code }}, {{ standard.title }}")
    sheet.heading("3. Thuật ngữ và định nghĩa")
    sheet.item("Truy xuất nguồn gốc: theo dõi, nhận diện được sản phẩm qua từng công đoạn sản xuất, kinh doanh;")
    sheet.item("Mã truy vết: dãy số hoặc dãy số và chữ dùng để nhận diện sản phẩm, địa điểm trong quá trình truy xuất;")
    sheet.item("Vật mang dữ liệu: tem, nhãn hoặc vật khác mang mã mà máy đọc được;")
    sheet.item("Lô: lượng sản phẩm được làm trong cùng một điều kiện, mang cùng một số lô;")
    sheet.item("Công đoạn: khâu của quy trình mà tại đó dữ liệu phải được ghi nhận.")
    sheet.heading("4. Nguyên tắc")
    sheet.item("Một bước trước – một bước sau: với mỗi lô phải xác định được nơi cung cấp và nơi nhận liền kề;")
    sheet.item("Sẵn có phần tử dữ liệu chính: dữ liệu được thu thập, lưu giữ và cập nhật kịp thời;")
    sheet.item("Minh bạch: người mua tra cứu được dữ liệu công khai của sản phẩm;")
    sheet.item("Tham gia đầy đủ: mọi bên của quá trình sản xuất, kinh doanh đều ghi nhận phần việc của mình.")


def _requirements(sheet: Sheet) -> None:
    sheet.heading("5. Yêu cầu kỹ thuật")
    sheet.text("**5.1. Quy trình và dữ liệu của từng công đoạn**")
    traced_steps(sheet)
    sheet.text("**5.2. Mã hóa và vật mang dữ liệu**")
    sheet.table(
        "code in paper.codes",
        [
            Column(heading="Đối tượng", share=26, text="{{ code.subject }}"),
            Column(heading="Quy tắc", share=74, text="{{ code.rule }}"),
        ],
    )
    sheet.text("**5.3. Địa điểm của cơ sở và mã truy vết địa điểm**")
    coded_places(sheet)
    sheet.text("**5.4. Dữ liệu tối thiểu của mỗi lô, phải đủ trước khi kích hoạt tem:**")
    sheet.items("item in paper.minimum_items", "{{ item }}")
    sheet.text("**5.5. Thu thập.** Người thực hiện công đoạn ghi nhận ngay khi làm xong; ghi sai thì ghi lần sửa.")
    sheet.text("**5.6. Lưu giữ.** Dữ liệu và chứng từ kèm theo được lưu {{ paper.retention }}.")
    sheet.text(
        "**5.7. Chia sẻ.** Dữ liệu công khai hiện khi quét tem; dữ liệu cá nhân của người sản xuất chỉ công khai khi "
        "người đó đồng ý."
    )


def _tests(sheet: Sheet) -> None:
    sheet.heading("6. Phương pháp thử")
    sheet.text("**6.1. Mã.** Tính lại số kiểm tra của mã theo tiêu chuẩn viện dẫn; số lô, số tem không được trùng.")
    sheet.text(
        "**6.2. Vật mang dữ liệu.** Quét ít nhất một tem của mỗi lô bằng điện thoại sau khi dán; nội dung hiện ra phải "
        "đúng sản phẩm, đúng lô."
    )
    sheet.text(
        "**6.3. Dữ liệu.** Đối chiếu nhật ký của lô với 5.1 và 5.4; công đoạn bắt buộc còn thiếu dữ liệu thì chưa kích "
        "hoạt tem."
    )
    sheet.text(
        "**6.4. Truy xuất.** Định kỳ {{ paper.drill }}, cơ sở chọn một lô đã giao, truy ngược về nơi cung cấp nguyên "
        "liệu và truy xuôi đến nơi nhận; kết quả được ghi biên bản, thiếu sót phải có thời hạn khắc phục."
    )


def _handling(sheet: Sheet) -> None:
    sheet.heading("7. Ghi nhãn, bao gói, vận chuyển, bảo quản")
    sheet.text(
        "**7.1. Ghi nhãn.** Nhãn theo quy định về nhãn hàng hóa; số lô trên nhãn trùng với số lô đã ghi nhận; tem dán "
        "ở chỗ phẳng, không che nội dung bắt buộc của nhãn."
    )
    sheet.text(
        "**7.2. Bao gói.** Mỗi bao gói chỉ chứa sản phẩm của một lô; khi tách hoặc gộp lô phải ghi số lô trước và số "
        "lô sau."
    )
    sheet.text("**7.3. Vận chuyển.** Ghi lô giao, bên nhận, thời điểm giao; hàng của các lô được để riêng.")
    sheet.text(
        "**7.4. Bảo quản.** Hàng được xếp theo lô, có dấu hiệu nhận biết lô, đúng điều kiện bảo quản ghi trên nhãn; "
        "tem không bị rách, mờ."
    )


def _control(sheet: Sheet) -> None:
    sheet.heading("8. Xử lý sản phẩm không bảo đảm và thu hồi")
    sheet.text(
        "Khi sản phẩm không bảo đảm, cơ sở xác định các lô liên quan, ngừng lưu thông, thông báo bên nhận và cơ quan "
        "quản lý, chuyển trạng thái của lô và tem trên hệ thống."
    )
    sheet.heading("9. Trách nhiệm")
    sheet.item("Người đứng đầu cơ sở tổ chức áp dụng, phân công người phụ trách truy xuất nguồn gốc;")
    sheet.item("Người phụ trách tạo lô, kiểm tra dữ liệu, kích hoạt và quản lý tem;")
    sheet.item("Người thực hiện công đoạn ghi nhận đúng việc mình làm, không ghi thay.")


def _annex(sheet: Sheet) -> None:
    sheet.part("Phụ lục A", "Biểu mẫu nhật ký lô")
    sheet.text("Sản phẩm: …………………………………… Số lô: ………………………", align="left", indent=False)
    sheet.text("Nơi sản xuất: ……………………………… Mã địa điểm: …………………", align="left", indent=False)
    sheet.text("Nhật ký của lô:", align="left", indent=False)
    sheet.table(
        "step in paper.steps",
        [
            Column(heading="Công đoạn", share=24, text="{{ step.name }}"),
            Column(heading="Ngày, giờ", share=18, text=""),
            Column(heading="Số lượng", share=14, text=""),
            Column(heading="Dữ liệu ghi nhận", share=26, text=""),
            Column(heading="Người ghi", share=18, text=""),
        ],
    )


BLUEPRINT = Blueprint(version=2, title="Tiêu chuẩn cơ sở về truy xuất nguồn gốc", compose=compose, form=Form.OUTSIDE)
