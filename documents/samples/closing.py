"""Filled papers that present a project: conference, final report."""

from dataclasses import replace

from documents.samples.shared import AGENCY, OCOP, PRODUCTS, STANDARDS, chart
from projects import contexts as p


def conference_pack() -> p.ConferencePack:
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


def final_report() -> p.FinalReport:
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
            "Đảm bảo thống nhất và thực hiện đúng quy định trong việc truy xuất nguồn gốc sản phẩm OCOP.",
            "Đảm bảo công khai, minh bạch thông tin quá trình sản xuất.",
        ),
        receiving_parties=("Các chủ thể sản phẩm OCOP", "Cơ quan quản lý nhà nước và người tiêu dùng"),
        stages=(
            p.StageRow(name="Khảo sát", due_on="31/03/2026", closed_on="30/03/2026", result="Đã khảo sát 17 sản phẩm"),
            p.StageRow(
                name="Tài liệu hóa tiêu chuẩn",
                due_on="31/05/2026",
                closed_on="29/05/2026",
                result="07 quy trình nhóm sản phẩm",
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
            for n, (name, producer, group) in enumerate(PRODUCTS, 1)
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
        funds=(
            p.FundLine(year="2026", source="Ngân sách nhà nước", planned=450_000_000, disbursed=405_000_000),
            p.FundLine(year="2026", source="Doanh nghiệp", planned=50_000_000, disbursed=50_000_000),
        ),
        funds_planned=500_000_000,
        funds_disbursed=455_000_000,
        difficulties=(),
        proposals=(
            "Công nhận kết quả thực hiện nhiệm vụ.",
            "Nhân rộng mô hình cho các sản phẩm OCOP khác trên địa bàn.",
        ),
        progress_chart=chart(
            "Sản phẩm giao nộp đã ban hành theo giai đoạn",
            ("Khảo sát", 1, 1),
            ("Triển khai hệ thống", 4, 4),
            ("Báo cáo tổng kết", 0, 1),
        ),
        stamps_chart=chart(
            "Tem đã kích hoạt trên số tem đã cấp, theo nhóm sản phẩm",
            ("Cà phê", 15000, 21000),
            ("Mật ong", 6500, 11300),
        ),
    )


def final_report_with_onboarding() -> p.FinalReport:
    """The report of a project whose products came on board by the seven steps."""
    names = (
        "Khảo sát, đánh giá thực trạng từng sản phẩm",
        "Lựa chọn sản phẩm",
        "Tổng hợp nhóm sản phẩm có quy trình tương tự",
        "Xây dựng quy trình, tài liệu hướng dẫn cho nhóm sản phẩm",
        "Mô-đun phù hợp với nhóm sản phẩm",
        "Đào tạo, kê khai, kích hoạt tem",
        "Cung cấp tem truy xuất nguồn gốc",
    )
    done = (17, 14, 14, 14, 9, 5, 2)
    states: tuple[str, ...] = ("Mã CTXQG-0001 (giả lập), ngày 20/11/2026", "Được miễn: Cổng chưa nhận nhóm hàng này")
    states += ("Chưa ghi nhận",) * 12
    provider = "Đơn vị giải pháp truy xuất (giả lập)"
    portal = p.PortalGrounds(
        steps=tuple(
            p.PortalStep(number=number, name=name, done=count, total=17)
            for number, (name, count) in enumerate(zip(names, done, strict=True), 1)
        ),
        steps_chart=chart(
            "Số sản phẩm hoàn thành từng bước",
            *((f"{n}. {name}", count, 17) for n, (name, count) in enumerate(zip(names, done, strict=True), 1)),
        ),
        selected=14,
        refused=3,
        refusals=(
            p.RefusalRow(reason="Chưa tách được lô", products=2),
            p.RefusalRow(reason="Chủ thể ngừng sản xuất", products=1),
        ),
        groups=(
            p.PortalGroup(
                name="Cà phê", products=9, process_on="02/06/2026", module="NBC-CA-PHE (giả lập)",
                module_on="20/07/2026",
            ),
            p.PortalGroup(name="Mật ong", products=5, process_on="02/06/2026", module="Chưa có", module_on=""),
        ),
        supplies=(
            p.SupplyRow(
                provider=provider, products=1, quantity=500, received=500, state_share=0, producer_share=100
            ),
            p.SupplyRow(
                provider=provider, products=3, quantity=1500, received=1480, state_share=70, producer_share=30
            ),
        ),
        stamps_supplied=2000,
        products=tuple(
            p.PortalProduct(name=name, producer=producer, state=state)
            for (name, producer, _group), state in zip(PRODUCTS[:14], states, strict=True)
        ),
        on_portal=1,
        waived=1,
        not_recorded=12,
    )  # fmt: skip
    return replace(final_report(), portal=portal)
