"""A realistic filled context for every kind of paper. Organisations and persons are fictional."""

from typing import Any

from documents.letterhead import Letterhead
from projects import contexts as p
from stamps import contexts as s

CHAIN = "Xây dựng mô hình áp dụng hệ thống truy xuất nguồn gốc cho chuỗi sản xuất cung ứng sản phẩm nông sản “Chôm chôm Ia Grai”"
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

_PRODUCTS = (
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


def letterhead(number_line: str = "Số: 05/BC-CCTĐC", **changes: Any) -> Letterhead:
    """Return the letterhead of an issued paper."""
    values: dict[str, Any] = {
        "parent_agency": "Sở Khoa học và Công nghệ tỉnh Gia Lai",
        "agency": AGENCY,
        "number_line": number_line,
        "place_date": "Gia Lai, ngày 05 tháng 02 năm 2026",
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


def _answers(*pairs: tuple[str, str]) -> tuple[p.SurveyAnswer, ...]:
    return tuple(p.SurveyAnswer(party=party, text=text) for party, text in pairs)


def _survey_report_chain() -> p.SurveyReportChain:
    coop, group, packer = (
        "HTX Nông nghiệp Demo Ia Tô (giả lập)",
        "Tổ hợp tác Chôm chôm Thôn Sáu (giả lập)",
        "Cơ sở Thu mua Minh Họa (giả lập)",
    )
    return p.SurveyReportChain(
        project_title=CHAIN,
        product_name="Chôm chôm Ia Grai",
        survey_from="10/03/2026",
        survey_to="28/03/2026",
        parties=(
            p.SurveyedParty(name=coop, kind="Sản xuất, hợp tác xã", place="Xã Ia Tô", surveyed_on="10/03/2026"),
            p.SurveyedParty(name=group, kind="Sản xuất, tổ hợp tác", place="Xã Ia Grai", surveyed_on="12/03/2026"),
            p.SurveyedParty(
                name=packer, kind="Thu mua, sơ chế, hộ kinh doanh", place="Xã Ia Grai", surveyed_on="28/03/2026"
            ),
        ),
        party_count=3,
        production=_answers(
            (
                coop,
                "Trồng 18 ha chôm chôm Java và chôm chôm nhãn; 12 ha theo VietGAP; thu hoạch từ tháng 7 đến tháng 9, năng suất < 20 tấn/ha.",
            ),
            (
                group,
                "14 hộ, 9 ha; bón phân, phun thuốc theo hướng dẫn của khuyến nông nhưng chưa ghi chép thường xuyên.",
            ),
        ),
        purchasing=_answers(
            (packer, "Thu mua tại vườn, cân và ghi sổ theo ngày; chưa ghi tên hộ bán cho từng chuyến hàng.")
        ),
        processing=_answers(
            (
                packer,
                "Cắt cuống, loại trái hỏng, đóng thùng xốp 20 kg; hàng của nhiều vườn được gộp chung, chưa tách lô.",
            )
        ),
        traceability=_answers(
            (coop, "Có sổ nhật ký giấy; dán nhãn giấy có tên hợp tác xã; chưa có mã số mã vạch."),
            (packer, "Chưa có nhật ký, chưa dùng phần mềm; phân biệt hàng theo trí nhớ."),
        ),
        figures=(
            p.FigureRow(label="Cơ sở có nhật ký sản xuất", count=1, total=3, share="33,3 %"),
            p.FigureRow(label="Cơ sở sử dụng mã số mã vạch đã đăng ký", count=0, total=3, share="0 %"),
            p.FigureRow(label="Cơ sở đã công bố tiêu chuẩn áp dụng", count=1, total=3, share="33,3 %"),
        ),
        standards=STANDARDS,
        gaps=(
            p.GapRow(
                requirement="Định danh từng lô hàng",
                found="Hàng gộp nhiều vườn, không có số lô",
                action="Đặt số lô tại điểm thu mua, ghi hộ bán của từng lô",
            ),
            p.GapRow(
                requirement="Ghi nhận một bước trước, một bước sau",
                found="Chỉ ghi khối lượng theo ngày",
                action="Ghi bên bán và bên mua khi giao nhận",
            ),
        ),
        needs=_answers(
            (coop, "Được hướng dẫn ghi nhật ký trên điện thoại; được hỗ trợ tem cho vụ đầu"),
            (packer, "Có cách ghi nhận nhanh lúc cao điểm, không làm chậm việc cân hàng"),
        ),
        proposals=(
            "Tổ chức ghi lô ngay tại điểm thu mua từ đầu vụ.",
            "Ưu tiên cấp tem cho các lô đã có nhật ký đầy đủ.",
        ),
    )


def _application_set() -> p.ApplicationSet:
    rows = (
        ("TL-01", "Chính sách và phạm vi truy xuất", "Cam kết của chuỗi, phạm vi sản phẩm và các khâu", "Chủ chuỗi", 0),
        ("TL-02", "Phân công trách nhiệm", "Ai ghi nhận, ai kiểm tra ở từng khâu", "Chủ chuỗi", 0),
        (
            "TL-03",
            "Danh mục mã truy vết sản phẩm và địa điểm",
            "Mã của sản phẩm, vườn, điểm thu mua, nơi đóng gói",
            "Quản trị hệ thống",
            2,
        ),
        ("TL-04", "Sơ đồ quy trình và sự kiện chính", "Sự kiện và phần tử dữ liệu chính của từng khâu", "Chủ chuỗi", 1),
        (
            "TL-05",
            "Biểu mẫu nhật ký từng khâu",
            "Biểu mẫu trồng trọt, thu hoạch, thu mua, sơ chế, phân phối",
            "Người phụ trách khâu",
            1,
        ),
        ("TL-06", "Quy định dùng tem", "In, cấp, kích hoạt, hủy tem", "Quản trị hệ thống", 3),
        ("TL-07", "Quy trình thu hồi và diễn tập", "Các bước thu hồi, biên bản diễn tập", "Chủ chuỗi", 0),
    )
    return p.ApplicationSet(
        project_title=CHAIN,
        product_name="Chôm chôm Ia Grai",
        scope="Bộ tài liệu áp dụng cho các cơ sở trồng, thu mua, sơ chế và phân phối chôm chôm tươi tham gia nhiệm vụ.",
        standards=STANDARDS,
        documents=tuple(
            p.ApplicationDocument(code=code, title=title, purpose=purpose, keeper=keeper, standard=STANDARDS[n].code)
            for code, title, purpose, keeper, n in rows
        ),
        document_count=7,
        stages=(
            p.ProcessStage(
                name="Thu hoạch",
                actor="Hộ trồng",
                records="Số lô, vườn, ngày thu hoạch, khối lượng, ngày phun thuốc gần nhất",
            ),
            p.ProcessStage(
                name="Thu mua", actor="Điểm thu mua", records="Số lô nhập, bên bán, khối lượng, thời điểm nhận"
            ),
            p.ProcessStage(
                name="Sơ chế, đóng gói",
                actor="Cơ sở sơ chế",
                records="Lô trước, lô sau, ngày đóng gói, số thùng, dải tem",
            ),
            p.ProcessStage(
                name="Phân phối", actor="Đơn vị phân phối", records="Lô giao, bên nhận, thời điểm giao, phương tiện"
            ),
        ),
        codes=(
            p.CodeRule(
                subject="Sản phẩm",
                rule="Mã số thương phẩm toàn cầu (GTIN) nếu đã đăng ký; nếu chưa, mã nội bộ do hệ thống cấp",
                standard="TCVN 13274:2020",
            ),
            p.CodeRule(
                subject="Tem trên sản phẩm",
                rule="Mã QR chứa địa chỉ truy xuất và số tem không trùng lặp",
                standard="TCVN 13275:2020",
            ),
        ),
        retention="24 tháng kể từ ngày hết hạn sử dụng của lô",
    )


def _training_set() -> p.TrainingSet:
    return p.TrainingSet(
        project_title=CHAIN,
        product_name="Chôm chôm Ia Grai",
        topics=(
            "Truy xuất nguồn gốc là gì, ai được lợi",
            "Ghi nhật ký lô trên điện thoại",
            "Sử dụng và kích hoạt tem",
            "Xử lý khi ghi sai, khi phải thu hồi",
        ),
        guides=(
            p.RoleGuide(
                stage="Thu hoạch",
                role="hộ trồng",
                steps=("Mở lô mới khi bắt đầu hái.", "Cân và ghi khối lượng.", "Giao phiếu lô cho người thu mua."),
                records="số lô, vườn, ngày, khối lượng",
            ),
            p.RoleGuide(
                stage="Thu mua",
                role="nhân viên điểm thu mua",
                steps=("Quét hoặc nhập số lô của hộ trồng.", "Cân lại, ghi chênh lệch nếu có."),
                records="số lô, bên bán, khối lượng, thời điểm",
            ),
            p.RoleGuide(
                stage="Sơ chế, đóng gói",
                role="tổ trưởng sơ chế",
                steps=("Lập lô thành phẩm từ các lô nhập.", "Kích hoạt dải tem cho lô.", "Quét thử một tem."),
                records="lô trước, lô sau, số thùng, dải tem",
            ),
            p.RoleGuide(
                stage="Phân phối",
                role="đơn vị phân phối",
                steps=("Ghi bên nhận cho mỗi chuyến giao.",),
                records="lô, bên nhận, thời điểm",
            ),
        ),
        courses=(
            p.CourseRow(
                title="Tập huấn ghi nhật ký và dùng tem",
                audience="Chủ thể",
                held_on="15/06/2026",
                place="Hội trường xã Ia Grai",
                attendees=28,
                passed=26,
            ),
            p.CourseRow(
                title="Quản lý truy xuất nguồn gốc",
                audience="Cơ quan quản lý",
                held_on="17/06/2026",
                place="Phường Pleiku",
                attendees=12,
                passed=12,
            ),
        ),
        attendee_total=40,
        passed_total=38,
    )


def _electronic_system() -> s.ElectronicSystem:
    items = (
        ("Tên sản phẩm, hàng hóa", "Hiện: Chôm chôm Ia Grai"),
        ("Hình ảnh sản phẩm, hàng hóa", "Hiện 02 ảnh"),
        ("Tên đơn vị sản xuất, kinh doanh", "Hiện: Tổ hợp tác Chôm chôm Thôn Sáu (giả lập)"),
        ("Địa chỉ đơn vị sản xuất, kinh doanh", "Hiện: Xã Ia Grai"),
        ("Các công đoạn sản xuất, kinh doanh", "Hiện 4 khâu có thời điểm và địa điểm"),
        ("Thời gian sản xuất, hạn sử dụng", "Hiện ngày thu hoạch và hạn sử dụng"),
    )
    return s.ElectronicSystem(
        project_title=CHAIN,
        product_name="Chôm chôm Ia Grai",
        held_on="20/08/2026",
        place="Tổ hợp tác Chôm chôm Thôn Sáu (giả lập), xã Ia Grai",
        attendants=(
            s.Attendant(name="Nguyễn Văn Mẫu (giả lập)", title="Chủ nhiệm nhiệm vụ", organisation=AGENCY),
            s.Attendant(
                name="Rơ Châm Thử (giả lập)", title="Tổ trưởng", organisation="Tổ hợp tác Chôm chôm Thôn Sáu (giả lập)"
            ),
        ),
        stages=(
            s.SystemStage(name="Thu hoạch", actor="Hộ trồng", events=1245),
            s.SystemStage(name="Thu mua", actor="Điểm thu mua", events=312),
            s.SystemStage(name="Sơ chế, đóng gói", actor="Cơ sở sơ chế", events=96),
            s.SystemStage(name="Phân phối", actor="Đơn vị phân phối", events=88),
        ),
        lots=(
            s.SystemLot(
                number="CC-20260715-01",
                product="Chôm chôm Ia Grai",
                produced_on="15/07/2026",
                place="Vườn số 3",
                events=7,
            ),
            s.SystemLot(
                number="CC-20260718-02",
                product="Chôm chôm Ia Grai",
                produced_on="18/07/2026",
                place="Vườn số 9",
                events=6,
            ),
        ),
        stamps=(s.SystemStamps(product="Chôm chôm Ia Grai", code="09520000000127", issued=12000, activated=8500),),
        scan_address="HTTPS://TX.VIDU.EXAMPLE/01/09520000000127/21/0K7QX2M9ZT4RBC",
        checks=tuple(s.CheckRow(item=item, result=result) for item, result in items),
        portal_state="chưa kết nối, gói dữ liệu đã sẵn sàng theo lược đồ công bố",
        remarks=("Bổ sung ảnh vườn cho các lô sau.",),
    )


def _survey_report_products() -> p.SurveyReportProducts:
    names = tuple(dict.fromkeys(group for _name, _producer, group in _PRODUCTS))[:3]
    groups = tuple(_surveyed_group(name) for name in names)
    return p.SurveyReportProducts(
        project_title=OCOP,
        survey_from="01/03/2026",
        survey_to="30/03/2026",
        product_count=7,
        producer_count=7,
        groups=groups,
        group_count=3,
        figures=(
            p.FigureRow(label="Sản phẩm có nhật ký sản xuất", count=4, total=7, share="57,1 %"),
            p.FigureRow(label="Sản phẩm có mã số mã vạch đã đăng ký", count=5, total=7, share="71,4 %"),
        ),
        proposals=("Áp dụng thống nhất một quy trình cho mỗi nhóm sản phẩm.", "Tập huấn trước khi cấp tài khoản."),
    )


def _surveyed_group(name: str) -> p.SurveyedGroup:
    products = tuple(
        p.SurveyedProduct(
            name=product,
            producer=producer,
            stars="4 sao" if number % 2 else "3 sao",
            diary="Có" if number % 2 else "Chưa",
            barcode="Có",
            standard="Có" if number else "Chưa",
            quality_system="HACCP" if number % 2 else "",
            traceability="Nhãn giấy, chưa có tem",
            needs="hỗ trợ tem và hướng dẫn kê khai",
        )
        for number, (product, producer, group) in enumerate(_PRODUCTS)
        if group == name
    )
    return p.SurveyedGroup(name=name, products=products, product_count=len(products), steps=_steps())


def _steps() -> tuple[p.ProcessStage, ...]:
    return (
        p.ProcessStage(
            name="Tiếp nhận nguyên liệu", actor="Thủ kho", records="Nơi cung cấp, ngày, khối lượng, số lô nguyên liệu"
        ),
        p.ProcessStage(name="Chế biến", actor="Tổ sản xuất", records="Lô trước, lô sau, ngày, thiết bị"),
        p.ProcessStage(name="Đóng gói", actor="Tổ đóng gói", records="Số gói, hạn sử dụng, dải tem"),
    )


def _declared_data() -> p.DeclaredData:
    return p.DeclaredData(
        project_title=OCOP,
        counted_on="30/09/2026",
        accounts=tuple(
            p.AccountRow(
                producer=producer,
                representative=f"Người đại diện số {n} (giả lập)",
                login=f"0900 000 0{n:02d}",
                opened_on="20/06/2026",
                trained_on="15/06/2026",
            )
            for n, (_name, producer, _group) in enumerate(_PRODUCTS, 1)
        ),
        account_count=17,
        products=tuple(
            p.CompletenessRow(
                product=name,
                producer=producer,
                code=f"GL{n:06d}",
                filled=9 if n == 4 else 10,
                required=10,
                missing="Hình ảnh sản phẩm" if n == 4 else "",
            )
            for n, (name, producer, _group) in enumerate(_PRODUCTS, 1)
        ),
        product_count=17,
        complete_count=16,
    )


def _stamp_handover() -> s.StampHandover:
    return s.StampHandover(
        project_title=OCOP,
        order_number="2026/0012",
        held_on="05/10/2026",
        place="Trụ sở Chi cục",
        giver_name="Trần Thị Kiểm Thử (giả lập)",
        giver_title="Phó Chi cục trưởng",
        giver_organisation=AGENCY,
        receiver_name="Siu Người Nhận (giả lập)",
        receiver_title="Giám đốc hợp tác xã",
        receiver_organisation="HTX Ong mật Demo Ia Pa (giả lập)",
        ranges=(
            s.StampRange(
                product="Mật ong hoa cà phê",
                first_serial="0K7QX2M9ZT4RBC",
                last_serial="0P3WA8H5JD6FYN",
                quantity=3000,
                lot="MO-202609-01",
                activated_on="05/10/2026",
            ),
            s.StampRange(
                product="Mật ong hoa cà phê",
                first_serial="0R9BC4T7KX2MZQ",
                last_serial="0V5DJ8N3PW6HAF",
                quantity=2000,
                lot="",
                activated_on="",
            ),
        ),
        quantity=5000,
        activated=3000,
    )


def _user_guide() -> p.UserGuide:
    steps = (
        p.GuideStep(
            name="Tiếp nhận nguyên liệu",
            records="Nơi cung cấp, ngày, khối lượng, số lô nguyên liệu",
            required="Bắt buộc",
        ),
        p.GuideStep(name="Chế biến", records="Lô trước, lô sau, ngày", required="Bắt buộc"),
        p.GuideStep(name="Kiểm nghiệm", records="Số phiếu, ngày, nơi kiểm nghiệm", required="Khi có"),
    )
    groups = tuple(dict.fromkeys(group for _name, _producer, group in _PRODUCTS))
    return p.UserGuide(
        project_title=OCOP,
        system_address="https://txng.vidu.example",
        support_contact="Tổ hỗ trợ truy xuất nguồn gốc (giả lập), điện thoại 0900 000 099",
        groups=tuple(
            p.GuideGroup(
                name=name,
                products=tuple(product for product, _producer, group in _PRODUCTS if group == name),
                steps=steps,
            )
            for name in groups
        ),
        minimum_items=(
            "Tên sản phẩm, hàng hóa",
            "Hình ảnh sản phẩm, hàng hóa",
            "Tên và địa chỉ đơn vị sản xuất, kinh doanh",
            "Thời gian sản xuất, hạn sử dụng (nếu có)",
        ),
    )


def _conference_pack() -> p.ConferencePack:
    return p.ConferencePack(
        project_title=OCOP,
        conference_title="Phổ biến kết quả mô hình và tập huấn truy xuất nguồn gốc sản phẩm OCOP",
        held_on="12/11/2026",
        begins_at="08 giờ 00",
        ends_at="11 giờ 30",
        place="Hội trường Trung tâm Hội nghị (giả lập), phường Pleiku",
        chair="Trần Thị Kiểm Thử (giả lập)",
        secretary="Lê Văn Thư Ký (giả lập)",
        agenda=(
            p.AgendaRow(
                time="08 giờ 00 – 08 giờ 15", content="Đón tiếp đại biểu, phát tài liệu", presenter="Ban Tổ chức"
            ),
            p.AgendaRow(
                time="08 giờ 15 – 09 giờ 30", content="Báo cáo kết quả mô hình", presenter="Nguyễn Văn Mẫu (giả lập)"
            ),
            p.AgendaRow(
                time="09 giờ 30 – 11 giờ 30",
                content="Tập huấn kê khai, thực hành quét tem; thảo luận",
                presenter="Tổ hướng dẫn",
            ),
        ),
        materials=("Bài trình chiếu kết quả mô hình", "Tài liệu hướng dẫn sử dụng và kê khai"),
        other_producers=(
            p.InviteeRow(name="HTX Chè Demo Bàu Cạn (giả lập)", address="Xã Bàu Cạn", note="Sản phẩm OCOP 3 sao"),
            p.InviteeRow(name="Hộ KD Mắc ca Demo (giả lập)", address="Xã Kbang", note="Sản phẩm OCOP 4 sao"),
        ),
        agencies=(
            p.InviteeRow(name="Văn phòng điều phối nông thôn mới (giả lập)", address="Phường Pleiku", note=""),
            p.InviteeRow(name="Ủy ban nhân dân xã Demo (giả lập)", address="Xã Demo", note="Phòng Kinh tế"),
        ),
        attendees=(
            p.AttendeeRow(name="Hoàng Thị Chè (giả lập)", organisation="HTX Chè Demo Bàu Cạn (giả lập)"),
            p.AttendeeRow(
                name="Phạm Văn Điều Phối (giả lập)", organisation="Văn phòng điều phối nông thôn mới (giả lập)"
            ),
        ),
        invited_count=4,
        attended_count=2,
        statements=(p.StatementRow(speaker="Hoàng Thị Chè (giả lập)", content="đề nghị hỗ trợ tem cho vụ đầu tiên."),),
        conclusions=("Các chủ thể đăng ký tham gia đợt sau trước ngày 30/11/2026.",),
    )


def _final_report() -> p.FinalReport:
    titles = (
        ("D1", "Báo cáo kết quả khảo sát hiện trạng, nhu cầu, quy trình TXNG của các sản phẩm OCOP"),
        ("D2", "Thông tin truy xuất nguồn gốc của các sản phẩm OCOP được kê khai trên hệ thống TXNG"),
        ("D3", "Tem truy xuất nguồn gốc mã QR code động"),
        ("D4", "Tài liệu hướng dẫn sử dụng và kê khai thông tin"),
        ("D5", "Tài liệu hội nghị phổ biến, tuyên truyền và tập huấn"),
        ("D6", "Báo cáo tổng kết nhiệm vụ"),
    )
    return p.FinalReport(
        project_title=OCOP,
        project_code="GL-02",
        host=AGENCY,
        manager="Nguyễn Văn Mẫu (giả lập)",
        starts_on="05/01/2026",
        ends_on="15/12/2026",
        objectives=(
            "Đảm bảo thống nhất và thực hiện đúng quy định trong việc truy xuất nguồn gốc đối với các sản phẩm OCOP.",
            "Đảm bảo công khai, minh bạch thông tin quá trình sản xuất.",
        ),
        receiving_parties=("Các chủ thể sản phẩm OCOP", "Cơ quan quản lý nhà nước và người tiêu dùng"),
        stages=(
            p.StageRow(name="Khảo sát", due_on="31/03/2026", closed_on="30/03/2026", result="Đã khảo sát 17 sản phẩm"),
            p.StageRow(
                name="Tài liệu hóa tiêu chuẩn",
                due_on="31/05/2026",
                closed_on="29/05/2026",
                result="7 quy trình nhóm sản phẩm",
            ),
            p.StageRow(
                name="Đào tạo", due_on="30/06/2026", closed_on="02/07/2026", result="17/17 chủ thể có người đạt"
            ),
            p.StageRow(
                name="Triển khai hệ thống",
                due_on="31/10/2026",
                closed_on="30/10/2026",
                result="17 sản phẩm có tem kích hoạt",
            ),
            p.StageRow(name="Báo cáo tổng kết", due_on="15/12/2026", closed_on="", result="Đang trình nghiệm thu"),
        ),
        deliverables=tuple(
            p.DeliverableRow(
                code=code,
                title=title,
                planned="01",
                done="01" if n < 6 else "Đang trình",
                number=f"0{n}/BC-CCTĐC" if n < 6 else "",
                issued_on=f"1{n}/0{n}/2026" if n < 6 else "",
                quality="Đạt, 02/02 phiếu" if n < 6 else "Chờ nghiệm thu",
            )
            for n, (code, title) in enumerate(titles, 1)
        ),
        deliverables_planned=6,
        deliverables_done=5,
        products=tuple(
            p.ProductRow(name=name, producer=producer, group=group, code=f"GL{n:06d}", stamps=1000 + 100 * n)
            for n, (name, producer, group) in enumerate(_PRODUCTS, 1)
        ),
        product_count=17,
        producer_count=17,
        products_required=17,
        producers_required=17,
        standards=STANDARDS[:1] + STANDARDS[2:],
        courses_held=3,
        people_trained=1040,
        events_held=2,
        stamps_issued=32300,
        stamps_activated=21500,
        difficulties=(),
        proposals=(
            "Công nhận kết quả thực hiện nhiệm vụ.",
            "Nhân rộng mô hình cho các sản phẩm OCOP khác trên địa bàn.",
        ),
    )


def _task_list_annex() -> p.TaskListAnnex:
    return p.TaskListAnnex(
        annex_label="Phụ lục 01",
        title="Danh mục nhiệm vụ KH&CN về xây dựng mô hình áp dụng hệ thống truy xuất nguồn gốc năm 2022",
        notice_number="29/TB-CCTĐC",
        notice_date="ngày 17 tháng 02 năm 2022",
        notice_issuer=AGENCY,
        tasks=(
            p.TaskRow(
                number="1",
                title="Nhiệm vụ: " + CHAIN,
                objectives=(
                    "Xây dựng hệ thống truy xuất nguồn gốc phù hợp thực trạng và nhu cầu quản lý chuỗi.",
                    "Thông tin tuyên truyền và phổ biến kết quả mô hình.",
                ),
                deliverables=(
                    "Báo cáo đánh giá hiện trạng sản xuất, thu mua, sơ chế và truy xuất nguồn gốc sản phẩm.",
                    "Bộ tài liệu áp dụng hệ thống TXNG sản phẩm phù hợp tiêu chuẩn quốc gia.",
                    "Bộ tài liệu đào tạo, hướng dẫn áp dụng hệ thống TXNG.",
                    "Hệ thống truy xuất nguồn gốc điện tử phù hợp tiêu chuẩn quốc gia.",
                    "Báo cáo tổng kết nhiệm vụ.",
                ),
                recipients="Các đơn vị cung ứng, sản xuất, phân phối, cơ quan quản lý nhà nước và người tiêu dùng của chuỗi cung ứng sản phẩm nông sản.",
            ),
            p.TaskRow(
                number="2",
                title="Nhiệm vụ: " + OCOP + "¹",
                objectives=(
                    "Đảm bảo thống nhất và thực hiện đúng quy định trong việc truy xuất nguồn gốc đối với các sản phẩm OCOP.",
                ),
                deliverables=(
                    "Báo cáo kết quả khảo sát hiện trạng, nhu cầu, quy trình TXNG của các sản phẩm OCOP.",
                    "Báo cáo tổng kết nhiệm vụ.",
                ),
                recipients="Các chủ thể sản phẩm OCOP, đơn vị cung ứng, sản xuất, phân phối, cơ quan quản lý nhà nước và người tiêu dùng.",
            ),
        ),
        notes=(
            "¹ Nhiệm vụ có quy mô triển khai áp dụng tối thiểu từ 17 sản phẩm OCOP (cho 17 chủ thể sản phẩm) trở lên.",
        ),
    )


_BOOK = {"number_line": "Số:      /TL-CCTĐC", "signer_authority": "", "signer_title": "Chi cục trưởng"}
_MINUTES = "Số: 03/BB-CCTĐC"

# kind -> (letterhead, paper)
SAMPLES: dict[str, tuple[Letterhead, Any]] = {
    "survey_report_chain": (letterhead(), _survey_report_chain()),
    "application_set": (letterhead(**_BOOK), _application_set()),
    "training_set": (letterhead(**_BOOK, legal_bases=()), _training_set()),
    "electronic_system": (letterhead(_MINUTES), _electronic_system()),
    "survey_report_products": (letterhead("Số: 12/BC-CCTĐC"), _survey_report_products()),
    "declared_data": (letterhead("Số:      /BC-CCTĐC"), _declared_data()),
    "stamp_handover": (letterhead(_MINUTES), _stamp_handover()),
    "user_guide": (letterhead(**_BOOK), _user_guide()),
    "conference_pack": (letterhead(**_BOOK, legal_bases=()), _conference_pack()),
    "final_report": (letterhead("Số: 128/BC-CCTĐC"), _final_report()),
    "task_list_annex": (letterhead(), _task_list_annex()),
}
