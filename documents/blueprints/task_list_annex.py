"""Annex of a notice: the list of missions, five columns in the order of the notice."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the annex. An annex has no letterhead or signature of its own: it belongs to its notice."""
    sheet.centred("{{ paper.annex_label|upper }}", bold=True)
    sheet.centred("{{ paper.title|upper }}", bold=True)
    sheet.centred(
        "(Kèm theo Thông báo số {{ paper.notice_number }} {{ paper.notice_date }} của {{ paper.notice_issuer }})",
        italic=True,
    )
    sheet.centred("", size=6)
    sheet.table(
        "task in paper.tasks",
        [
            Column(heading="TT", share=5, text="{{ task.number }}", align="center"),
            Column(heading="Tên nhiệm vụ", share=18, text="{{ task.title }}"),
            Column(heading="Mục tiêu", share=34, text=("objective in task.objectives", "{{ objective }}")),
            Column(
                heading="Dự kiến sản phẩm chính",
                share=27,
                text=("deliverable in task.deliverables", "- {{ deliverable }}"),
            ),
            Column(heading="Dự kiến địa chỉ tiếp nhận và áp dụng", share=16, text="{{ task.recipients }}"),
        ],
    )
    with sheet.each("note in paper.notes"):
        sheet.text("{{ note }}", indent=False)


BLUEPRINT = Blueprint(version=1, title="Phụ lục danh mục nhiệm vụ", compose=compose, landscape=True)
