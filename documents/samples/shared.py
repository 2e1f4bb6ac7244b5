"""What the sample papers share. Organisations and persons are fictional."""

from typing import Any

from documents.letterhead import Letterhead
from projects import contexts as p

CHAIN = (
    "Xây dựng mô hình áp dụng hệ thống truy xuất nguồn gốc cho chuỗi sản xuất cung ứng "
    "sản phẩm nông sản “Chôm chôm Ia Grai”"
)
OCOP = "Xây dựng mô hình thực hiện truy xuất nguồn gốc đối với các sản phẩm OCOP tỉnh Gia Lai"
AGENCY = "Chi cục Tiêu chuẩn Đo lường Chất lượng"

STANDARDS = (
    p.StandardRow(
        code="TCVN 12850:2019", title="Truy xuất nguồn gốc – Yêu cầu chung đối với hệ thống truy xuất nguồn gốc"
    ),
    p.StandardRow(code="TCVN 12827:2023", title="Truy xuất nguồn gốc – Yêu cầu đối với chuỗi cung ứng rau quả tươi"),
    p.StandardRow(code="TCVN 13274:2020", title="Truy xuất nguồn gốc – Hướng dẫn định dạng các mã dùng cho truy vết"),
    p.StandardRow(code="TCVN 13275:2020", title="Truy xuất nguồn gốc – Định dạng vật mang dữ liệu"),
)

PRODUCTS = (
    ("Cà phê bột Sườn Đồi", "Hộ KD Cà phê Sườn Đồi (giả lập)", "Cà phê"),
    ("Cà phê phin giấy Hoa Núi", "HTX Nông nghiệp Hoa Núi (giả lập)", "Cà phê"),
    ("Cà phê hạt rang Đak Đoa", "Công ty TNHH Cà phê Demo Đak Đoa (giả lập)", "Cà phê"),
    ("Hạt tiêu đen Chư Sê", "HTX Hồ tiêu Demo Chư Sê (giả lập)", "Hạt tiêu"),
    ("Hạt tiêu sọ Chư Pưh", "Tổ hợp tác Hồ tiêu Chư Pưh (giả lập)", "Hạt tiêu"),
    ("Mật ong hoa cà phê", "HTX Ong mật Demo Ia Pa (giả lập)", "Mật ong"),
    ("Mật ong rừng Kbang", "Hộ KD Mật ong Kbang (giả lập)", "Mật ong"),
    ("Gạo Ba Chăm Mang Yang", "HTX Lúa gạo Demo Mang Yang (giả lập)", "Gạo"),
    ("Gạo nếp Phú Thiện", "HTX Nông nghiệp Demo Phú Thiện (giả lập)", "Gạo"),
    ("Bò một nắng Krông Pa", "Cơ sở Bò một nắng Demo & Con (giả lập)", "Thịt chế biến"),
    ("Khô bò Ayun Pa", "Hộ KD Khô bò Ayun Pa (giả lập)", "Thịt chế biến"),
    ("Chôm chôm Ia Grai", "Tổ hợp tác Chôm chôm Thôn Sáu (giả lập)", "Trái cây"),
    ("Sầu riêng Ia Tô", "HTX Nông nghiệp Demo Ia Tô (giả lập)", "Trái cây"),
    ("Bơ Chư Prông", "HTX Trái cây Demo Chư Prông (giả lập)", "Trái cây"),
    ("Măng khô Kon Chro", "Tổ hợp tác Măng Kon Chro (giả lập)", "Rau củ khô"),
    ("Nấm linh chi Đak Pơ", "HTX Dược liệu Demo Đak Pơ (giả lập)", "Dược liệu"),
    ("Rượu ghè An Khê", "Hộ KD Rượu ghè An Khê (giả lập)", "Đồ uống"),
)


COOPERATIVES = tuple(
    p.OrganisationFigures(
        name=f"Hợp tác xã Mẫu {number} (giả lập)",
        standard="Có" if number % 2 else "Chưa",
        quality_system="VietGAP" if number == 1 else "Chưa có",
        barcode="Chưa",
        diary="Có",
        capacity=f"{number},5",
    )
    for number in range(1, 4)
)


def letterhead(number_line: str = "Số: 05/BC-CCTĐC", **changes: Any) -> Letterhead:
    """Return the letterhead of an issued paper."""
    values: dict[str, Any] = {
        "parent_agency": "Sở Khoa học và Công nghệ tỉnh Gia Lai",
        "agency": AGENCY,
        "number_line": number_line,
        "number": number_line.removeprefix("Số: ").strip(),
        "place_date": "Gia Lai, ngày 05 tháng 02 năm 2026",
        "date": "ngày 05 tháng 02 năm 2026",
        "signer_authority": "KT. CHI CỤC TRƯỞNG",
        "signer_title": "Phó Chi cục trưởng",
        "signer_name": "Trần Thị Kiểm Thử (giả lập)",
        "recipients": ("Sở Khoa học và Công nghệ (b/c)", "Các cơ sở tham gia nhiệm vụ", "Lưu: VT, TĐC"),
        "legal_bases": (
            "Căn cứ Quyết định số 100/QĐ-TTg ngày 19 tháng 01 năm 2019 của Thủ tướng Chính phủ phê duyệt Đề án triển "
            "khai, áp dụng và quản lý hệ thống truy xuất nguồn gốc",
            "Căn cứ Thông báo số 29/TB-CCTĐC ngày 17 tháng 02 năm 2022 về danh mục nhiệm vụ khoa học và công nghệ",
        ),
    }
    return Letterhead(**{**values, **changes})


def chart(title: str, *rows: tuple[str, int, int]) -> p.Chart:
    """Return a chart of parts of a whole."""
    bars = tuple(p.Bar(label=label, size=size, whole=whole, text=f"{size}/{whole}") for label, size, whole in rows)
    return p.Chart(title=title, bars=bars)


def amounts(title: str, *rows: tuple[str, int]) -> p.Chart:
    """Return a chart of amounts in hundredths."""
    bars = (p.Bar(label=label, size=size, whole=0, text=f"{size / 100:.1f}".replace(".", ",")) for label, size in rows)
    return p.Chart(title=title, bars=tuple(bars))
