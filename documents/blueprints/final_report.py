"""Final report of a mission, whatever its kind: deliverables against the plan, products, grounds for a portal."""

from documents.blueprints import contract_tables
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column, or_dash

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
    _money(sheet)
    with sheet.when("paper.portal"):
        _steps(sheet)
        _groups(sheet)
        _supplies(sheet)
        _on_portal(sheet)
    _conclusion(sheet)
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
            Column(heading="Hoàn thành", share=16, text=or_dash("stage.closed_on"), align="center"),
            Column(heading="Kết quả", share=32, text="{{ stage.result }}"),
        ],
    )
    sheet.chart("paper.progress_chart")
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
            Column(
                heading="Số, ngày ban hành",
                share=19,
                text=or_dash("row.number") + "\n{{ row.issued_on }}",
                align="center",
            ),
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
            Column(heading="Sản phẩm", share=22, text="{{ product.name }}"),
            Column(heading="Chủ thể", share=24, text="{{ product.producer }}"),
            Column(heading="Nhóm sản phẩm", share=15, text="{{ product.group }}"),
            Column(heading="Mã truy vết", share=21, text="{{ product.code }}", align="center"),
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
    sheet.chart("paper.stamps_chart")


def _money(sheet: Sheet) -> None:
    sheet.heading("VI. TÌNH HÌNH SỬ DỤNG KINH PHÍ")
    with sheet.when("paper.funds"):
        contract_tables.money(
            sheet,
            disbursed=True,
            total=["{{ paper.funds_planned|thousands }}", "{{ paper.funds_disbursed|thousands }}"],
        )
    with sheet.when("not paper.funds"):
        sheet.text("Chưa ghi nhận kinh phí của nhiệm vụ trên hệ thống.")


def _steps(sheet: Sheet) -> None:
    sheet.heading("VII. CĂN CỨ XÂY DỰNG CỔNG THÔNG TIN TRUY XUẤT NGUỒN GỐC CỦA TỈNH")
    sheet.text("**1. Kết quả thực hiện 07 bước:**")
    sheet.table(
        "step in paper.portal.steps",
        [
            Column(heading="Bước", share=12, text="{{ step.number }}", align="center"),
            Column(heading="Nội dung", share=58, text="{{ step.name }}"),
            Column(heading="Sản phẩm hoàn thành", share=30, text="{{ step.done }}/{{ step.total }}", align="center"),
        ],
    )
    sheet.chart("paper.portal.steps_chart")
    sheet.text(
        "**2. Lựa chọn:** đã lựa chọn {{ paper.portal.selected|count }} sản phẩm, không lựa chọn "
        "{{ paper.portal.refused|count }} sản phẩm."
    )
    with sheet.when("paper.portal.refusals"):
        sheet.text("Lý do không lựa chọn:")
        sheet.items("row in paper.portal.refusals", "{{ row.products|count }} sản phẩm: {{ row.reason }}")


def _groups(sheet: Sheet) -> None:
    sheet.text("**3. Nhóm sản phẩm, quy trình và mô-đun của Trung tâm Mã số, Mã vạch Quốc gia:**")
    sheet.table(
        "group in paper.portal.groups",
        [
            NUMBER,
            Column(heading="Nhóm sản phẩm", share=29, text="{{ group.name }}"),
            Column(heading="Số sản phẩm", share=12, text="{{ group.products }}", align="center"),
            Column(heading="Duyệt quy trình", share=18, text="{{ group.process_on }}", align="center"),
            Column(heading="Mã mô-đun", share=34, text="{{ group.module }}\n{{ group.module_on }}", align="center"),
        ],
    )


def _supplies(sheet: Sheet) -> None:
    sheet.text("**4. Tem truy xuất nguồn gốc đã cung cấp và tỷ lệ kinh phí:**")
    sheet.table(
        "row in paper.portal.supplies",
        [
            NUMBER,
            Column(heading="Đơn vị cung cấp", share=31, text="{{ row.provider }}"),
            Column(heading="Số sản phẩm", share=11, text="{{ row.products }}", align="center"),
            Column(heading="Tem đã cấp", share=15, text="{{ row.quantity|thousands }}", align="right"),
            Column(heading="Tem đã nhận", share=15, text="{{ row.received|thousands }}", align="right"),
            Column(
                heading="Ngân sách/chủ thể (%)", share=21, text="{{ row.state_share }}/{{ row.producer_share }}",
                align="center",
            ),
        ],
        total=["", "Cộng", "", "{{ paper.portal.stamps_supplied|thousands }}", "", ""],
    )  # fmt: skip


def _on_portal(sheet: Sheet) -> None:
    sheet.text(
        "**5. Kết nối Cổng thông tin truy xuất nguồn gốc quốc gia:** {{ paper.portal.on_portal|count }} sản phẩm đã có "
        "trên Cổng, {{ paper.portal.waived|count }} sản phẩm được miễn, {{ paper.portal.not_recorded|count }} sản phẩm "
        "chưa ghi nhận, cụ thể:"
    )
    sheet.table(
        "product in paper.portal.products",
        [
            NUMBER,
            Column(heading="Sản phẩm", share=28, text="{{ product.name }}"),
            Column(heading="Chủ thể", share=30, text="{{ product.producer }}"),
            Column(heading="Kết nối Cổng quốc gia", share=35, text="{{ product.state }}"),
        ],
    )


def _conclusion(sheet: Sheet) -> None:
    sheet.heading("{% if paper.portal %}VIII{% else %}VII{% endif %}. KHÓ KHĂN, VƯỚNG MẮC")
    sheet.items("difficulty in paper.difficulties", "{{ difficulty }}")
    with sheet.when("not paper.difficulties"):
        sheet.text("Không có khó khăn, vướng mắc phải báo cáo.")
    sheet.heading("{% if paper.portal %}IX{% else %}VIII{% endif %}. KẾT LUẬN, KIẾN NGHỊ")
    sheet.text(
        "Kết quả của nhiệm vụ là cơ sở để hướng dẫn, hỗ trợ các chuỗi và sản phẩm tương tự trên địa bàn triển khai áp "
        "dụng hệ thống truy xuất nguồn gốc. {{ letterhead.agency }} kiến nghị:"
    )
    sheet.items("proposal in paper.proposals", "{{ proposal }}")
    sheet.closing("Trên đây là báo cáo tổng kết nhiệm vụ, kính trình cấp có thẩm quyền xem xét, nghiệm thu")


BLUEPRINT = Blueprint(version=5, title="Báo cáo tổng kết nhiệm vụ", compose=compose)
