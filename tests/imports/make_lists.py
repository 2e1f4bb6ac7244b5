"""Write the messy lists of tests/golden/imports: `python -m tests.imports.make_lists`.

Everything in them is fictional: names are marked, tax codes begin with 9999, GTINs with 952. Each is
as untidy as the lists that offices keep: titles, merged headers, section rows, two products in a
cell, numbers that lost their zeros, fonts of before Unicode.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from imports.legacy_text import TCVN3

FOLDER = Path(__file__).resolve().parent.parent / "golden" / "imports"
MOMENT = (2026, 10, 1, 8, 0, 0)
Spell = Callable[[str], str]
_BACK = {letter: code for code, letter in TCVN3.items()}

# TT, producer, kind, tax code, phone, village, commune, product, set, stars, decision, day
OCOP: list[tuple[Any, ...]] = [
    ("I", "HUYỆN IA GRAI"),
    (1, "HTX Nông nghiệp Ia Tô (giả lập)", "HTX", 9999000001, 905123456, "Thôn 6", "xã Ia Tô, huyện Ia Grai",
     "Chôm chôm Ia Tô", "1. Rau, củ, quả, hạt tươi", "3 sao", "15/QĐ-UBND", dt.date(2025, 1, 10)),
    (2, "Hộ KD Rơ Châm Lan (giả lập)", None, None, "0900 000 011", "Làng Khóp", "Ia Krái",
     "Hạt điều rang muối", "7. Chế biến từ rau, củ, quả, hạt", "★★★", "15/QĐ-UBND", "10/01/2025"),
    (3, "Công ty TNHH Cà phê Đồi Gió (giả lập)", "Công ty", "9999000003", 900000012, "Thôn 2", "xã Ia Bă",
     "Cà phê bột Đồi Gió\nCà phê hạt Đồi Gió", "13. Cà phê, ca cao", 4, "16/QĐ-UBND", "05.02.2025"),
    ("II", "CÁC PHƯỜNG"),
    (4, "Tổ hợp tác Mật ong Thắng Lợi (giả lập)", "THT", "9999000004", "0900000013", "Tổ 5", "phường Thắng Lợi",
     "Mật ong hoa cà phê", "4", "4 sao", "16/QĐ-UBND", dt.date(2025, 2, 5)),
    (5, "HTX Chè Pleiku (giả lập)", "Hợp tác xã", "9999000005", "0900000014", "Tổ 1", "P. Pleiku",
     "Chè xanh; Chè đen", "11. Chè tươi, chế biến", "3 sao; 4 sao", "16/QĐ-UBND", dt.date(2025, 2, 5)),
    (6, "HTX Chè Pleiku (giả lập)", "Hợp tác xã", "9999000005", "12345", "Tổ 1", "P. Pleiku",
     "Chè ô long", "11. Chè tươi, chế biến", "6 sao", "16/QĐ-UBND", "32/01/2025"),
    (7, "Hộ KD Siu Phơ (giả lập)", "Hộ KD", None, None, None, "xã Không Có",
     "Măng khô", "7. Chế biến từ rau, củ, quả, hạt", "3 sao", "16/QĐ-UBND", dt.date(2025, 2, 5)),
]  # fmt: skip
HEAD = [
    ("A", "TT"), ("B", "CHỦ THỂ"), ("H", "SẢN PHẨM"), ("K", "QUYẾT ĐỊNH CÔNG NHẬN"),
]  # fmt: skip
SECOND = {"B": "Tên chủ thể", "C": "Loại hình", "D": "Mã số thuế", "E": "Liên hệ", "F": "Địa chỉ", "H": "Tên sản phẩm",
          "I": "Bộ sản phẩm", "J": "Hạng (sao)", "K": "Số", "L": "Ngày"}  # fmt: skip
THIRD = {"E": "Điện thoại", "F": "Thôn", "G": "Xã/phường"}
COLUMNS = "ABCDEFGHIJKL"


def as_is(text: str) -> str:
    """Leave a text in composed Unicode."""
    return text


def decomposed(text: str) -> str:
    """Return a text in NFD, as some systems write file names and forms."""
    return unicodedata.normalize("NFD", text)


def tcvn3(text: str) -> str:
    """Return the codes that a TCVN3 font draws as this text."""
    return "".join(_BACK.get(letter, _BACK.get(letter.lower(), letter)) for letter in text)


def province_list(spell: Spell = as_is, *, font: str = "Times New Roman") -> bytes:
    """Return a province's OCOP list: title rows, a header of four rows, sections, a sum and a signature."""
    book = Workbook()
    about = book.worksheets[0]
    about.title = "Ghi chu"
    about["A1"] = spell("Danh sách do Sở Nông nghiệp và Môi trường cung cấp (giả lập)")
    sheet = book.create_sheet("OCOP 2025")
    sheet["A1"] = spell("ỦY BAN NHÂN DÂN TỈNH GIA LAI")
    sheet["A3"] = spell("DANH SÁCH SẢN PHẨM OCOP ĐƯỢC CÔNG NHẬN NĂM 2025 (giả lập)")
    sheet.merge_cells("A1:L1")
    sheet.merge_cells("A3:L3")
    _header(sheet, spell, 5)
    row = 9
    for values in OCOP:
        for letter, value in zip(COLUMNS, values, strict=False):
            cell = sheet[f"{letter}{row}"]
            cell.value = spell(value) if isinstance(value, str) else value
            cell.font = Font(name=font)
        if len(values) == 2:
            sheet.merge_cells(f"B{row}:L{row}")
        row += 1
    sheet[f"B{row}"], sheet[f"C{row}"] = spell("Tổng cộng"), 9
    sheet[f"J{row + 2}"] = spell("Gia Lai, ngày 10 tháng 10 năm 2025")
    sheet[f"J{row + 3}"] = spell("NGƯỜI LẬP BIỂU")
    sheet[f"J{row + 7}"] = spell("Nguyễn Văn Mẫu (giả lập)")
    sheet.column_dimensions["B"].width = 40
    sheet.column_dimensions["H"].width = 30
    return saved(book)


