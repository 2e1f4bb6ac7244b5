"""Survey form of one product: printed blank to fill in by hand, or with the answers that were recorded."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.own_papers import nation_head
from documents.blueprints.party_block import party_lines
from documents.blueprints.pieces import Column
from documents.blueprints.product_tables import NUMBER
from documents.format import Form

HINT = "{% if question.hint %} ({{ question.hint|bare }}){% endif %}"


def compose(sheet: Sheet) -> None:
    """Write the form: who is asked about what, a table for each section, two signatures."""
    nation_head(sheet)
    sheet.title("Phiếu khảo sát", "Hiện trạng truy xuất nguồn gốc sản phẩm {{ paper.product_name }}")
    sheet.text(
        "(Thuộc nhiệm vụ {{ paper.project_title|quoted }}; cơ quan khảo sát: {{ paper.agency }}; bộ câu hỏi "
        "{{ paper.title|quoted }}, phiên bản {{ paper.version }})",
        align="center",
        indent=False,
        italic=True,
    )
    with sheet.when("paper.introduction"):
        sheet.text("{{ paper.introduction }}", indent=False, italic=True)
    sheet.heading("A. CƠ SỞ ĐƯỢC KHẢO SÁT")
    party_lines(sheet)
    sheet.text("Nhóm sản phẩm: {{ paper.group_name }}. Mã truy vết của sản phẩm: {{ paper.trace_code }}.")
    sheet.heading("B. NỘI DUNG KHẢO SÁT")
    with sheet.each("section in paper.sections"):
        sheet.caption("{{ section.name }}")
        sheet.table(
            "question in section.questions",
            [
                NUMBER,
                Column(heading="Nội dung", share=43, text="{{ question.text }}" + HINT),
                Column(heading="Trả lời", share=50, text=("line in question.reply", "{{ line }}")),
            ],
        )
    sheet.closing("Phiếu đã được đọc lại cho người được khảo sát nghe và thống nhất nội dung trước khi ký")
    sheet.two_signatures(
        left=("NGƯỜI ĐƯỢC KHẢO SÁT", "{{ paper.party.representative }}"),
        right=("NGƯỜI KHẢO SÁT", "{{ paper.surveyor }}"),
    )


BLUEPRINT = Blueprint(version=1, title="Phiếu khảo sát", compose=compose, form=Form.OUTSIDE)
