"""Write the demo's two workbooks, as a province would keep them: `python -m config.demo.make_workbooks`.

Deterministic to the byte, so that a rebuild shows no change. Producers, people, decisions and codes
are fictional; GTINs use 952, the prefix GS1 keeps for demonstrations.
"""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

from gs1.keys import check_digit
from imports.export import write_xlsx

DATA = Path(__file__).resolve().parent / "data"
MARK = "(giả lập)"
MOMENT = (2022, 2, 17, 8, 0, 0)
TITLES = {
    "tt": "TT",
    "name": "Tên sản phẩm",
    "ocop_set": "Bộ sản phẩm OCOP",
    "stars": "Hạng sao",
    "decision_number": "Số quyết định",
    "decided_on": "Ngày quyết định",
    "producer": "Tên chủ thể",
    "kind": "Loại hình",
    "tax_code": "Mã số thuế",
    "address": "Địa chỉ",
    "commune": "Xã/phường",
    "phone": "Điện thoại",
    "representative": "Người đại diện",
    "gtin": "Mã GTIN",
}
SETS = {
    1: "Rau, củ, quả, hạt tươi",
    3: "Gạo, ngũ cốc, hạt sơ chế khác",
    4: "Mật ong, mật khác và nông sản thực phẩm khác",
    7: "Chế biến từ rau, củ, quả, hạt",
    8: "Chế biến từ thịt, trứng, sữa, thủy sản, mật ong",
    10: "Gia vị khác (muối, hành, tỏi, tiêu)",
    11: "Chè tươi, chế biến",
    12: "Chè từ thực vật khác",
    13: "Cà phê, ca cao",
    20: "Tinh dầu và dược liệu khác",
}
KINDS = {"Công ty": "Công ty", "HTX": "Hợp tác xã", "Tổ hợp tác": "Tổ hợp tác", "Hộ KD": "Hộ kinh doanh"}
Value = str | int | dt.date | None

# Recognition rounds of the demo: each holds for 36 months, through the whole of 2022.
_A, _B, _C = dt.date(2020, 12, 28), dt.date(2021, 6, 30), dt.date(2021, 12, 20)

# Product, brand, OCOP set, stars, decided on, form of the producer, village, commune, representative, has a GTIN.
_GL02 = [
    ("Chôm chôm", "Thôn Sáu", 1, 3, _A, "HTX Nông nghiệp", "Thôn 6", "Ia Tô", "Rơ Mah Thuyên", 1),
    ("Cà phê bột", "Sườn Đồi", 13, 4, _A, "Hộ KD Cà phê", "Thôn 2", "K'Dang", "Nguyễn Văn Lâm", 1),
    ("Hạt điều rang muối", "Đất Đỏ", 7, 3, _A, "Công ty TNHH Nông sản", "Làng Khóp", "Ia Krêl", "Trần Thị Nga", 1),
    ("Mật ong hoa cà phê", "Đồi Gió", 4, 4, _A, "Tổ hợp tác Nuôi ong", "Thôn Tây Hồ", "Bàu Cạn", "Phạm Văn Ong", 1),
    ("Tiêu đen nguyên hạt", "Suối Lạnh", 10, 3, _B, "HTX Hồ tiêu", "Thôn Thủy Phú", "Ia Le", "Lê Văn Tiến", 1),
    ("Gạo thơm", "Đồng Xanh", 3, 3, _B, "HTX Lúa gạo", "Thôn Plei Trớ", "Chư A Thai", "Ksor Bình", 1),
    ("Măng khô", "Rừng Xa", 7, 3, _B, "Hộ KD Măng khô", "Làng Hà Nừng", "Sơn Lang", "Đinh Thị Hlơi", 0),
    ("Bò khô", "Nắng Gió", 8, 3, _A, "Hộ KD Bò khô", "Buôn Chư Tê", "Ia Rsai", "Nay H'Lan", 1),
    ("Chanh dây tươi", "Mây Ngàn", 1, 3, _C, "HTX Chanh dây", "Làng Plei Atur", "Ayun", "Hoàng Thị Yến", 1),
    ("Bơ sáp", "Đồi Mơ", 1, 3, _C, "Tổ hợp tác Bơ sáp", "Thôn Thanh Hà", "Ia Hrung", "Vũ Văn Khang", 0),
    ("Sầu riêng", "Suối Đá", 1, 4, _C, "HTX Sầu riêng", "Thôn 3", "Ia Krái", "Đặng Văn Phước", 1),
    ("Trà dây túi lọc", "An Lành", 12, 3, _B, "Công ty TNHH Dược liệu", "Thôn An Điền", "Cửu An", "Bùi Thị Hiền", 1),
    ("Nấm linh chi sấy khô", "Đất Lành", 20, 3, _C, "Hộ KD Nấm linh chi", "Làng D", "Gào", "Siu Bleng", 0),
    ("Cà phê hạt rang mộc", "Sương Sớm", 13, 3, _B, "HTX Cà phê", "Làng Kênh", "Ia Khươl", "Rơ Châm Phyan", 1),
    ("Hạt mắc ca sấy nứt vỏ", "Gió Ngàn", 7, 3, _C, "Công ty TNHH Mắc ca", "Thôn 1", "Bờ Ngoong", "Ngô Văn Dũng", 1),
    ("Tiêu sọ", "Nhà Vườn", 10, 4, _A, "Hộ KD Hồ tiêu", "Thôn Deng", "Đak Sơmei", "Trịnh Thị Vân", 1),
    ("Khoai lang sấy dẻo", "Biên Cương", 7, 3, _C, "HTX Nông sản", "Thôn Mook Trang", "Ia Dom", "Lương Văn Thái", 1),
]  # fmt: skip

