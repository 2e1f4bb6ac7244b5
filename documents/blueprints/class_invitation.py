"""Invitation to a class: one sheet for all, with the list of who is invited as its annex."""

from documents.blueprints import attached
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column
from documents.blueprints.product_tables import NUMBER


def compose(sheet: Sheet) -> None:
    """Write the invitation and the list."""
    sheet.letterhead()
    sheet.title("Giấy mời", "Tham dự lớp tập huấn về truy xuất nguồn gốc sản phẩm, hàng hóa")
    sheet.text(
        "{{ letterhead.agency }} trân trọng kính mời {{ paper.invited_count|count }} đại biểu của "
        "{{ paper.side_count|count }} cơ quan, đơn vị, chủ thể (danh sách kèm theo) tới dự {{ paper.class_title }} "
        "thuộc nhiệm vụ {{ paper.project_title|quoted }}, cụ thể như sau:"
    )
    sheet.text("**1. Thời gian:**")
    sheet.items("day in paper.days", "{{ day }}")
    sheet.text("**2. Địa điểm:** {{ paper.place|bare }}.")
    sheet.text("**3. Nội dung:**")
    sheet.items("topic in paper.topics", "{{ topic }}")
    with sheet.when("paper.to_bring"):
        sheet.text("**4. Đề nghị người tham dự:**")
        sheet.items("line in paper.to_bring", "{{ line }}")
    sheet.closing(
        "Nếu không tham dự được hoặc thay người, đề nghị báo trước cho {{ paper.contact|bare }}. Rất mong các cơ quan, "
        "đơn vị, chủ thể quan tâm, tham dự đầy đủ và đúng giờ"
    )
    sheet.signatures(as_above=True)
    _list(sheet)


def _list(sheet: Sheet) -> None:
    attached.begin_attachment(sheet)
    attached.attachment_head(
        sheet,
        "Phụ lục",
        "DANH SÁCH MỜI THAM DỰ TẬP HUẤN",
        caption="(Kèm theo Giấy mời số {{ letterhead.number }} {{ letterhead.date }} của {{ letterhead.agency }})",
    )
    sheet.table(
        "side in paper.invited",
        [
            NUMBER,
            Column(heading="Cơ quan, đơn vị, chủ thể", share=45, text="{{ side.name }}"),
            Column(heading="Người được mời", share=35, text=("person in side.people", "{{ person }}")),
            Column(heading="Số người", share=13, text="{{ side.seats|count }}", align="center"),
        ],
        total=["", "Cộng", "", "{{ paper.invited_count|count }}"],
    )


BLUEPRINT = Blueprint(version=2, title="Giấy mời tham dự tập huấn", compose=compose)
