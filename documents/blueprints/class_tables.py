"""The table that the minutes and the report of a class share."""

from documents.blueprints.layout import Sheet
from documents.blueprints.pieces import Column
from documents.blueprints.product_tables import NUMBER


def side_figures(sheet: Sheet) -> None:
    """Add the table of `paper.sides`, each a `SideFigures`, with the paper's own sum of who came and passed."""
    sheet.table(
        "side in paper.sides",
        [
            NUMBER,
            Column(heading="Chủ thể, cơ quan, đơn vị", share=42, text="{{ side.name }}"),
            Column(heading="Loại", share=15, text="{{ side.kind }}", align="center"),
            Column(heading="Được mời", share=12, text="{{ side.invited }}", align="center"),
            Column(heading="Có mặt", share=12, text="{{ side.present }}", align="center"),
            Column(heading="Đạt", share=12, text="{{ side.passed }}", align="center"),
        ],
        total=[
            "",
            "Cộng",
            "",
            "{{ paper.invited_count }}",
            "{{ paper.present_count }}",
            "{{ paper.passed_count }}",
        ],
    )
