"""Decision that approves the priority list; the list goes with it as its annex."""

from documents.blueprints import attached
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.priority_table import NAME, TITLE, priority_table


def compose(sheet: Sheet) -> None:
    """Write the decision and the list."""
    sheet.letterhead()
    attached.ordering(sheet, "{{ paper.about }}", "{{ paper.authority }}")
    sheet.legal_bases()
    attached.decides(sheet)
    attached.article(
        sheet,
        1,
        "Phê duyệt kèm theo Quyết định này " + NAME + ", gồm {{ paper.listing.count|count }} sản phẩm, nhóm sản phẩm.",
    )
    attached.article(sheet, 2, "Giao {{ paper.executing_agency }} chủ trì, phối hợp với các cơ quan, đơn vị liên quan:")
    sheet.items("duty in paper.duties", "{{ duty }}")
    attached.article(sheet, 3, "Quyết định này có hiệu lực kể từ ngày ký.")
    sheet.closing("**Điều 4.** {{ paper.executors|bare }} chịu trách nhiệm thi hành Quyết định này")
    sheet.signatures()
    attached.begin_attachment(sheet, landscape=True)
    attached.attachment_head(
        sheet,
        "Phụ lục",
        TITLE,
        caption="(Kèm theo Quyết định số {{ letterhead.number }} {{ letterhead.date }} của {{ paper.authority }})",
    )
    priority_table(sheet)


BLUEPRINT = Blueprint(version=2, title="Quyết định phê duyệt danh mục sản phẩm ưu tiên", compose=compose)
