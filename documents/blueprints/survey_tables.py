"""The table that both survey reports have: declared standards, quality systems and barcodes by organisation."""

from documents.blueprints.layout import Sheet
from documents.blueprints.pieces import Column

# "từ ngày … đến ngày …"; a survey of one day has only one
DAYS = (
    "{% if paper.survey_from == paper.survey_to %}trong ngày {{ paper.survey_from }}{% else %}từ ngày "
    "{{ paper.survey_from }} đến ngày {{ paper.survey_to }}{% endif %}"
)


def organisations_table(sheet: Sheet) -> None:
    """Add the table; its rows are `paper.organisations`."""
    sheet.table(
        "row in paper.organisations",
        [
            Column(heading="TT", share=6, text="{{ loop.index }}", align="center"),
            Column(heading="Chủ thể", share=29, text="{{ row.name }}"),
            Column(heading="Công bố TC", share=11, text="{{ row.standard }}", align="center"),
            Column(heading="Hệ thống quản lý chất lượng", share=18, text="{{ row.quality_system }}"),
            Column(heading="Mã vạch", share=10, text="{{ row.barcode }}", align="center"),
            Column(heading="Nhật ký", share=10, text="{{ row.diary }}", align="center"),
            Column(heading="Sản lượng (tấn/năm)", share=16, text="{{ row.capacity }}", align="right"),
        ],
    )
