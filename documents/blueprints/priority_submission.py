"""Submission of the priority list to those who approve it; the proposed list goes with it."""

from documents.blueprints import attached
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.letters import addressed_to
from documents.blueprints.priority_table import NAME, TITLE, priority_table


def compose(sheet: Sheet) -> None:
    """Write the submission and the list."""
    sheet.letterhead()
    sheet.title("Tờ trình", "{{ paper.about }}")
    addressed_to(sheet, "{{ paper.addressee }}")
    sheet.legal_bases()
    sheet.heading("1. Sự cần thiết")
    with sheet.each("reason in paper.reasons"):
        sheet.text("{{ reason }}")
    sheet.heading("2. Quá trình rà soát, xây dựng danh mục")
    with sheet.each("step in paper.process"):
        sheet.text("{{ step }}")
    sheet.heading("3. Nguyên tắc, tiêu chí lựa chọn")
    sheet.items("criterion in paper.criteria", "{{ criterion }}")
    sheet.heading("4. Nội dung trình phê duyệt")
    sheet.text(
        "{{ letterhead.agency }} kính trình {{ paper.addressee }} xem xét, phê duyệt " + NAME + ", "
        "gồm {{ paper.listing.count|count }} sản phẩm, nhóm sản phẩm (danh mục kèm theo)."
    )
    with sheet.when("paper.funding"):
        sheet.heading("5. Kinh phí thực hiện")
        sheet.text("{{ paper.funding }}")
    sheet.text("Tài liệu kèm theo Tờ trình:")
    sheet.items("paper_sent in paper.attachments", "{{ paper_sent }}")
    sheet.closing("{{ letterhead.agency }} kính trình {{ paper.addressee }} xem xét, quyết định")
    sheet.signatures()
    attached.begin_attachment(sheet, landscape=True)
    attached.attachment_head(
        sheet,
        "DỰ THẢO",
        TITLE,
        caption="(Kèm theo Tờ trình số {{ letterhead.number }} {{ letterhead.date }} của {{ letterhead.agency }})",
    )
    priority_table(sheet)


BLUEPRINT = Blueprint(version=2, title="Tờ trình danh mục sản phẩm ưu tiên", compose=compose)
