"""Decision that puts a plan of several phases in force; the plan and an appendix for each phase go with it.

One file, because the plan has no number of its own: it bears the decision's, and is proved with it.
"""

from documents.blueprints import attached
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column

CAPTION = "(Ban hành kèm theo Quyết định số {{ letterhead.number }} {{ letterhead.date }} của {{ paper.authority }})"
ROWS = [
    Column(heading="STT", share=5, text="{{ row.number }}", align="center"),
    Column(heading="Nội dung", share=39, text=("line in row.content", "{{ line }}")),
    Column(heading="Cơ quan chủ trì", share=14, text="{{ row.lead }}"),
    Column(heading="Đơn vị phối hợp", share=22, text="{{ row.partners }}"),
    Column(heading="Tiến độ thực hiện", share=10, text="{{ row.period }}", align="center"),
    Column(heading="Ghi chú", share=10, text="{{ row.note }}"),
]


def compose(sheet: Sheet) -> None:
    """Write the decision, the plan behind it, and the appendices."""
    sheet.letterhead()
    attached.ordering(sheet, "{{ paper.about }}", "{{ paper.authority }}")
    sheet.legal_bases()
    attached.decides(sheet)
    attached.article(sheet, 1, "Ban hành kèm theo Quyết định này Kế hoạch {{ paper.plan_name }}.")
    attached.article(sheet, 2, "Quyết định này có hiệu lực kể từ ngày ký.")
    sheet.closing("**Điều 3.** {{ paper.executors|bare }} chịu trách nhiệm thi hành Quyết định này")
    sheet.signatures()
    attached.begin_attachment(sheet)
    attached.attachment_head(sheet, "KẾ HOẠCH", "{{ paper.plan_name|upper }}", caption=CAPTION)
    attached.passages(sheet, "paper.passages")
    sheet.closing("{{ paper.closing|bare }}")
    with attached.annexes(sheet, "annex in paper.annexes"):
        attached.attachment_head(sheet, "{{ annex.label }}", "{{ annex.title|upper }}", caption=CAPTION)
        with sheet.when("annex.phase"):
            sheet.heading("{{ annex.phase }}")
        sheet.table("row in annex.rows", ROWS)


BLUEPRINT = Blueprint(version=2, title="Quyết định ban hành kế hoạch", compose=compose)
