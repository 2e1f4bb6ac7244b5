"""The list of products with priority for traceability, as the submission and the decision carry it."""

from documents.blueprints.layout import Sheet
from documents.blueprints.pieces import Column

NAME = (
    "danh mục sản phẩm, nhóm sản phẩm, hàng hóa trọng điểm ưu tiên truy xuất nguồn gốc "
    "{{ paper.listing.place }} {{ paper.listing.period }}"
)
TITLE = (
    "DANH MỤC SẢN PHẨM, NHÓM SẢN PHẨM, HÀNG HÓA TRỌNG ĐIỂM ƯU TIÊN TRUY XUẤT NGUỒN GỐC "
    "{{ paper.listing.place|upper }} {{ paper.listing.period|upper }}"
)


def priority_table(sheet: Sheet) -> None:
    """Write the list: a product or group in each row, with the reasons of its priority."""
    sheet.table(
        "row in paper.listing.rows",
        [
            Column(heading="TT", share=5, text="{{ loop.index }}", align="center"),
            Column(heading="Sản phẩm, nhóm sản phẩm", share=21, text="{{ row.name }}"),
            Column(heading="Ngành hàng, lĩnh vực", share=15, text="{{ row.field }}"),
            Column(heading="Địa bàn, chủ thể", share=17, text="{{ row.place }}"),
            Column(heading="Nhu cầu thị trường, xuất khẩu", share=16, text="{{ row.export_reason }}"),
            Column(heading="Yêu cầu an toàn thực phẩm, môi trường", share=14, text="{{ row.safety_reason }}"),
            Column(heading="Cơ quan đề xuất", share=12, text="{{ row.proposed_by }}"),
        ],
    )
