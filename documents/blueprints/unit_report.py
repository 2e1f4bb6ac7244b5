"""Yearly report of an agency on its part of a programme, sent before 30 November."""

from documents.blueprints import programme_tables as tables
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.letters import addressed_to


def compose(sheet: Sheet) -> None:
    """Write the report."""
    sheet.letterhead()
    sheet.title("Báo cáo", "Kết quả thực hiện {{ paper.programme|quoted }} năm {{ paper.year }}")
    addressed_to(sheet, "{{ paper.addressee }}")
    sheet.legal_bases()
    sheet.text("{{ paper.unit }} báo cáo kết quả thực hiện các nội dung được giao trong năm {{ paper.year }} như sau:")
    sheet.heading("I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO")
    sheet.caption("Bảng 1. Các nội dung chủ trì, phối hợp thực hiện")
    tables.results(sheet, "Vai trò")
    tables.paragraphs(sheet, "results")
    sheet.heading("II. SỐ LIỆU TRONG NĂM")
    tables.figures(sheet)
    sheet.heading("III. KHÓ KHĂN, VƯỚNG MẮC")
    tables.paragraphs(sheet, "causes")
    sheet.caption("Bảng 2. Khó khăn, vướng mắc chưa được giải quyết")
    tables.difficulties(sheet)
    sheet.heading("IV. KIẾN NGHỊ, ĐỀ XUẤT")
    tables.paragraphs(sheet, "proposals")
    sheet.heading("V. NHIỆM VỤ TRỌNG TÂM NĂM TIẾP THEO")
    tables.paragraphs(sheet, "next_year")
    sheet.closing("Trên đây là báo cáo của {{ paper.unit }}, kính gửi {{ paper.addressee }} tổng hợp")
    sheet.signatures()


BLUEPRINT = Blueprint(version=2, title="Báo cáo kết quả của đơn vị", compose=compose)
