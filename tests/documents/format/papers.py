"""Good papers of every form of the decree, small enough to be read. Organisations and persons are fictional."""

from documents import docx
from documents.blueprints import template_path
from documents.blueprints.layout import Sheet
from documents.blueprints.mission_notice import task_table
from documents.blueprints.pieces import Column, element
from documents.samples import SAMPLES
from documents.samples.shared import letterhead

LINE = {"w:start": "1"}


def report() -> bytes:
    """A numbered report with tables, bases, recipients and a deputy's signature."""
    return rendered("survey_report_chain")


def rendered(kind: str) -> bytes:
    """Return the sample of a kind."""
    frame, paper = SAMPLES[kind]
    return docx.render(template_path(kind).read_bytes(), letterhead=frame, paper=paper)


def decision() -> bytes:
    """A decision with two articles and a clause."""
    sheet = Sheet("Quyết định")
    sheet.letterhead()
    sheet.title("Quyết định", "Về việc ban hành danh mục sản phẩm thực hiện truy xuất nguồn gốc năm 2026")
    sheet.centred("CHI CỤC TRƯỞNG (GIẢ LẬP)", bold=True)
    sheet.legal_bases()
    sheet.centred("QUYẾT ĐỊNH:", bold=True)
    sheet.text("**Điều 1.** Ban hành danh mục sản phẩm kèm theo Quyết định này.")
    sheet.text("1. Danh mục gồm hai sản phẩm.")
    sheet.text("a) Sản phẩm thứ nhất;")
    sheet.closing("**Điều 2.** Các đơn vị liên quan chịu trách nhiệm thi hành Quyết định này")
    sheet.signatures()
    return filled(sheet, "Số: 05/QĐ-CCTĐC")


def committee_plan(authority: str = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", title: str = "Phó Chủ tịch") -> bytes:
    """A plan of a people's committee, signed in its name by a vice chairman."""
    sheet = Sheet("Kế hoạch")
    sheet.letterhead()
    sheet.title("Kế hoạch", "Triển khai hệ thống truy xuất nguồn gốc năm 2026 tại tỉnh Demo", line_mm=50)
    sheet.closing("Các đơn vị thực hiện Kế hoạch này")
    sheet.signatures()
    return _of_committee(sheet, "Số: 05/KH-UBND", authority, title)


def committee_decision(authority: str = "KT. CHỦ TỊCH", title: str = "Phó Chủ tịch") -> bytes:
    """A decision of a committee's chairman, which is not the committee's."""
    sheet = Sheet("Quyết định")
    sheet.letterhead()
    sheet.title("Quyết định", "Về việc ban hành danh mục sản phẩm thực hiện truy xuất nguồn gốc năm 2026")
    sheet.centred("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH DEMO", bold=True)
    sheet.legal_bases()
    sheet.centred("QUYẾT ĐỊNH:", bold=True)
    sheet.closing("**Điều 1.** Ban hành danh mục sản phẩm kèm theo Quyết định này")
    sheet.signatures()
    return _of_committee(sheet, "Số: 05/QĐ-UBND", authority, title)


def _of_committee(sheet: Sheet, number_line: str, authority: str, title: str) -> bytes:
    frame = letterhead(
        number_line,
        parent_agency="",
        agency="Ủy ban nhân dân tỉnh Demo",
        signer_authority=authority,
        signer_title=title,
    )
    return docx.render(sheet.save(), letterhead=frame, paper={})


def letter() -> bytes:
    """An official letter: no name, "V/v" under the number."""
    sheet = Sheet("Công văn")
    sheet.letterhead()
    number = sheet.document.tables[0].rows[1].cells[0]
    subject = number.add_paragraph("V/v đề nghị phối hợp khảo sát", style="Normal")
    subject.runs[0].font.size = number.paragraphs[0].runs[0].font.size
    subject.paragraph_format.alignment = 1
    subject.paragraph_format.space_before = 76200  # 6 pt
    sheet.text("Kính gửi: Trung tâm Mã số mã vạch (giả lập)", align="center", indent=False)
    sheet.text("Cơ quan đề nghị Trung tâm phối hợp khảo sát hiện trạng của các cơ sở.")
    sheet.closing("Trân trọng cảm ơn sự phối hợp của Trung tâm")
    sheet.signatures()
    return filled(sheet, "Số: 12/CCTĐC-TĐC")


def report_with_annex() -> bytes:
    """A notice with one appendix behind it."""
    sheet = Sheet("Thông báo")
    sheet.letterhead()
    sheet.title("Thông báo", "Danh mục nhiệm vụ khoa học và công nghệ về truy xuất nguồn gốc năm 2026")
    sheet.closing("Danh mục nhiệm vụ kèm theo Thông báo này")
    sheet.signatures()
    section = sheet.document.add_section()
    section._sectPr.append(element("w:pgNumType", **LINE))
    sheet.centred("Phụ lục I", bold=True)
    sheet.centred("DANH MỤC NHIỆM VỤ", bold=True)
    sheet.centred("(Kèm theo Thông báo số 05/TB-CCTĐC ngày 05 tháng 02 năm 2026 của Chi cục)", italic=True)
    sheet.centred("")
    sheet.table("basis in letterhead.legal_bases", [Column(heading="Tên nhiệm vụ", share=1, text="{{ basis }}")])
    return filled(sheet, "Số: 05/TB-CCTĐC")


def annex() -> bytes:
    """An appendix in a file of its own, sideways."""
    sheet = Sheet("Phụ lục", landscape=True)
    sheet.centred("Phụ lục I", bold=True)
    sheet.centred("DANH MỤC NHIỆM VỤ", bold=True)
    sheet.centred("(Kèm theo Thông báo số 29/TB-CCTĐC ngày 17 tháng 02 năm 2022 của Chi cục)", italic=True)
    sheet.centred("", size=6)
    task_table(sheet)
    return docx.render(sheet.save(), letterhead=letterhead(), paper=SAMPLES["mission_notice"][1])


def filled(sheet: Sheet, number_line: str) -> bytes:
    """Return the paper of a sheet under the sample letterhead."""
    return docx.render(sheet.save(), letterhead=letterhead(number_line), paper={})
