"""Decision on the list of products that carry out traceability, by groups; the list goes with it as its annex."""

from documents.blueprints import attached
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.product_tables import chosen_groups

LIST = "Danh sách sản phẩm thực hiện truy xuất nguồn gốc theo nhóm sản phẩm"


def compose(sheet: Sheet) -> None:
    """Write the decision and the list."""
    sheet.letterhead()
    attached.ordering(
        sheet,
        "Về việc phê duyệt danh sách sản phẩm thực hiện truy xuất nguồn gốc theo nhóm sản phẩm",
        "{{ paper.authority }}",
    )
    sheet.legal_bases(followed_by="paper.proposer")
    with sheet.when("paper.proposer"):
        sheet.text("Theo đề nghị của {{ paper.proposer|bare }}.", italic=True)
    attached.decides(sheet)
    attached.article(
        sheet,
        1,
        "Phê duyệt danh sách {{ paper.selected|count }} sản phẩm thuộc {{ paper.group_count|count }} nhóm sản phẩm "
        "thực hiện truy xuất nguồn gốc trong nhiệm vụ {{ paper.project_title|quoted }}, mã số {{ paper.project_code }} "
        "(chi tiết tại Phụ lục kèm theo), trong đó {{ paper.funded|count }} sản phẩm được hỗ trợ kinh phí.",
    )
    attached.article(sheet, 2, "Tổ chức thực hiện:")
    sheet.items("duty in paper.duties", "{{ duty }}")
    attached.article(sheet, 3, "Quyết định này có hiệu lực kể từ ngày ký.")
    sheet.closing(
        "**Điều 4.** {{ paper.executors|bare }} và các chủ thể có sản phẩm trong danh sách chịu trách nhiệm thi hành "
        "Quyết định này"
    )
    sheet.signatures()
    attached.begin_attachment(sheet)
    attached.attachment_head(
        sheet,
        "Phụ lục",
        attached.in_capitals(LIST),
        caption="(Kèm theo Quyết định số {{ letterhead.number }} {{ letterhead.date }} của {{ letterhead.agency }})",
    )
    chosen_groups(sheet)


BLUEPRINT = Blueprint(version=2, title="Quyết định phê duyệt danh sách sản phẩm truy xuất nguồn gốc", compose=compose)
