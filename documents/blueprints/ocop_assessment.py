"""The producer's own assessment of its product against the criteria of the OCOP programme (form 02)."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.own_papers import nation_head, own_signature
from documents.blueprints.party_block import party_lines
from documents.blueprints.pieces import Column
from documents.blueprints.product_tables import dossier_papers
from documents.format import Form


def compose(sheet: Sheet) -> None:
    """Write the form: points by part, what traceability and standards prove, the dossier, what is to be improved."""
    nation_head(sheet)
    sheet.title("Báo cáo tự đánh giá", "Sản phẩm OCOP {{ paper.product_name }} (Mẫu số 02)")
    sheet.heading("I. THÔNG TIN CHUNG")
    party_lines(sheet)
    sheet.text("Sản phẩm: {{ paper.product_name }}, thuộc bộ {{ paper.ocop_set }}.")
    _points(sheet)
    _proofs(sheet)
    sheet.heading("IV. NHẬN XÉT CỦA CHỦ THỂ")
    sheet.text("**1. Điểm mạnh:** {{ paper.strengths|bare }}.")
    sheet.text("**2. Nội dung cần nâng cấp:** {{ paper.to_improve|bare }}.")
    sheet.closing(
        "Chủ thể tự đánh giá sản phẩm đủ điều kiện đề nghị xếp hạng {{ paper.wanted_stars }} và chịu trách nhiệm về "
        "nội dung báo cáo này"
    )
    own_signature(sheet, "ĐẠI DIỆN CHỦ THỂ", "{{ paper.party.representative }}")


def _points(sheet: Sheet) -> None:
    sheet.heading("II. ĐIỂM TỰ ĐÁNH GIÁ")
    sheet.text("Chấm theo bộ tiêu chí tại {{ paper.criteria }}:")
    sheet.table(
        "part in paper.parts",
        [
            Column(heading="Phần", share=10, text="{{ part.code }}", align="center"),
            Column(heading="Nội dung", share=36, text="{{ part.name }}"),
            Column(heading="Điểm tối đa", share=12, text="{{ part.most }}", align="center"),
            Column(heading="Điểm tự chấm", share=12, text="{{ part.points }}", align="center"),
            Column(heading="Căn cứ, minh chứng", share=30, text="{{ part.grounds }}"),
        ],
        total=["", "Tổng cộng", "100", "{{ paper.total }}", ""],
    )


def _proofs(sheet: Sheet) -> None:
    sheet.heading("III. MINH CHỨNG")
    sheet.text("**1. Truy xuất nguồn gốc:**")
    sheet.items("line in paper.traceability", "{{ line }}")
    sheet.text("**2. Tiêu chuẩn, quy chuẩn áp dụng:**")
    sheet.items("standard in paper.standards", "{{ standard.code }}, {{ standard.title }}")
    with sheet.when("not paper.standards"):
        sheet.text("Chưa có tiêu chuẩn nào được ghi nhận cho sản phẩm.")
    sheet.text("**3. Giấy tờ, tài liệu của hồ sơ:**")
    dossier_papers(sheet)


BLUEPRINT = Blueprint(version=2, title="Báo cáo tự đánh giá sản phẩm OCOP", compose=compose, form=Form.OUTSIDE)