def _header(sheet: Worksheet, spell: Spell, top: int) -> None:
    for letter, title in HEAD:
        sheet[f"{letter}{top}"] = spell(title)
    for letter, title in SECOND.items():
        sheet[f"{letter}{top + 1}"] = spell(title)
    for letter, title in THIRD.items():
        sheet[f"{letter}{top + 2}"] = spell(title)
    for number, letter in enumerate(COLUMNS, start=1):
        sheet[f"{letter}{top + 3}"] = f"({number})"
        sheet[f"{letter}{top + 3}"].alignment = Alignment(horizontal="center")
    for merged in ("A{0}:A{2}", "B{0}:G{0}", "H{0}:J{0}", "K{0}:L{0}", "F{1}:G{1}"):
        sheet.merge_cells(merged.format(top, top + 1, top + 2))
    for letter in "BCDHIJKL":
        sheet.merge_cells(f"{letter}{top + 1}:{letter}{top + 2}")


def attendance_sheet() -> bytes:
    """Return the paper list of a class as it is typed up later, with its column for signatures."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Diem danh"
    sheet["A1"] = "DANH SÁCH HỌC VIÊN THAM DỰ LỚP TẬP HUẤN"
    sheet["A2"] = "Truy xuất nguồn gốc sản phẩm OCOP (giả lập), ngày 12/9/2026"
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("A2:G2")
    for letter, title in zip("ABCDEFG", ("STT", "Họ và tên", "Nam/Nữ", "Đơn vị", "Điện thoại", "Ký nhận", "Ghi chú"),
                             strict=True):  # fmt: skip
        sheet[f"{letter}4"] = title
    people = [
        (1, "Rơ Châm Hùng (giả lập)", "Nam", "HTX Nông nghiệp Ia Tô (giả lập)", 900000021, None, None),
        (2, "Nguyễn Thị Mai (giả lập)", "Nữ", "Hộ KD Mai (giả lập)", "0900.000.022", None, "đi thay"),
        (3, "Ksor H'Bia (giả lập)", "Nữ", "HTX Chè Pleiku (giả lập)", "+84 900 000 023", None, None),
    ]
    for number, values in enumerate(people, start=5):
        for letter, value in zip("ABCDEFG", values, strict=True):
            sheet[f"{letter}{number}"] = value
    sheet["B9"] = "Tổng số: 3 học viên"
    sheet["E11"] = "GIẢNG VIÊN"
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook whose bytes do not depend on the day."""
    book.properties.created = book.properties.modified = dt.datetime(*MOMENT)
    buffer, steady = io.BytesIO(), io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"[^>]*(?=</dcterms:modified>)", b"2026-10-01T08:00:00Z", content)
            target.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return steady.getvalue()


LISTS: dict[str, Callable[[], bytes]] = {
    "a-danh-sach-ocop": province_list,
    "b-danh-sach-ocop-tcvn3": lambda: province_list(tcvn3, font=".VnTime"),
    "c-danh-sach-ocop-nfd": lambda: province_list(decomposed),
    "d-diem-danh": attendance_sheet,
}


def main() -> None:
    """Write all lists."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in LISTS.items():
        (FOLDER / f"{name}.xlsx").write_bytes(make())


if __name__ == "__main__":
    main()
