"""Survey report of many products: present state, needs and processes, one table per product group."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column, or_dash
from documents.blueprints.survey_tables import DAYS, organisations_table

NUMBER = Column(heading="TT", share=7, text="{{ loop.index }}", align="center")


def compose(sheet: Sheet) -> None:
    """Write the report: present state, needs and processes are sections I, II and III."""
    sheet.letterhead()
    sheet.title("Báo cáo", "Kết quả khảo sát hiện trạng, nhu cầu, quy trình truy xuất nguồn gốc của các sản phẩm OCOP")
    sheet.legal_bases()
    sheet.text(
        "Thực hiện nhiệm vụ {{ paper.project_title|quoted }}, "
        + DAYS
        + ", {{ letterhead.agency }} đã khảo sát {{ paper.product_count|count }} sản phẩm của "
        "{{ paper.producer_count|count }} chủ thể, thuộc {{ paper.group_count|count }} nhóm sản phẩm. Kết quả như sau:"
    )
    _present(sheet)
    _needs(sheet)
    _processes(sheet)
    sheet.heading("IV. KẾT LUẬN, KIẾN NGHỊ")
    sheet.items("proposal in paper.proposals", "{{ proposal }}")
    sheet.closing("Trên đây là báo cáo kết quả khảo sát của nhiệm vụ {{ paper.project_title|quoted }}")
    sheet.signatures()


def _present(sheet: Sheet) -> None:
    sheet.heading("I. HIỆN TRẠNG")
    sheet.text("**1. Số liệu chung**")
    sheet.table(
        "figure in paper.figures",
        [
            NUMBER,
            Column(heading="Chỉ tiêu", share=53, text="{{ figure.label }}"),
            Column(heading="Số sản phẩm", share=14, text="{{ figure.count }}", align="right"),
            Column(heading="Tổng số", share=12, text="{{ figure.total }}", align="right"),
            Column(heading="Tỷ lệ", share=14, text="{{ figure.share }}", align="right"),
        ],
    )
    sheet.chart("paper.figures_chart")
    sheet.text("**2. Công bố tiêu chuẩn, hệ thống quản lý chất lượng, mã số mã vạch theo chủ thể**")
    organisations_table(sheet)
    sheet.chart("paper.capacity_chart")
    sheet.text("**3. Hiện trạng theo nhóm sản phẩm**")
    with sheet.each("group in paper.groups"):
        sheet.caption("Nhóm {{ group.name }} ({{ group.product_count|count }} sản phẩm)")
        sheet.table(
            "product in group.products",
            [
                NUMBER,
                Column(heading="Sản phẩm, chủ thể", share=28, text="{{ product.name }} – {{ product.producer }}"),
                Column(heading="Hạng", share=9, text="{{ product.stars }}", align="center"),
                Column(heading="Nhật ký", share=10, text="{{ product.diary }}", align="center"),
                Column(heading="Mã vạch", share=10, text="{{ product.barcode }}", align="center"),
                Column(heading="Công bố TC", share=10, text="{{ product.standard }}", align="center"),
                Column(heading="Hệ thống chất lượng", share=13, text=or_dash("product.quality_system")),
                Column(heading="Truy xuất hiện có", share=17, text="{{ product.traceability }}"),
            ],
        )


def _needs(sheet: Sheet) -> None:
    sheet.heading("II. NHU CẦU")
    sheet.text("Nhu cầu của các chủ thể khi tham gia hệ thống truy xuất nguồn gốc:")
    with sheet.each("group in paper.groups"):
        sheet.text("**Nhóm {{ group.name }}**")
        sheet.items("product in group.products", "{{ product.name }} – {{ product.producer }}: {{ product.needs }}")


def _processes(sheet: Sheet) -> None:
    sheet.heading("III. QUY TRÌNH TRUY XUẤT NGUỒN GỐC")
    sheet.text("Quy trình được xây dựng thống nhất theo nhóm sản phẩm, các khâu phải ghi nhận như sau:")
    with sheet.each("group in paper.groups"):
        sheet.caption("Quy trình nhóm {{ group.name }}")
        sheet.table(
            "step in group.steps",
            [
                NUMBER,
                Column(heading="Khâu", share=27, text="{{ step.name }}"),
                Column(heading="Người thực hiện", share=24, text="{{ step.actor }}"),
                Column(heading="Dữ liệu phải ghi nhận", share=42, text="{{ step.records }}"),
            ],
        )


BLUEPRINT = Blueprint(version=4, title="Báo cáo kết quả khảo sát", compose=compose)