# Kinds of product, their OCOP set, and how many of the 81 products of seed 003 the demo makes of each.
_SL_KINDS = [
    ("Gạo nếp tan", 3, 6),
    ("Chè Shan tuyết", 11, 9),
    ("Cà phê bột", 13, 8),
    ("Mật ong hoa rừng", 4, 8),
    ("Mận hậu sấy dẻo", 7, 7),
    ("Xoài sấy dẻo", 7, 6),
    ("Nhãn tươi", 1, 7),
    ("Cam tươi", 1, 5),
    ("Chuối sấy", 7, 5),
    ("Thịt trâu gác bếp", 8, 7),
    ("Tỏi đen", 10, 5),
    ("Trà hoa đu đủ đực", 12, 5),
    ("Tinh dầu sả", 20, 3),
]
_SL_COMMUNES = [
    "xã Tà Xùa", "xã Mường Và", "xã Phổng Lái", "xã Chiềng Ban", "xã Hát Lót", "xã Chiềng Hặc",
    "xã Chiềng Khương", "xã Tân Lập", "xã Mường Cơi", "xã Chiềng Khoa",
]  # fmt: skip
_SL_BRANDS = [
    "Mây Trắng",
    "Bản Xanh",
    "Suối Trong",
    "Nắng Mai",
    "Đá Ngàn",
    "Hoa Ban",
    "Sương Mù",
    "Đồi Gió",
    "Trăng Non",
]
_SL_FAMILIES = ["Lò", "Cà", "Quàng", "Vì", "Tòng", "Hà", "Mùa", "Giàng", "Lường"]
_SL_NAMES = [
    "Văn Hặc",
    "Thị Mai",
    "Văn Pâng",
    "Thị Ín",
    "Văn Sơn",
    "Thị Dung",
    "A Chu",
    "Thị Xia",
    "Văn Thoan",
    "Thị Bun",
]


def gtin13(company: int, item: int) -> str:
    """A GTIN-13 of GS1's demonstration prefix: 952, four digits of company, five of item, check digit."""
    body = f"952{company:04d}{item:05d}"
    return f"{body}{check_digit(body)}"


def gl02_rows() -> list[dict[str, Value]]:
    """The 17 products of 17 producers of mission 2 of seed 000."""
    return [_gl_row(number, *row) for number, row in enumerate(_GL02, start=1)]


