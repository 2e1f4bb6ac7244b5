"""Filled papers of selecting products, of their groups and of a company standard."""

from documents.contexts import products as c
from documents.contexts import standards as s
from documents.samples.shared import AGENCY, OCOP, PRODUCTS, STANDARDS

CITED = tuple(c.CitedStandard(code=row.code, title=row.title) for row in STANDARDS)
STEPS = (
    c.TracedStep(
        name="Thu hoạch",
        actor="Cơ sở sản xuất",
        records="Vườn, ngày hái, người hái, khối lượng",
        required="Bắt buộc",
    ),
    c.TracedStep(
        name="Sơ chế, phân loại",
        actor="Cơ sở sản xuất",
        records="Lô trước, lô sau, ngày, khối lượng từng loại",
        required="Bắt buộc",
    ),
    c.TracedStep(
        name="Giao hàng", actor="Đơn vị phân phối", records="Ngày giao, nơi nhận, số lượng", required="Khi có"
    ),
)
# TT 02/2024/TT-BKHCN: the ten items
MINIMUM = (
    "Tên sản phẩm, hàng hóa",
    "Hình ảnh sản phẩm, hàng hóa",
    "Tên đơn vị sản xuất, kinh doanh",
    "Địa chỉ đơn vị sản xuất, kinh doanh",
    "Các công đoạn trong sản xuất, kinh doanh",
    "Thời gian sản xuất, kinh doanh",
    "Mã truy xuất nguồn gốc sản phẩm, hàng hóa",
    "Thương hiệu, nhãn hiệu, mã ký hiệu, số sê-ri (nếu có)",
    "Thời hạn sử dụng (nếu có)",
    "Tiêu chuẩn, quy chuẩn kỹ thuật được áp dụng",
)
CODES = ("GL-000012", "09520000000127", "09520000000134")
FRUIT = tuple(
    c.GroupProduct(
        name=name,
        producer=producer,
        code=CODES[number % 3],
        code_kind="Mã nội bộ" if CODES[number % 3].startswith("GL") else "GTIN",
    )
    for number, (name, producer, group) in enumerate(PRODUCTS)
    if group == "Trái cây"
)


def _groups() -> tuple[c.ChosenGroup, ...]:
    names = tuple(dict.fromkeys(group for _name, _producer, group in PRODUCTS))
    return tuple(_group(name) for name in names)


def _group(name: str) -> c.ChosenGroup:
    products = tuple(
        c.ChosenProduct(
            name=product,
            producer=producer,
            commune="Xã Ia Tô",
            stars="4 sao" if number % 3 else "3 sao",
            funding="Có" if number != 4 else "Không",
        )
        for number, (product, producer, group) in enumerate(PRODUCTS)
        if group == name
    )
    return c.ChosenGroup(name=name, products=products, product_count=len(products))


def selection_minutes() -> c.SelectionMinutes:
    return c.SelectionMinutes(
        project_title=OCOP,
        project_code="GL-02",
        began="08 giờ 00, ngày 12/03/2026",
        ended="10 giờ 30",
        place=f"phòng họp {AGENCY}",
        chair_name="Trần Thị Kiểm Thử (giả lập)",
        chair_title="Phó Chi cục trưởng",
        secretary_name="Lê Văn Ghi Chép (giả lập)",
        secretary_title="chuyên viên",
        attendants=(
            "Nguyễn Thị Điều Phối (giả lập), đại diện cơ quan nông nghiệp và môi trường",
            "Phạm Văn Nông Thôn (giả lập), văn phòng điều phối nông thôn mới",
            "Rơ Châm Tư Vấn (giả lập), đơn vị tư vấn",
        ),
        rules=(
            "Được công nhận OCOP từ 3 sao trở lên, còn hiệu lực vào ngày xét chọn",
            "Chủ thể có khả năng thực hiện truy xuất nguồn gốc",
            "Sản phẩm từ 3 sao đến 4 sao được hỗ trợ kinh phí",
        ),
        considered=19,
        surveyed=18,
        selected=17,
        refused=2,
        waiting=1,
        groups=_groups(),
        refusals=(
            c.RefusedProduct(
                name="Tour vườn & đồi <Ia Grai>",
                producer="HTX Du lịch Demo (giả lập)",
                reason="Là dịch vụ, không có lô sản phẩm",
            ),
            c.RefusedProduct(
                name="Tinh dầu sả", producer="Hộ KD Sả Demo (giả lập)", reason="Công nhận OCOP đã hết hiệu lực"
            ),
        ),
        opinions=("Đề nghị tập huấn cho chủ thể nhóm thịt chế biến trước khi cấp tem.",),
    )


