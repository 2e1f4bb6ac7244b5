"""A report of ten pages with a table of a hundred rows, a page header and a page footer: what rendering costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from documents import docx
from documents.blueprints.layout import Sheet
from documents.blueprints.pieces import Column, write
from documents.samples.shared import letterhead

ROWS, SECTIONS = 100, 22
# Of the plainest syntax: docxtpl alone, without our filters, must be able to fill the template.
TEMPLATE_TEXT = (
    "Thực hiện nhiệm vụ “{{ paper.title }}”, đơn vị đã tổ chức khảo sát, hướng dẫn kê khai và kiểm tra dữ liệu truy "
    "xuất nguồn gốc tại các cơ sở tham gia; kết quả được ghi nhận theo từng công đoạn, đối chiếu với sổ sách, nhãn "
    "và hồ sơ chất lượng do cơ sở cung cấp, làm căn cứ để hoàn thiện quy trình và nhân rộng mô hình trong năm sau."
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of the table."""

    product: str
    producer: str
    code: str
    lot: str
    amount: int
    note: str


@dataclass(frozen=True, kw_only=True)
class LongReport:
    """The data of the report."""

    title: str
    findings: tuple[str, ...]
    lines: tuple[Line, ...]


def data() -> dict[str, object]:
    """Return the filled context as stored with a version: plain dicts and lists."""
    paper = LongReport(
        title="Mô hình truy xuất nguồn gốc sản phẩm chè & cà phê <giả lập>",
        findings=tuple(f"Nội dung {number}: đã ghi nhận đủ dữ liệu tối thiểu" for number in range(1, 13)),
        lines=tuple(
            Line(
                product=f"Sản phẩm thử nghiệm số {number} (giả lập)",
                producer=f"Hợp tác xã Kiểm thử {number} (giả lập)",
                code=f"GL{number:06d}",
                lot=f"LO-{number:04d}",
                amount=1000 + number,
                note="Đã kích hoạt" if number % 3 else "",
            )
            for number in range(1, ROWS + 1)
        ),
    )
    return {"letterhead": docx.plain(letterhead(), "letterhead"), "paper": docx.plain(paper, "paper")}


@cache
def template() -> bytes:
    """Return the Word template."""
    sheet = Sheet("Báo cáo dài")
    write(sheet.document.sections[0].footer.paragraphs[0], "{{ paper.title }}", size=11)
    write(sheet.document.sections[0].first_page_footer.paragraphs[0], "{{ letterhead.agency }}", size=11)
    sheet.title("Báo cáo", "{{ paper.title }}")
    for number in range(1, SECTIONS + 1):
        sheet.heading(f"{number}. NỘI DUNG THỨ {number}")
        sheet.text(TEMPLATE_TEXT)
    with sheet.each("finding in paper.findings"):
        sheet.text("- {{ finding }};")
    sheet.table(
        "line in paper.lines",
        [
            Column(heading="TT", share=7, text="{{ loop.index }}", align="center"),
            Column(heading="Sản phẩm", share=25, text="{{ line.product }}"),
            Column(heading="Chủ thể", share=25, text="{{ line.producer }}"),
            Column(heading="Mã truy vết", share=14, text="{{ line.code }}", align="center"),
            Column(heading="Lô", share=12, text="{{ line.lot }}", align="center"),
            Column(heading="Số tem", share=9, text="{{ line.amount }}", align="right"),
            Column(heading="Ghi chú", share=14, text="{{ line.note }}"),
        ],
    )
    sheet.closing("Trên đây là báo cáo kết quả của nhiệm vụ")
    return sheet.save()
