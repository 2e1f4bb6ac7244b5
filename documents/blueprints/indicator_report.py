"""Report on a programme's indicators on one day; behind it, who is not counted and why."""

from documents.blueprints import attached
from documents.blueprints import programme_tables as tables
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the report and its annex."""
    sheet.letterhead()
    sheet.title("Báo cáo", "Kết quả thực hiện các chỉ tiêu của {{ paper.programme|quoted }}")
    sheet.legal_bases()
    sheet.text(
        "{{ letterhead.agency }} báo cáo kết quả thực hiện các chỉ tiêu {{ paper.place }}, số liệu tính đến ngày "
        "{{ paper.as_of }}, như sau:"
    )
    sheet.heading("I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU")
    sheet.caption("Bảng 1. Kết quả từng chỉ tiêu")
    tables.indicators(sheet)
    sheet.text(
        "Số liệu được tính từ hồ sơ đang quản lý trên hệ thống đến ngày báo cáo; chỉ tiêu chưa có mẫu số thì ghi chưa "
        "có số liệu."
    )
    sheet.heading("II. ĐỐI TƯỢNG ĐÃ TÍNH VÀ CHƯA TÍNH")
    with sheet.each("detail in paper.details"):
        sheet.text(
            "- {{ detail.name }}: đã tính {{ detail.counted|thousands }}; chưa tính "
            "{{ detail.left_out_count|thousands }}."
        )
    sheet.heading("III. NHẬN XÉT, KIẾN NGHỊ")
    tables.paragraphs(sheet, "remarks")
    sheet.closing("Trên đây là báo cáo của {{ letterhead.agency }} về kết quả thực hiện các chỉ tiêu")
    sheet.signatures()
    attached.begin_attachment(sheet)
    attached.attachment_head(
        sheet,
        "Phụ lục",
        "ĐỐI TƯỢNG CHƯA ĐƯỢC TÍNH VÀ LÝ DO",
        caption="(Kèm theo Báo cáo số {{ letterhead.number }} {{ letterhead.date }} của {{ letterhead.agency }})",
    )
    with sheet.each("detail in paper.details"):
        sheet.heading("{{ detail.name }}")
        sheet.table(
            "row in detail.left_out",
            [
                tables.NUMBER,
                Column(heading="Đối tượng", share=45, text="{{ row.name }}"),
                Column(heading="Lý do chưa tính", share=49, text="{{ row.reason }}"),
            ],
        )


BLUEPRINT = Blueprint(version=2, title="Báo cáo chỉ tiêu", compose=compose)
