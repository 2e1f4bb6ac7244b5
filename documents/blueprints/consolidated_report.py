"""Consolidated yearly report on a programme, sent before 15 December to the ministry and the committee."""

from documents.blueprints import attached
from documents.blueprints import programme_tables as tables
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.letters import addressed_to_each
from documents.blueprints.pieces import Column, or_dash


def compose(sheet: Sheet) -> None:
    """Write the report, and behind it the list of who reported."""
    sheet.letterhead()
    sheet.title(
        "Báo cáo",
        "Tình hình triển khai hoạt động truy xuất nguồn gốc sản phẩm, hàng hóa {{ paper.place }} năm {{ paper.year }}",
    )
    addressed_to_each(sheet, "addressee in paper.addressees", "{{ addressee }}")
    sheet.legal_bases()
    sheet.text(
        "{{ letterhead.agency }} tổng hợp kết quả triển khai {{ paper.programme|quoted }} năm {{ paper.year }} như sau:"
    )
    sheet.heading("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH")
    tables.paragraphs(sheet, "directions")
    sheet.text(
        "Chế độ báo cáo: {{ paper.reported_count|count }}/{{ paper.unit_count|count }} đơn vị được giao nhiệm vụ đã "
        "gửi báo cáo năm; thời hạn gửi là trước ngày {{ paper.units_due_on }} (danh sách tại Phụ lục)."
    )
    sheet.heading("II. KẾT QUẢ THỰC HIỆN")
    sheet.heading("1. Theo nội dung kế hoạch")
    sheet.caption("Bảng 1. Kết quả thực hiện các nội dung của kế hoạch")
    tables.results(sheet, "Chủ trì")
    sheet.heading("2. Số liệu trong năm")
    tables.figures(sheet)
    sheet.heading("3. Mức độ đạt các chỉ tiêu")
    sheet.caption("Bảng 2. Các chỉ tiêu tính từ số liệu của hệ thống")
    tables.indicators(sheet)
    sheet.heading("III. ĐÁNH GIÁ CHUNG; KHÓ KHĂN, VƯỚNG MẮC")
    tables.paragraphs(sheet, "assessment")
    sheet.caption("Bảng 3. Khó khăn, vướng mắc chưa được giải quyết")
    tables.difficulties(sheet)
    sheet.heading("IV. KIẾN NGHỊ, ĐỀ XUẤT")
    tables.paragraphs(sheet, "proposals")
    sheet.heading("V. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM TIẾP THEO")
    tables.paragraphs(sheet, "next_year")
    sheet.closing(
        "Trên đây là báo cáo tình hình triển khai hoạt động truy xuất nguồn gốc năm {{ paper.year }}, "
        "{{ letterhead.agency }} kính báo cáo"
    )
    sheet.signatures()
    _units(sheet)


def _units(sheet: Sheet) -> None:
    attached.begin_attachment(sheet)
    attached.attachment_head(
        sheet,
        "Phụ lục",
        "TÌNH HÌNH GỬI BÁO CÁO CỦA CÁC ĐƠN VỊ",
        caption="(Kèm theo Báo cáo số {{ letterhead.number }} {{ letterhead.date }} của {{ letterhead.agency }})",
    )
    sheet.table(
        "unit in paper.units",
        [
            tables.NUMBER,
            Column(heading="Đơn vị", share=42, text="{{ unit.name }}"),
            Column(heading="Số báo cáo", share=18, text=or_dash("unit.number"), align="center"),
            Column(heading="Ngày gửi", share=14, text=or_dash("unit.issued_on"), align="center"),
            Column(heading="Tình trạng", share=20, text="{{ unit.state }}", align="center"),
        ],
    )


BLUEPRINT = Blueprint(version=2, title="Báo cáo tổng hợp năm", compose=compose)
