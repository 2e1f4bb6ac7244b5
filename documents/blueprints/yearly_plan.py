"""Yearly plan of an agency: the text, and sideways the annex of contents, periods and funding."""

from documents.blueprints import attached
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column

CAPTION = "(Kèm theo Kế hoạch số {{ letterhead.number }} {{ letterhead.date }} của {{ letterhead.agency }})"
ROWS = [
    Column(heading="STT", share=5, text="{{ row.number }}", align="center"),
    Column(heading="Nội dung", share=32, text=("line in row.content", "{{ line }}")),
    Column(heading="Đơn vị chủ trì", share=16, text="{{ row.lead }}"),
    Column(heading="Đơn vị phối hợp", share=19, text="{{ row.partners }}"),
    Column(heading="Thời gian thực hiện", share=13, text="{{ row.period }}", align="center"),
    Column(heading="Kinh phí", share=15, text="{{ row.funding }}"),
]


def compose(sheet: Sheet) -> None:
    """Write the plan."""
    sheet.letterhead()
    sheet.title("Kế hoạch", "{{ paper.title }}")
    sheet.legal_bases()
    attached.passages(sheet, "paper.passages")
    sheet.closing("{{ paper.closing|bare }}")
    sheet.signatures()
    attached.begin_attachment(sheet, landscape=True)
    attached.attachment_head(sheet, "{{ paper.annex_label }}", "{{ paper.annex_title|upper }}", caption=CAPTION)
    with sheet.each("section in paper.sections"):
        with sheet.when("section.heading"):
            sheet.heading("{{ section.heading }}")
        sheet.table("row in section.rows", ROWS)


BLUEPRINT = Blueprint(version=2, title="Kế hoạch năm", compose=compose)
