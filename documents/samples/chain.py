"""Filled papers of a project over one chain."""

from documents.contexts import stamps as s
from documents.samples.shared import AGENCY, CHAIN, COOPERATIVES, STANDARDS, amounts, chart
from projects import contexts as p


def _answers(*pairs: tuple[str, str]) -> tuple[p.SurveyAnswer, ...]:
    return tuple(p.SurveyAnswer(party=party, text=text) for party, text in pairs)


def survey_report_chain() -> p.SurveyReportChain:
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
                "Trồng 18 ha chôm chôm Java và chôm chôm nhãn; 12 ha theo VietGAP; năng suất < 20 tấn/ha.",
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
        organisations=COOPERATIVES,
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
        figures_chart=chart(
            "Kết quả khảo sát tại 03 cơ sở",
            ("Cơ sở có nhật ký sản xuất", 1, 3),
            ("Cơ sở sử dụng mã số mã vạch đã đăng ký", 0, 3),
            ("Cơ sở đã công bố tiêu chuẩn áp dụng", 1, 3),
        ),
        capacity_chart=amounts(
            "Sản lượng của các cơ sở được khảo sát (tấn/năm)",
            ("Hợp tác xã Nông nghiệp và Dịch vụ Mẫu Xuân Thủy (giả lập)", 12050),
            ("Cơ sở thu mua Mẫu (giả lập)", 800),
        ),
    )


def application_set() -> p.ApplicationSet:
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


def training_set() -> p.TrainingSet:
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


def electronic_system() -> s.ElectronicSystem:
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