def selection_decision() -> c.SelectionDecision:
    return c.SelectionDecision(
        project_title=OCOP,
        project_code="GL-02",
        authority="Chi cục trưởng Chi cục Tiêu chuẩn Đo lường Chất lượng",
        proposer="Trưởng phòng Quản lý tiêu chuẩn chất lượng",
        selected=17,
        group_count=9,
        funded=16,
        groups=_groups(),
        duties=(
            "Chủ nhiệm nhiệm vụ xây dựng quy trình, tài liệu hướng dẫn cho từng nhóm và lấy ý kiến các cơ quan",
            "Các chủ thể cử người dự tập huấn, kê khai dữ liệu từng lô và sử dụng tem đúng quy định",
        ),
        executors="Chủ nhiệm nhiệm vụ, các phòng chuyên môn",
    )


def group_process() -> c.GroupProcess:
    return c.GroupProcess(
        project_title=OCOP,
        group_name="Trái cây",
        products=FRUIT,
        product_count=len(FRUIT),
        standards=CITED,
        process_text=(
            "Quả được hái tại vườn của từng hộ, đưa về xưởng trong ngày, phân loại và đóng gói theo lô.",
            "Mỗi ngày hái của một vườn là một lô; khi gộp lô phải ghi số các lô trước.",
        ),
        steps=STEPS,
        opinions=(
            c.AgencyOpinion(
                agency="Cơ quan nông nghiệp và môi trường (giả lập)",
                letter="Số 10/CV, ngày 01/04/2026",
                reply="Số 22/CV, ngày 10/04/2026",
                opinion="Thống nhất; đề nghị ghi thêm thời gian cách ly.",
            ),
        ),
        guide=("Người phụ trách của chủ thể tạo lô ngay trong ngày hái.",),
        minimum_items=MINIMUM,
        system_address="https://txng.vidu.example",
        support_contact="Tổ hỗ trợ truy xuất nguồn gốc (giả lập), điện thoại 0900 000 099",
    )


def module_order_letter() -> c.ModuleOrderLetter:
    return c.ModuleOrderLetter(
        project_title=OCOP,
        addressee="Trung tâm Mã số mã vạch Quốc gia",
        group_name="Trái cây",
        products=FRUIT,
        product_count=len(FRUIT),
        coded_count=2,
        standards=CITED,
        steps=STEPS,
        approved_on="15/04/2026",
        consulted=("Cơ quan nông nghiệp và môi trường (giả lập)", "Cơ quan y tế (giả lập)"),
        minimum_items=MINIMUM,
        wanted_by="30/05/2026",
        contact="ông Lê Văn Ghi Chép (giả lập), điện thoại 0900 000 098",
    )


def base_standard() -> s.BaseStandard:
    return s.BaseStandard(
        owner="HTX Nông nghiệp Demo Ia Tô (giả lập)",
        number="TCCS 01:2026/HTXIT",
        version=1,
        title="Truy xuất nguồn gốc – Yêu cầu đối với quả tươi",
        group_name="Trái cây",
        place_year="Gia Lai, năm 2026",
        compiled_by="Tổ kỹ thuật của hợp tác xã",
        products=("Sầu riêng Ia Tô", "Chôm chôm Ia Tô"),
        standards=CITED,
        steps=STEPS,
        codes=(
            s.CodingRule(subject="Sản phẩm", rule="Mã số thương phẩm toàn cầu (GTIN) nếu đã đăng ký"),
            s.CodingRule(subject="Lô", rule="Từ 1 đến 20 ký tự; không trùng trong một sản phẩm"),
        ),
        places=(
            s.CodedPlace(name="Vườn thôn 6", kind="Vùng trồng", commune="Xã Ia Tô", code="DD0000001"),
            s.CodedPlace(name="Xưởng đóng gói", kind="Xưởng sản xuất", commune="Xã Ia Tô", code="9521234567899"),
        ),
        minimum_items=MINIMUM,
        retention="24 tháng kể từ ngày hết hạn sử dụng của lô",
        drill="sáu tháng một lần",
    )


def base_standard_decision() -> s.BaseStandardDecision:
    return s.BaseStandardDecision(
        owner_above="",
        owner="HTX Nông nghiệp Demo Ia Tô (giả lập)",
        authority="Giám đốc HTX Nông nghiệp Demo Ia Tô (giả lập)",
        place_date="Ia Tô, ngày …… tháng …… năm ………",
        legal_bases=(
            "Căn cứ Luật Tiêu chuẩn và Quy chuẩn kỹ thuật ngày 29 tháng 6 năm 2006",
            "Căn cứ Điều lệ tổ chức và hoạt động của hợp tác xã",
        ),
        number="TCCS 01:2026/HTXIT",
        title="Truy xuất nguồn gốc – Yêu cầu đối với quả tươi",
        effective="kể từ ngày 01/07/2026",
        replaces="",
        executors="Các tổ sản xuất, tổ đóng gói và các thành viên hợp tác xã",
        signer_title="Giám đốc",
        signer_name="Siu Người Nhận (giả lập)",
    )
