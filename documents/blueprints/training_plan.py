"""Plan of a project's classes: why, which classes for whom and when, who is in charge, with what money."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column
from documents.blueprints.product_tables import NUMBER


def compose(sheet: Sheet) -> None:
    """Write the plan."""
    sheet.letterhead()
    sheet.title("Kế hoạch", "Tổ chức tập huấn về truy xuất nguồn gốc sản phẩm, hàng hóa")
    sheet.legal_bases()
    sheet.text(
        "{{ letterhead.agency }} xây dựng kế hoạch tổ chức các lớp tập huấn thuộc nhiệm vụ "
        "{{ paper.project_title|quoted }}, mã số {{ paper.project_code }}, như sau:"
    )
    sheet.heading("I. MỤC ĐÍCH, YÊU CẦU")
    sheet.items("line in paper.purpose", "{{ line }}")
    _classes(sheet)
    _execution(sheet)
    sheet.signatures()


def _classes(sheet: Sheet) -> None:
    sheet.heading("II. CÁC LỚP TẬP HUẤN")
    with sheet.when("paper.task_title"):
        sheet.text(
            "Nội dung công việc được giao: {{ paper.task_title|quoted }}; thời gian theo kế hoạch: "
            "{{ paper.task_period }}."
        )
    sheet.text(
        "Tổ chức {{ paper.class_count|count }} lớp với tổng số {{ paper.seat_total|count }} người tham dự, cụ thể:"
    )
    sheet.table(
        "row in paper.planned_classes",
        [
            NUMBER,
            Column(heading="Lớp, đối tượng", share=25, text="{{ row.title }}. Đối tượng: {{ row.audience }}"),
            Column(heading="Nội dung", share=29, text=("topic in row.topics", "- {{ topic }}")),
            Column(heading="Số người", share=9, text="{{ row.seats|count }}", align="center"),
            Column(heading="Thời gian", share=14, text="{{ row.day }}", align="center"),
            Column(heading="Địa điểm", share=16, text="{{ row.place }}"),
        ],
        total=["", "Cộng", "", "{{ paper.seat_total|count }}", "", ""],
    )


def _execution(sheet: Sheet) -> None:
    sheet.heading("III. KINH PHÍ")
    sheet.text("Nguồn kinh phí: {{ paper.funding|bare }}.")
    sheet.heading("IV. TỔ CHỨC THỰC HIỆN")
    sheet.text("**1. Cơ quan chủ trì:** {{ paper.lead|bare }}.")
    sheet.text("**2. Cơ quan, đơn vị phối hợp:** {{ paper.partners|bare }}.")
    sheet.text("**3. Người phụ trách:** {{ paper.in_charge|bare }}.")
    sheet.text("**4. Phân công:**")
    sheet.items("duty in paper.duties", "{{ duty }}")
    sheet.closing(
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị phản ánh về {{ letterhead.agency }} để xem "
        "xét, giải quyết"
    )


BLUEPRINT = Blueprint(version=2, title="Kế hoạch tổ chức tập huấn", compose=compose)
