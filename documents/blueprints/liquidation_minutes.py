"""Minutes with which both sides end the contract of a mission."""

from documents.blueprints import contract_tables as tables
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column, or_dash


def compose(sheet: Sheet) -> None:
    """Write the minutes: both sides, what was delivered, what was paid, what remains; both sign."""
    sheet.letterhead()
    sheet.title("Biên bản", "Thanh lý hợp đồng thực hiện nhiệm vụ {{ paper.project_title|quoted }}")
    sheet.legal_bases()
    sheet.text(
        "Ngày {{ paper.held_on }}, tại {{ paper.place }}, hai bên thanh lý Hợp đồng {{ paper.contract }} về thực hiện "
        "nhiệm vụ mã số {{ paper.project_code }}, gồm:"
    )
    tables.side(sheet, "A", "ordering")
    tables.side(sheet, "B", "performing")
    _work(sheet)
    _money(sheet)
    _end(sheet)
    tables.both_sign(sheet)


def _work(sheet: Sheet) -> None:
    sheet.heading("1. Kết quả thực hiện")
    sheet.text("{{ paper.outcome }}.")
    sheet.text(
        "Bên B đã giao nộp {{ paper.delivered_count|count }} trên tổng số {{ paper.deliverable_count|count }} sản phẩm:"
    )
    sheet.table(
        "row in paper.delivered",
        [
            Column(heading="Mã", share=9, text="{{ row.code }}", align="center"),
            Column(heading="Sản phẩm", share=39, text="{{ row.title }}"),
            Column(heading="Số văn bản", share=20, text=or_dash("row.number"), align="center"),
            Column(heading="Ngày", share=16, text=or_dash("row.issued_on"), align="center"),
            Column(heading="Tình trạng", share=16, text="{{ row.state }}"),
        ],
    )


def _money(sheet: Sheet) -> None:
    sheet.heading("2. Kinh phí")
    sheet.item("Kinh phí theo hợp đồng: {{ paper.value|thousands }} đồng;")
    sheet.item("Bên A đã cấp: {{ paper.paid|thousands }} đồng;")
    sheet.item("Chưa cấp: {{ paper.unpaid|thousands }} đồng.")
    sheet.text("**Quyết toán, hoàn trả kinh phí:**")
    tables.paragraphs(sheet, "settlement")
    sheet.heading("3. Tài sản")
    tables.paragraphs(sheet, "assets")


def _end(sheet: Sheet) -> None:
    sheet.heading("4. Kết luận")
    sheet.items("line in paper.agreements", "{{ line }}")
    sheet.text("Hai bên thống nhất thanh lý Hợp đồng {{ paper.contract }}.")
    sheet.closing("Biên bản được lập thành {{ paper.copies }} bản có giá trị như nhau; các bên giữ theo thỏa thuận")


BLUEPRINT = Blueprint(version=2, title="Biên bản thanh lý hợp đồng thực hiện nhiệm vụ", compose=compose)
