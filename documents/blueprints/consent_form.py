"""Form on which a producer agrees or not, for each purpose by itself. No box is ever ticked beforehand."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.own_papers import nation_head, own_signature
from documents.blueprints.party_block import party_lines
from documents.format import Form

EMPTY_BOX = "\u2610"


def compose(sheet: Sheet) -> None:
    """Write the form: the person, each purpose in the words of its text with two empty boxes, the signature."""
    nation_head(sheet)
    sheet.title("Phiếu đồng ý", "Cho phép xử lý dữ liệu cá nhân")
    sheet.heading("I. NGƯỜI ĐƯỢC HỎI")
    party_lines(sheet)
    sheet.text("Cơ quan xin phép xử lý dữ liệu: {{ paper.controller }}.")
    sheet.heading("II. NỘI DUNG XIN PHÉP")
    sheet.text(
        "Đánh dấu X vào một ô của mỗi mục đích. Có thể đồng ý với mục đích này và không đồng ý với mục đích khác."
    )
    with sheet.each("purpose in paper.purposes"):
        sheet.heading("{{ loop.index }}. {{ purpose.name }} (phiên bản {{ purpose.version }})")
        with sheet.each("line in purpose.lines"):
            sheet.text("{{ line }}")
        sheet.text(f"{EMPTY_BOX} Đồng ý            {EMPTY_BOX} Không đồng ý", align="center", indent=False)
    sheet.closing("Tôi đã đọc hoặc được đọc cho nghe các nội dung trên và tự nguyện trả lời như đã đánh dấu")
    own_signature(sheet, "NGƯỜI TRẢ LỜI", "{{ paper.party.representative }}")


BLUEPRINT = Blueprint(version=1, title="Phiếu đồng ý xử lý dữ liệu cá nhân", compose=compose, form=Form.OUTSIDE)
