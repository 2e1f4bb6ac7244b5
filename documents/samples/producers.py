"""Filled papers that a producer signs, and the notice on personal data."""

from dataclasses import replace

from documents.contexts import producers as p
from documents.contexts.standards import CodedPlace
from documents.samples.selection import CITED, FRUIT
from documents.samples.shared import AGENCY, OCOP
from privacy.texts import WORDS

PLACE_DATE = "Ia Tô, ngày …… tháng …… năm ………"
DOTS = "…………………………"
PARTY = p.Party(
    name="HTX Nông nghiệp Demo Ia Tô (giả lập)",
    kind="Hợp tác xã",
    tax_code="9999000012",
    address="Thôn 6, xã Ia Tô, tỉnh Gia Lai",
    representative="Siu Người Nhận (giả lập)",
    phone="0900 000 012",
)
PAPERS = (
    p.EvidencePaper(name="Giấy đăng ký kinh doanh, hợp tác xã hoặc tổ hợp tác", state="Đã có", note="9999000012"),
    p.EvidencePaper(
        name="Giấy chứng nhận đủ điều kiện an toàn thực phẩm hoặc tương đương",
        state="Đã có",
        note="Số 12/ATTP (giả lập)",
    ),
    p.EvidencePaper(name="Bảo vệ môi trường", state="Còn thiếu", note=""),
)


def ocop_registration() -> p.OcopRegistration:
    return p.OcopRegistration(
        place_date=PLACE_DATE,
        addressee="Ủy ban nhân dân xã Ia Tô",
        party=PARTY,
        product_name="Sầu riêng Ia Tô",
        industry="Thực phẩm",
        ocop_set="bộ 1. Rau, củ, quả, hạt tươi",
        group_name="Trái cây",
        trace_code="09520000000127",
        registered_for="đánh giá lại khi kết quả công nhận sắp hết hiệu lực",
        recognition="4 sao, Quyết định số 12/QĐ-UBND ngày 01/06/2023, hiệu lực đến 01/06/2026",
        wanted_stars="4 sao",
        criteria="Quyết định số 26/2026/QĐ-TTg",
        description="Sầu riêng trồng ở Ia Tô, hái khi chín trên cây; đóng hộp & dán tem.",
        materials="Tự trồng",
        yearly_output="12.000 kg",
        workers=DOTS,
        market="Chợ đầu mối, 3 siêu thị trong tỉnh",
        papers=PAPERS,
    )


def ocop_assessment() -> p.OcopAssessment:
    return p.OcopAssessment(
        place_date=PLACE_DATE,
        party=PARTY,
        product_name="Sầu riêng Ia Tô",
        ocop_set="1. Rau, củ, quả, hạt tươi",
        criteria="Quyết định số 26/2026/QĐ-TTg",
        parts=(
            p.AssessedPart(
                code="A",
                name="Tổ chức sản xuất, phát triển sản phẩm, sức mạnh cộng đồng",
                most=40,
                points="32",
                grounds="Vùng trồng có mã địa điểm",
            ),
            p.AssessedPart(code="B", name="Tiếp thị, câu chuyện sản phẩm", most=25, points="18", grounds=DOTS),
            p.AssessedPart(code="C", name="Chất lượng sản phẩm", most=35, points="28", grounds=DOTS),
        ),
        total="78",
        wanted_stars="4 sao",
        standards=CITED[:2],
        traceability=(
            "Mã truy vết của sản phẩm: 09520000000127 (GTIN)",
            "Đã lập 04 lô trên hệ thống",
            "Đã kích hoạt 1.200 tem truy xuất nguồn gốc",
        ),
        papers=PAPERS,
        strengths="Vùng trồng tập trung, có nhật ký từng lô",
        to_improve="Bao bì chưa có câu chuyện sản phẩm",
    )


def conformity_declaration() -> p.ConformityDeclaration:
    return p.ConformityDeclaration(
        place_date=PLACE_DATE,
        party=PARTY,
        group_name="Trái cây",
        products=tuple(replace(each, producer=PARTY.name) for each in FRUIT),
        places=(CodedPlace(name="Vườn thôn 6", kind="Vùng trồng", commune="Xã Ia Tô", code="DD0000001"),),
        standards=CITED[:2],
        system_name="Hệ thống truy xuất nguồn gốc của tỉnh",
        system_address="https://txng.vidu.example",
        basis="Tự đánh giá, hoàn thành ngày 20/05/2026",
        checks=(
            p.CheckedItem(item="Một bước trước – một bước sau", finding="Mỗi lô ghi nơi cung cấp và nơi nhận"),
            p.CheckedItem(item="Dữ liệu tối thiểu", finding="03/03 sản phẩm có lô đủ 10 nội dung"),
        ),
        retention="24 tháng kể từ ngày hết hạn sử dụng của lô",
    )


def _purposes() -> tuple[p.Purpose, ...]:
    names = {
        "onboarding": "Tham gia mô hình truy xuất nguồn gốc",
        "public_name": "Hiện tên và xã trên trang công khai",
        "assistance": "Cán bộ hỗ trợ ghi giúp",
    }
    return tuple(
        p.Purpose(name=names[purpose], version=1, lines=tuple(words.splitlines())) for purpose, words in WORDS.items()
    )


def privacy_notice() -> p.PrivacyNotice:
    common = _purposes()[0].lines[-3:]
    purposes = tuple(p.Purpose(name=row.name, version=1, lines=row.lines[:-3]) for row in _purposes())
    return p.PrivacyNotice(
        project_title=OCOP,
        purposes=purposes,
        common_lines=common,
        kept="Đến khi kết thúc nhiệm vụ và hết thời hạn lưu dữ liệu truy xuất nguồn gốc, trừ khi được yêu cầu xóa",
        receivers=("Cơ quan quản lý nhà nước về truy xuất nguồn gốc của tỉnh", "Đơn vị in tem (chỉ tên và địa chỉ)"),
        contact=f"Lê Văn Ghi Chép (giả lập), {AGENCY}, điện thoại 0900 000 098",
    )


def consent_form() -> p.ConsentForm:
    return p.ConsentForm(place_date=PLACE_DATE, party=PARTY, controller=AGENCY, purposes=_purposes())