def _gl_row(
    number: int, product: str, brand: str, ocop_set: int, stars: int, decided: dt.date,
    form: str, village: str, commune: str, person: str, coded: int,
) -> dict[str, Value]:  # fmt: skip
    """One row as provinces really write it: stars in three spellings, some codes as numbers without their zeros."""
    gtin, phone = gtin13(8, number), f"0900000{30 + number:03d}"
    typed_as_number = number % 4 == 0
    return {
        "tt": number,
        "name": f"{product} {brand}",
        "ocop_set": f"{ocop_set}. {SETS[ocop_set]}",
        "stars": (stars, f"{stars} sao", "★" * stars)[number % 3],
        "decision_number": f"{900 + decided.year % 100}/QĐ-UBND",
        "decided_on": decided.strftime("%d/%m/%Y") if number % 5 == 0 else decided,
        "producer": f"{form} {brand} {MARK}",
        "kind": _kind(form),
        "tax_code": f"999900{number:04d}",
        "address": village,
        "commune": f"xã {commune}",
        "phone": int(phone) if typed_as_number else phone,
        "representative": f"{person} {MARK}",
        "gtin": (int(gtin) if typed_as_number else gtin) if coded else None,
    }


def sl01_rows() -> list[dict[str, Value]]:
    """The 81 products of seed 003, all fictional, at 3 or 4 stars."""
    kinds = [(name, ocop_set) for name, ocop_set, count in _SL_KINDS for _ in range(count)]
    return [_sl_row(number, *kind) for number, kind in enumerate(kinds, start=1)]


def _sl_row(number: int, name: str, ocop_set: int) -> dict[str, Value]:
    """Row `number`; two neighbours of three share a producer, so 81 products have 54 producers."""
    maker = number - number // 3
    commune = _SL_COMMUNES[maker % len(_SL_COMMUNES)]
    brand = _SL_BRANDS[maker % len(_SL_BRANDS)]
    form = ("HTX", "Hộ KD", "Công ty TNHH", "Tổ hợp tác")[maker % 4]
    quality = " đặc biệt" if number % 3 == 0 else ""
    producer = f"{form} {brand} {commune.removeprefix('xã ')}"
    person = f"{_SL_FAMILIES[maker % 9]} {_SL_NAMES[maker % 10]}"
    return {
        "tt": number,
        "name": "Gạo nếp tan Mường Và" if number == 1 else f"{name} {brand}{quality}",
        "ocop_set": f"{ocop_set}. {SETS[ocop_set]}",
        "stars": 4 if number % 3 == 0 else 3,
        "decision_number": f"{2900 + number % 3}/QĐ-UBND",
        "decided_on": (dt.date(2019, 12, 26), dt.date(2020, 12, 24), dt.date(2021, 6, 18))[number % 3],
        "producer": f"{producer} {MARK}",
        "kind": _kind(producer),
        "tax_code": f"999914{maker:04d}",
        "address": f"Bản {maker % 12 + 1}",
        "commune": commune,
        "phone": f"0900000{maker:03d}",
        "representative": f"{person} {MARK}",
        "gtin": gtin13(14, number) if number % 3 else None,
    }


def _kind(producer: str) -> str:
    return next(kind for word, kind in KINDS.items() if producer.startswith(word))


def workbook(title: str, subtitle: str, rows: list[dict[str, Value]]) -> bytes:
    """A sheet with two title rows, a header and the rows, with the same bytes every time."""
    cells = [[row[key] for key in TITLES] for row in rows]
    return _without_clock(write_xlsx("Danh sách", list(TITLES.values()), cells, above=[title, subtitle]))


def _without_clock(data: bytes) -> bytes:
    """The same workbook without the moment of writing, which the library puts into every part."""
    moment = b"%04d-%02d-%02dT%02d:%02d:%02dZ" % MOMENT
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment, content)
            target.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def workbooks() -> dict[str, bytes]:
    """File name and content of each workbook of the demo."""
    return {
        "gl-02-san-pham.xlsx": workbook(
            "DANH SÁCH SẢN PHẨM OCOP THAM GIA MÔ HÌNH TRUY XUẤT NGUỒN GỐC",
            "(Nhiệm vụ 2, Phụ lục 01 Thông báo số 29/TB-CCTĐC ngày 17/02/2022; dữ liệu giả lập)",
            gl02_rows(),
        ),
        "sl-01-san-pham.xlsx": workbook(
            "DANH SÁCH 81 SẢN PHẨM OCOP TỈNH SƠN LA THỰC HIỆN TRUY XUẤT NGUỒN GỐC",
            "(Kế hoạch năm 2021; dữ liệu giả lập)",
            sl01_rows(),
        ),
    }


if __name__ == "__main__":
    for name, content in workbooks().items():
        (DATA / name).write_bytes(content)
        print(name, len(content))
