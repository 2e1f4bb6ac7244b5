"""A producer declares that its traceability system conforms to the standards for its products."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.own_papers import nation_head, own_signature
from documents.blueprints.party_block import party_lines
from documents.blueprints.pieces import Column
from documents.blueprints.product_tables import NUMBER, coded_places, coded_products
from documents.format import Form


def compose(sheet: Sheet) -> None:
    """Write the declaration: who, for what, by which standards, on which grounds, with what was checked."""
    nation_head(sheet)
    sheet.title("Bản tự công bố", "Hệ thống truy xuất nguồn gốc phù hợp tiêu chuẩn")
    sheet.centred("Số: ………/………", size=13)
    sheet.heading("I. CHỦ THỂ CÔNG BỐ")
    party_lines(sheet)
    _scope(sheet)
    _grounds(sheet)
    sheet.heading("IV. CAM KẾT")
    sheet.closing(
        "{{ paper.party.name }} công bố hệ thống truy xuất nguồn gốc nêu trên phù hợp các tiêu chuẩn tại Mục II, bao "
        "quát toàn bộ quá trình sản xuất, kinh doanh của các sản phẩm thuộc phạm vi; cam kết duy trì sự phù hợp, cập "
        "nhật công bố khi có thay đổi và chịu trách nhiệm trước pháp luật về nội dung đã công bố"
    )
    own_signature(sheet, "ĐẠI DIỆN CHỦ THỂ", "{{ paper.party.representative }}")


def _scope(sheet: Sheet) -> None:
    sheet.heading("II. PHẠM VI CÔNG BỐ")
    sheet.text("**1. Hệ thống:** {{ paper.system_name }}, địa chỉ truy cập {{ paper.system_address }}.")
    sheet.text("**2. Sản phẩm thuộc nhóm {{ paper.group_name }}:**")
    coded_products(sheet)
    sheet.text("**3. Địa điểm sản xuất, kinh doanh:**")
    coded_places(sheet)
    sheet.text("**4. Tiêu chuẩn công bố phù hợp:**")
    sheet.items("standard in paper.standards", "{{ standard.code }}, {{ standard.title }}")


def _grounds(sheet: Sheet) -> None:
    sheet.heading("III. CĂN CỨ CÔNG BỐ")
    sheet.text("**1. Phương thức đánh giá:** {{ paper.basis|bare }}.")
    sheet.text("**2. Nội dung đã đánh giá:**")
    sheet.table(
        "check in paper.checks",
        [
            NUMBER,
            Column(heading="Nội dung", share=45, text="{{ check.item }}"),
            Column(heading="Kết quả", share=48, text="{{ check.finding }}"),
        ],
    )
    sheet.text("**3. Lưu giữ dữ liệu:** {{ paper.retention|bare }}.")


BLUEPRINT = Blueprint(
    version=2,
    title="Bản tự công bố hệ thống truy xuất nguồn gốc phù hợp tiêu chuẩn",
    compose=compose,
    form=Form.OUTSIDE,
)
