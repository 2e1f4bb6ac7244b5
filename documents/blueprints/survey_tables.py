"""The table that both survey reports have: declared standards, quality systems and barcodes by organisation."""

from documents.blueprints.layout import Sheet
from documents.blueprints.pieces import Column


def organisations_table(sheet: Sheet) -> None:
    """Add the table; its rows are `paper.organisations`."""
    sheet.table(
        "row in paper.organisations",
        [
            Column(heading="TT", share=7, text="{{ loop.index }}", align="center"),
            Column(heading="Chủ thể", share=31, text="{{ row.name }}"),
            Column(heading="Công bố TC", share=11, text="{{ row.standard }}", align="center"),
            Column(heading="Hệ thống quản lý chất lượng", share=18, text="{{ row.quality_system }}"),
            Column(heading="Mã vạch", share=10, text="{{ row.barcode }}", align="center"),
            Column(heading="Nhật ký", share=10, text="{{ row.diary }}", align="center"),
            Column(heading="Sản lượng (tấn/năm)", share=13, text="{{ row.capacity }}", align="right"),
        ],
    )
