"""The set of documents by which a chain runs its traceability system."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the set: general rules, list of documents, process, codes, control."""
    sheet.letterhead()
    sheet.title("Bộ tài liệu", "Áp dụng hệ thống truy xuất nguồn gốc sản phẩm {{ paper.product_name }}")
    sheet.legal_bases()
    sheet.text("(Thuộc nhiệm vụ {{ paper.project_title|quoted }})", align="center", indent=False, italic=True)
    _general(sheet)
    _process(sheet)
    _control(sheet)
    sheet.signatures()


def _general(sheet: Sheet) -> None:
    sheet.heading("I. QUY ĐỊNH CHUNG")
    sheet.text("**1. Phạm vi áp dụng.** {{ paper.scope }}")
    sheet.text(
        "**2. Nguyên tắc.** Một bước trước – một bước sau; sẵn có phần tử dữ liệu chính; minh bạch; có sự tham gia "
        "đầy đủ các bên truy xuất nguồn gốc."
    )
    sheet.text("**3. Tiêu chuẩn viện dẫn**")
    sheet.items("standard in paper.standards", "{{ standard.code }}, {{ standard.title }}")
    sheet.heading("II. DANH MỤC TÀI LIỆU")
    sheet.text(
        "Bộ tài liệu gồm {{ paper.document_count|count }} tài liệu, mỗi tài liệu căn cứ một tiêu chuẩn nêu tại Mục I:"
    )
    sheet.table(
        "document in paper.documents",
        [
            Column(heading="Ký hiệu", share=12, text="{{ document.code }}", align="center"),
            Column(heading="Tên tài liệu", share=24, text="{{ document.title }}"),
            Column(heading="Nội dung, mục đích", share=30, text="{{ document.purpose }}"),
            Column(heading="Người giữ", share=16, text="{{ document.keeper }}"),
            Column(heading="Tiêu chuẩn", share=18, text="{{ document.standard }}"),
        ],
    )


def _process(sheet: Sheet) -> None:
    sheet.heading("III. QUY TRÌNH TRUY XUẤT NGUỒN GỐC")
    sheet.text(
        "Tại mỗi khâu, người thực hiện ghi nhận sự kiện ngay khi hoàn thành công việc, đủ năm yếu tố: ai thực hiện, "
        "đối tượng nào, ở đâu, khi nào và vì sao."
    )
    sheet.table(
        "stage in paper.stages",
        [
            Column(heading="TT", share=8, text="{{ loop.index }}", align="center"),
            Column(heading="Khâu", share=24, text="{{ stage.name }}"),
            Column(heading="Người thực hiện", share=24, text="{{ stage.actor }}"),
            Column(heading="Dữ liệu phải ghi nhận", share=44, text="{{ stage.records }}"),
        ],
    )
    sheet.heading("IV. QUY TẮC MÃ HÓA VÀ VẬT MANG DỮ LIỆU")
    sheet.table(
        "code in paper.codes",
        [
            Column(heading="Đối tượng", share=26, text="{{ code.subject }}"),
            Column(heading="Cấu trúc mã, vật mang dữ liệu", share=52, text="{{ code.rule }}"),
            Column(heading="Tiêu chuẩn", share=22, text="{{ code.standard }}"),
        ],
    )


def _control(sheet: Sheet) -> None:
    sheet.heading("V. KIỂM TRA, KHẮC PHỤC VÀ THU HỒI")
    sheet.text(
        "**1. Kiểm tra nội bộ.** Mỗi vụ hoặc mỗi sáu tháng, cơ sở chọn ngẫu nhiên một lô đã giao, truy ngược đến nơi "
        "sản xuất và truy xuôi đến nơi nhận; kết quả được lập biên bản, thiếu sót phải có thời hạn khắc phục."
    )
    sheet.text(
        "**2. Thu hồi.** Khi phát hiện sản phẩm không bảo đảm, cơ sở xác định các lô liên quan, ngừng lưu thông, thông "
        "báo bên nhận và cơ quan quản lý, cập nhật trạng thái của tem trên hệ thống. Diễn tập thu hồi mỗi năm một lần."
    )
    sheet.heading("VI. KIỂM SOÁT TÀI LIỆU VÀ LƯU GIỮ DỮ LIỆU")
    sheet.text("**1. Lưu giữ.** Dữ liệu truy xuất và biểu mẫu được lưu {{ paper.retention }}.")
    sheet.text(
        "**2. Sửa đổi.** Tài liệu được soát xét khi tiêu chuẩn hoặc quy trình thay đổi; bản mới ghi rõ lần ban hành và "
        "ngày hiệu lực, bản cũ được thu hồi để tránh dùng nhầm."
    )
    sheet.closing(
        "Các cơ sở tham gia nhiệm vụ có trách nhiệm áp dụng bộ tài liệu này; vướng mắc được phản ánh về "
        "{{ letterhead.agency }} để được hướng dẫn"
    )


BLUEPRINT = Blueprint(version=2, title="Bộ tài liệu áp dụng hệ thống truy xuất nguồn gốc", compose=compose)
