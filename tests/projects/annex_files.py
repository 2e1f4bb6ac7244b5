"""The annex of seed 001 as offices send it: pasted text, a workbook, a Word document with a page break."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "annex" / "seed_001.json"
TITLES = ("STT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện", "Kinh phí")
ABOVE = ("Phụ lục: Nội dung, tiến độ và kinh phí thực hiện", "(Ban hành kèm theo Kế hoạch số: 27/KH-SKHCN)")
BODY = "Triển khai xây dựng 02 mô hình thí điểm áp dụng hệ thống truy xuất nguồn gốc các sản phẩm Cà phê và tiêu."
BROKEN = 4  # the line that the printed page breaks in two
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def rows() -> list[tuple[str, ...]]:
    """The eight lines as printed, numbers 1, 3, 3, 4 … included."""
    data = json.loads((ROOT / "config" / "demo" / "data" / "programmes.json").read_text(encoding="utf-8"))
    plans = (plan for programme in data["programmes"] for plan in programme["plans"])
    lines = next(plan for plan in plans if plan["key"] == "qt-kh27")["sections"][0]["lines"]
    keys = ("printed_number", "title", "lead", "partners", "period_text", "funding_text")
    return [tuple(line[key] for key in keys) for line in lines]


def broken() -> list[tuple[str, ...]]:
    """The same with line 5 broken over two pages, the titles printed again between its halves, as in the seed."""
    found = list(rows())
    number, title, lead, partners, period, funding = found[BROKEN]
    head, tail = title.split(" quy định ", 1)
    first, last = lead[: lead.index(" tin")], lead[lead.index(" tin") + 1 :]
    found[BROKEN : BROKEN + 1] = [
        (number, f"{head} quy", first, partners, period, funding),
        TITLES,
        ("", f"định {tail}", last, "", "", ""),
    ]
    return found


def pasted() -> str:
    """What Word puts on the clipboard."""
    return "\n".join("\t".join(row) for row in [TITLES, *rows()])


def workbook() -> bytes:
    """The annex with its title over all columns, as a workbook."""
    book = Workbook()
    sheet = book.active
    for number, words in enumerate(ABOVE, start=1):
        sheet.cell(number, 1, words)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(TITLES))
    for row in [TITLES, *rows()]:
        sheet.append([int(cell) if cell.isdecimal() else cell for cell in row])
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def document(table: list[tuple[str, ...]] | None = None, *, body: str = "") -> bytes:
    """A Word document with the table; `body` is raw XML in its place."""
    cells = ("".join(f"<w:tc>{_paragraphs(cell)}</w:tc>" for cell in row) for row in table or [TITLES, *broken()])
    found = body or "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"
    title = _paragraphs("\n".join(ABOVE))
    return packed(f'<w:document xmlns:w="{WORD}"><w:body>{title}{found}</w:body></w:document>')


def _paragraphs(text: str) -> str:
    runs = (f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n"))
    return "".join(runs)


def packed(xml: str, **more: bytes) -> bytes:
    """A .docx of that text, with more members by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("word/document.xml", xml)
        for name, data in more.items():
            archive.writestr(name, data)
    return target.getvalue()
