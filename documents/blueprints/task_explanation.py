"""Explanation of a mission: what is done, what is handed in, when, and with which money. Its host signs it."""

from documents.blueprints import contract_tables as tables
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.own_papers import nation_head
from documents.blueprints.pieces import Column
from documents.format import Form


def compose(sheet: Sheet) -> None:
    """Write the explanation: general facts, goals, content by stage, results, schedule, money."""
    nation_head(sheet)
    sheet.title("Thuyết minh", "Nhiệm vụ {{ paper.project_title|quoted }}")
    _general(sheet)
    _content(sheet)
    _results(sheet)
    sheet.heading("VI. KINH PHÍ THỰC HIỆN")
    tables.money(sheet, total=["{{ paper.funds_planned|thousands }}"])
    with sheet.when("paper.costs"):
        sheet.text("Dự toán theo khoản chi:")
        sheet.table(
            "cost in paper.costs",
            [
                tables.NUMBER,
                Column(heading="Khoản chi", share=65, text="{{ cost.name }}"),
                Column(heading="Kinh phí (đồng)", share=28, text="{{ cost.amount|thousands }}", align="right"),
            ],
            total=["", "Cộng", "{{ paper.funds_planned|thousands }}"],
        )
    sheet.closing("Thuyết minh này là căn cứ để ký hợp đồng, theo dõi thực hiện và nghiệm thu nhiệm vụ")
    sheet.two_signatures(
        left=("CHỦ NHIỆM NHIỆM VỤ", "{{ paper.manager }}"), right=("ĐẠI DIỆN ĐƠN VỊ CHỦ TRÌ", "{{ paper.head_name }}")
    )


def _general(sheet: Sheet) -> None:
    sheet.heading("I. THÔNG TIN CHUNG")
    sheet.text("**1. Tên nhiệm vụ:** {{ paper.project_title }} (mã số: {{ paper.project_code }}).")
    sheet.text("**2. Cơ quan giao nhiệm vụ:** {{ paper.ordered_by }}.")
    sheet.text("**3. Đơn vị chủ trì:** {{ paper.host }}.")
    sheet.text("**4. Chủ nhiệm nhiệm vụ:** {{ paper.manager }}.")
    sheet.text("**5. Thời gian thực hiện:** từ ngày {{ paper.starts_on }} đến ngày {{ paper.ends_on }}.")
    sheet.heading("II. SỰ CẦN THIẾT VÀ MỤC TIÊU")
    sheet.text("**1. Sự cần thiết:**")
    tables.paragraphs(sheet, "need")
    sheet.text("**2. Mục tiêu:**")
    sheet.items("objective in paper.objectives", "{{ objective }}")


def _content(sheet: Sheet) -> None:
    sheet.heading("III. NỘI DUNG, PHƯƠNG PHÁP VÀ TIẾN ĐỘ")
    sheet.text("**1. Cách tiếp cận, phương pháp thực hiện:**")
    tables.paragraphs(sheet, "methods")
    with sheet.when("paper.cooperation"):
        sheet.text("**2. Phương án phối hợp:**")
    tables.paragraphs(sheet, "cooperation")
    sheet.text("**{% if paper.cooperation %}3{% else %}2{% endif %}. Nội dung và tiến độ theo giai đoạn:**")
    sheet.table(
        "stage in paper.stages",
        [
            tables.NUMBER,
            Column(heading="Giai đoạn", share=27, text="{{ stage.name }}"),
            Column(heading="Công việc, kết quả phải đạt", share=38, text=("goal in stage.goals", "- {{ goal }}")),
            Column(heading="Bắt đầu", share=14, text="{{ stage.starts_on }}", align="center"),
            Column(heading="Kết thúc", share=14, text="{{ stage.ends_on }}", align="center"),
        ],
    )


def _results(sheet: Sheet) -> None:
    sheet.heading("IV. SẢN PHẨM CỦA NHIỆM VỤ")
    sheet.text("Nhiệm vụ giao nộp {{ paper.deliverable_count|count }} sản phẩm, gồm:")
    tables.owed_results(sheet)
    with sheet.when("paper.products_required or paper.producers_required"):
        sheet.text(
            "Mô hình có ít nhất {{ paper.products_required|count }} sản phẩm của ít nhất "
            "{{ paper.producers_required|count }} chủ thể thực hiện truy xuất nguồn gốc."
        )
    sheet.heading("V. CHUYỂN GIAO, ỨNG DỤNG VÀ HIỆU QUẢ")
    sheet.text("**1. Địa chỉ tiếp nhận và áp dụng:**")
    sheet.items("party in paper.receiving_parties", "{{ party }}")
    sheet.text("**2. Phương án chuyển giao:**")
    tables.paragraphs(sheet, "transfer")
    sheet.text("**3. Hiệu quả dự kiến:**")
    tables.paragraphs(sheet, "effects")


BLUEPRINT = Blueprint(version=2, title="Thuyết minh nhiệm vụ", compose=compose, form=Form.OUTSIDE)
