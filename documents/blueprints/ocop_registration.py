"""Registration of a product for being assessed and ranked by the OCOP programme (form 01 of its dossier)."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.letters import addressed_to
from documents.blueprints.own_papers import nation_head, own_signature
from documents.blueprints.party_block import party_lines
from documents.blueprints.product_tables import dossier_papers
from documents.format import Form


def compose(sheet: Sheet) -> None:
    """Write the form: the producer, the product, how it is made and sold, the dossier, the word given."""
    nation_head(sheet)
    sheet.title("Phiếu đăng ký", "Đánh giá, phân hạng sản phẩm OCOP (Mẫu số 01)")
    addressed_to(sheet, "{{ paper.addressee }}")
    sheet.heading("I. CHỦ THỂ")
    party_lines(sheet)
    _product(sheet)
    _making(sheet)
    sheet.heading("IV. HỒ SƠ KÈM THEO")
    sheet.text("Hồ sơ gồm các giấy tờ, tài liệu sau:")
    dossier_papers(sheet)
    sheet.heading("V. CAM KẾT")
    sheet.closing(
        "Chủ thể cam đoan thông tin nêu trên đúng sự thật, chịu trách nhiệm về chất lượng sản phẩm và chấp hành việc "
        "kiểm tra sau khi được công nhận"
    )
    own_signature(sheet, "ĐẠI DIỆN CHỦ THỂ", "{{ paper.party.representative }}")


def _product(sheet: Sheet) -> None:
    sheet.heading("II. SẢN PHẨM ĐĂNG KÝ")
    sheet.text("**1. Tên sản phẩm:** {{ paper.product_name }}. Mã truy vết: {{ paper.trace_code }}.")
    sheet.text("**2. Ngành, bộ sản phẩm:** {{ paper.industry }}; {{ paper.ocop_set }}.")
    sheet.text("**3. Nhóm sản phẩm theo quy trình:** {{ paper.group_name }}.")
    sheet.text("**4. Hình thức đăng ký:** {{ paper.registered_for }}.")
    sheet.text("**5. Kết quả công nhận gần nhất:** {{ paper.recognition }}.")
    sheet.text("**6. Hạng đề nghị:** {{ paper.wanted_stars }}.")
    sheet.text("**7. Bộ tiêu chí áp dụng:** theo {{ paper.criteria }}.")
    sheet.text("**8. Mô tả sản phẩm:** {{ paper.description|bare }}.")


def _making(sheet: Sheet) -> None:
    sheet.heading("III. SẢN XUẤT, TIÊU THỤ")
    sheet.text("**1. Nguồn nguyên liệu:** {{ paper.materials|bare }}.")
    sheet.text("**2. Sản lượng một năm:** {{ paper.yearly_output|bare }}.")
    sheet.text("**3. Lao động:** {{ paper.workers|bare }}.")
    sheet.text("**4. Thị trường, nơi bán:** {{ paper.market|bare }}.")


BLUEPRINT = Blueprint(
    version=2, title="Phiếu đăng ký đánh giá, phân hạng sản phẩm OCOP", compose=compose, form=Form.OUTSIDE
)
