"""Filled yearly reports of a programme. All names are fictional."""

from documents.contexts import programmes as c

PROGRAMME = "Kế hoạch truy xuất nguồn gốc sản phẩm, hàng hóa tỉnh Demo (giả lập)"
DEPARTMENT = "Sở Khoa học và Công nghệ (giả lập)"


def _tasks(*parts: str) -> tuple[c.ResultRow, ...]:
    return (
        c.ResultRow(
            number="1",
            content="Rà soát danh mục sản phẩm chủ lực cần ưu tiên truy xuất nguồn gốc.",
            part=parts[0],
            period="2026",
            result="Đã hoàn thành: 42 sản phẩm được đề xuất.",
        ),
        c.ResultRow(
            number="5",
            content="Tập huấn cho các tổ chức, cá nhân về tiêu chuẩn và công nghệ truy xuất nguồn gốc.",
            part=parts[1],
            period="Hàng năm",
            result="02 lớp, 97 lượt người.",
        ),
    )


def _figures() -> c.YearFigures:
    return c.YearFigures(
        classes=2,
        people=97,
        producers=38,
        conferences=1,
        workshops=1,
        broadcasts=1,
        articles=4,
        projects_running=2,
        projects_accepted=1,
        products=17,
        producers_enrolled=17,
        stamps_activated=12500,
    )


def _difficulties() -> tuple[c.DifficultyRow, ...]:
    return (
        c.DifficultyRow(
            project="GL-02",
            text="Một số chủ thể chưa có mã số mã vạch.",
            needed="Cho phép dùng mã truy vết tạm trong khi chờ cấp mã.",
            raised_on="12/10/2026",
            addressee="Trần Thị Kiểm Thử (giả lập)",
        ),
    )


def _indicators() -> tuple[c.IndicatorRow, ...]:
    return (
        c.IndicatorRow(
            name="Chủ thể có người được tập huấn",
            definition="Trong số các chủ thể đang quản lý, những chủ thể có người đã dự lớp tập huấn.",
            value="38/120 (31 %)",
            target="50 %",
            due_on="31/12/2030",
            verdict="Chưa đạt",
        ),
        c.IndicatorRow(
            name="Tiêu chuẩn cơ sở về truy xuất nguồn gốc có hướng dẫn",
            definition="Tiêu chuẩn cơ sở đã ban hành và có hướng dẫn của nhóm sản phẩm.",
            value="21",
            target="≥ 20",
            due_on="31/12/2026",
            verdict="Đạt",
        ),
    )


def unit_report() -> c.UnitReport:
    return c.UnitReport(
        programme=PROGRAMME,
        year=2026,
        unit="Sở Công Thương tỉnh Demo (giả lập)",
        addressee=DEPARTMENT,
        tasks=_tasks("Chủ trì", "Phối hợp"),
        results=("Đã phổ biến kế hoạch đến 25 doanh nghiệp thuộc lĩnh vực quản lý.",),
        figures=_figures(),
        difficulties=_difficulties(),
        causes=("Nguồn lực của các chủ thể quy mô nhỏ còn hạn chế.",),
        proposals=("Đề nghị tổ chức thêm lớp tập huấn tại các xã.",),
        next_year=("Hướng dẫn 20 doanh nghiệp xây dựng hệ thống truy xuất nguồn gốc.",),
    )


def consolidated_report() -> c.ConsolidatedReport:
    return c.ConsolidatedReport(
        programme=PROGRAMME,
        year=2026,
        place="trên địa bàn tỉnh Demo",
        addressees=("Bộ Demo (giả lập)", "Ủy ban nhân dân tỉnh Demo (giả lập)"),
        directions=("Đã ban hành Kế hoạch năm 2026 và 03 văn bản hướng dẫn các đơn vị.",),
        tasks=_tasks(DEPARTMENT, DEPARTMENT),
        figures=_figures(),
        indicators=_indicators(),
        difficulties=_difficulties(),
        assessment=("Các nội dung cơ bản bảo đảm tiến độ; tỷ lệ chủ thể được tập huấn còn thấp.",),
        proposals=("Đề nghị sớm ban hành hướng dẫn kết nối Cổng truy xuất nguồn gốc.",),
        next_year=("Triển khai thí điểm thêm 02 mô hình.",),
        units=(
            c.UnitRow(
                name="Sở Công Thương tỉnh Demo (giả lập)", number="12/BC-SCT", issued_on="25/11/2026", state="Đúng hạn"
            ),
            c.UnitRow(name="Sở Y tế tỉnh Demo (giả lập)", number="", issued_on="", state="Chưa gửi"),
        ),
        unit_count=2,
        reported_count=1,
        units_due_on="30/11/2026",
    )


def indicator_report() -> c.IndicatorReport:
    return c.IndicatorReport(
        programme=PROGRAMME,
        place="trên địa bàn tỉnh Demo",
        as_of="30/11/2026",
        indicators=_indicators(),
        details=(
            c.IndicatorDetail(
                name="Chủ thể có người được tập huấn",
                counted=38,
                left_out_count=82,
                left_out=(
                    c.LeftOutRow(name="Hộ KD Mật ong Kbang (giả lập)", reason="Chưa có ai dự lớp tập huấn."),
                    c.LeftOutRow(name="HTX Lúa gạo Demo Mang Yang (giả lập)", reason="Chưa có ai dự lớp tập huấn."),
                ),
            ),
        ),
        remarks=("Cần mở thêm lớp tập huấn cho các chủ thể chưa được tính.",),
    )
