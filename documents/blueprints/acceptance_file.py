"""Report on the acceptance dossier of a mission: its list, what is there and what is missing."""

from documents.blueprints import contract_tables as tables
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.letters import addressed_to
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the report: the mission, the list, what is missing, what is asked for."""
    sheet.letterhead()
    sheet.title("Báo cáo", "Về hồ sơ nghiệm thu nhiệm vụ {{ paper.project_title|quoted }}")
    addressed_to(sheet, "{{ paper.addressee }}")
    sheet.legal_bases()
    tables.general_facts(sheet)
    sheet.text("**4. Thời hạn hoàn thành:** ngày {{ paper.ends_on }}.")
    _listing(sheet)
    _missing(sheet)
    sheet.closing("Kính đề nghị {{ paper.addressee }} xem xét, tổ chức nghiệm thu theo quy định")
    sheet.signatures()


def _listing(sheet: Sheet) -> None:
    sheet.heading("II. DANH MỤC HỒ SƠ")
    sheet.text(
        "Hồ sơ gồm {{ paper.dossier_count|count }} mục, đã có văn bản ở {{ paper.filled_count|count }} mục, cụ thể:"
    )
    sheet.table(
        "row in paper.dossier",
        [
            tables.NUMBER,
            Column(heading="Thành phần hồ sơ", share=37, text="{{ row.title }}"),
            Column(heading="Yêu cầu", share=13, text="{{ row.need }}", align="center"),
            Column(heading="Số, ngày văn bản", share=26, text=("line in row.papers", "{{ line }}")),
            Column(heading="Tình trạng", share=17, text="{{ row.state }}"),
        ],
    )


def _missing(sheet: Sheet) -> None:
    sheet.heading("III. THÀNH PHẦN CÒN THIẾU VÀ KIẾN NGHỊ")
    with sheet.when("paper.missing"):
        sheet.text("Hồ sơ còn thiếu {{ paper.missing_count|count }} thành phần bắt buộc:")
    sheet.items("title in paper.missing", "{{ title }}")
    with sheet.when("not paper.missing"):
        sheet.text("Hồ sơ đã đủ các thành phần bắt buộc.")
    tables.paragraphs(sheet, "remarks")


BLUEPRINT = Blueprint(version=2, title="Báo cáo về hồ sơ nghiệm thu nhiệm vụ", compose=compose)
