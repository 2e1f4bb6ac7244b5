"""Final report of a mission, whatever its kind: every deliverable against the plan, every product."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column

NUMBER = Column(heading="TT", share=7, text="{{ loop.index }}", align="center")


def compose(sheet: Sheet) -> None:
    """Write the report: general data, results by stage, deliverables, products, effect, proposals."""
    sheet.letterhead()
    sheet.title("Báo cáo", "Tổng kết nhiệm vụ {{ paper.project_title|quoted }}")
    sheet.legal_bases()
    _general(sheet)
    _results(sheet)
    _products(sheet)
    _effect(sheet)
    sheet.signatures()


def _general(sheet: Sheet) -> None:
    sheet.heading("I. THÔNG TIN CHUNG")
    sheet.text("**1. Tên nhiệm vụ:** {{ paper.project_title }} (mã số: {{ paper.project_code }}).")
    sheet.text("**2. Đơn vị chủ trì:** {{ paper.host }}.")
    sheet.text("**3. Chủ nhiệm nhiệm vụ:** {{ paper.manager }}.")
    sheet.text("**4. Thời gian thực hiện:** từ ngày {{ paper.starts_on }} đến ngày {{ paper.ends_on }}.")
    sheet.text("**5. Mục tiêu:**")
    sheet.items("objective in paper.objectives", "{{ objective }}")
    sheet.text("**6. Địa chỉ tiếp nhận và áp dụng:**")
    sheet.items("party in paper.receiving_parties", "{{ party }}")
    sheet.text("**7. Tiêu chuẩn áp dụng:**")
    sheet.items("standard in paper.standards", "{{ standard.code }}, {{ standard.title }}")


def _results(sheet: Sheet) -> None:
    sheet.heading("II. KẾT QUẢ THỰC HIỆN THEO GIAI ĐOẠN")
    sheet.table(
        "stage in paper.stages",
        [
            NUMBER,
            Column(heading="Giai đoạn", share=29, text="{{ stage.name }}"),
            Column(heading="Hạn theo kế hoạch", share=16, text="{{ stage.due_on }}", align="center"),
            Column(heading="Hoàn thành", share=16, text="{{ stage.closed_on }}", align="center"),
            Column(heading="Kết quả", share=32, text="{{ stage.result }}"),
        ],
    )
    sheet.heading("III. SẢN PHẨM GIAO NỘP")
    sheet.text(
        "Nhiệm vụ đăng ký {{ paper.deliverables_planned|count }} sản phẩm, đã hoàn thành và ban hành "
        "{{ paper.deliverables_done|count }} sản phẩm, đối chiếu như sau:"
    )
    sheet.table(
        "row in paper.deliverables",
        [
            Column(heading="Mã", share=8, text="{{ row.code }}", align="center"),
            Column(heading="Sản phẩm", share=31, text="{{ row.title }}"),
            Column(heading="Kế hoạch", share=12, text="{{ row.planned }}", align="center"),
            Column(heading="Thực hiện", share=12, text="{{ row.done }}", align="center"),
            Column(heading="Số, ngày ban hành", share=19, text="{{ row.number }}\n{{ row.issued_on }}", align="center"),
            Column(heading="Chất lượng", share=18, text="{{ row.quality }}"),
        ],
    )


def _products(sheet: Sheet) -> None:
    sheet.heading("IV. SẢN PHẨM, CHỦ THỂ THAM GIA")
    sheet.text(
        "Nhiệm vụ đã áp dụng truy xuất nguồn gốc cho {{ paper.product_count|count }} sản phẩm của "
        "{{ paper.producer_count|count }} chủ thể{% if paper.products_required %} (yêu cầu tối thiểu "
        "{{ paper.products_required|count }} sản phẩm của {{ paper.producers_required|count }} chủ thể){% endif %}:"
    )
    sheet.table(
        "product in paper.products",
        [
            NUMBER,
            Column(heading="Sản phẩm", share=24, text="{{ product.name }}"),
            Column(heading="Chủ thể", share=27, text="{{ product.producer }}"),
            Column(heading="Nhóm sản phẩm", share=16, text="{{ product.group }}"),
            Column(heading="Mã truy vết", share=15, text="{{ product.code }}", align="center"),
            Column(heading="Tem đã cấp", share=11, text="{{ product.stamps|thousands }}", align="right"),
        ],
        total=["", "Cộng", "", "", "", "{{ paper.stamps_issued|thousands }}"],
    )


def _effect(sheet: Sheet) -> None:
    sheet.heading("V. ĐÀO TẠO, TUYÊN TRUYỀN VÀ SỬ DỤNG TEM")
    sheet.item(
        "Đào tạo, tập huấn: {{ paper.courses_held|count }} lớp, {{ paper.people_trained|count }} lượt người tham dự."
    )
    sheet.item("Thông tin, tuyên truyền: {{ paper.events_held|count }} hoạt động có minh chứng.")
    sheet.item(
        "Tem truy xuất nguồn gốc: đã cấp {{ paper.stamps_issued|thousands }} tem, đã kích hoạt "
        "{{ paper.stamps_activated|thousands }} tem."
    )
    sheet.heading("VI. KHÓ KHĂN, VƯỚNG MẮC")
    sheet.items("difficulty in paper.difficulties", "{{ difficulty }}")
    with sheet.when("not paper.difficulties"):
        sheet.text("Không có khó khăn, vướng mắc phải báo cáo.")
    sheet.heading("VII. KẾT LUẬN, KIẾN NGHỊ")
    sheet.text(
        "Kết quả của nhiệm vụ là cơ sở để hướng dẫn, hỗ trợ các chuỗi và sản phẩm tương tự trên địa bàn triển khai áp "
        "dụng hệ thống truy xuất nguồn gốc. {{ letterhead.agency }} kiến nghị:"
    )
    sheet.items("proposal in paper.proposals", "{{ proposal }}")
    sheet.closing("Trên đây là báo cáo tổng kết nhiệm vụ, kính trình cấp có thẩm quyền xem xét, nghiệm thu")


BLUEPRINT = Blueprint(version=1, title="Báo cáo tổng kết nhiệm vụ", compose=compose)
