"""Decision by which the owner of a company standard puts it in force. Its number comes from the owner's books."""

from documents.blueprints import attached
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.own_papers import own_signature, owner_head
from documents.blueprints.pieces import END
from documents.format import Form


def compose(sheet: Sheet) -> None:
    """Write the decision with its three articles."""
    owner_head(sheet, symbol="QĐ", above="paper.owner_above")
    attached.ordering(sheet, "Về việc ban hành tiêu chuẩn cơ sở về truy xuất nguồn gốc", "{{ paper.authority }}")
    with sheet.each("basis in paper.legal_bases"):
        sheet.text("{{ basis|bare }}" + END, italic=True)
    attached.decides(sheet)
    attached.article(
        sheet, 1, "Ban hành kèm theo Quyết định này tiêu chuẩn cơ sở {{ paper.number }}, {{ paper.title|bare }}."
    )
    attached.article(
        sheet,
        2,
        "Tiêu chuẩn cơ sở có hiệu lực {{ paper.effective }}"
        "{% if paper.replaces %} và thay thế {{ paper.replaces }}{% endif %}; được áp dụng trong toàn bộ hoạt động sản "
        "xuất, kinh doanh của {{ paper.owner }}.",
    )
    sheet.closing("**Điều 3.** {{ paper.executors|bare }} chịu trách nhiệm thi hành Quyết định này")
    own_signature(sheet, "{{ paper.signer_title|upper }}", "{{ paper.signer_name }}")


BLUEPRINT = Blueprint(version=1, title="Quyết định ban hành tiêu chuẩn cơ sở", compose=compose, form=Form.OUTSIDE)
