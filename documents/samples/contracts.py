"""Filled papers of a mission's contract."""

from documents.contexts import contracts as c
from documents.samples.shared import AGENCY, OCOP

ORDERING = c.ContractSide(
    name="Sở Khoa học và Công nghệ tỉnh Gia Lai",
    address="phường Pleiku, tỉnh Gia Lai",
    tax_code="…………………………………",
    account="…………………………………",
    represented_by="Trần Thị Kiểm Thử (giả lập)",
    position="Phó Giám đốc",
)
PERFORMING = c.ContractSide(
    name=AGENCY,
    address="phường Pleiku, tỉnh Gia Lai",
    tax_code="5900000000",
    account="0000000000 tại Kho bạc Nhà nước (giả lập)",
    represented_by="Lê Văn Chủ Trì (giả lập)",
    position="Chi cục trưởng",
)
MANAGER = "Nguyễn Văn Quản Lý (giả lập)"
CONTRACT = "số 03/HĐ-SKHCN ngày 05/03/2026"
SETTLED = "Bên B đã quyết toán toàn bộ kinh phí được cấp; không có khoản phải hoàn trả."
RESULTS = (
    ("D1", "Báo cáo khảo sát, đánh giá hiện trạng các sản phẩm OCOP", "30/05/2026"),
    ("D2", "Bộ tài liệu hướng dẫn truy xuất nguồn gốc", "30/07/2026"),
    ("D3", "Báo cáo tổng kết nhiệm vụ & kiến nghị <nhân rộng>", "15/12/2026"),
)


def _owed() -> tuple[c.OwedResult, ...]:
    return tuple(
        c.OwedResult(code=code, title=title, quantity="01", quality="Được 02 người thẩm định chấp thuận", due_on=due)
        for code, title, due in RESULTS
    )


def _funds() -> tuple[c.MoneyLine, ...]:
    return (
        c.MoneyLine(year="2026", source="Ngân sách nhà nước (sự nghiệp KH&CN)", planned=450_000_000),
        c.MoneyLine(year="2026", source="Doanh nghiệp", planned=50_000_000),
    )


def task_explanation() -> c.TaskExplanation:
    return c.TaskExplanation(
        project_title=OCOP,
        project_code="GL-02",
        place_date="Gia Lai, ngày …… tháng …… năm ………",
        ordered_by=ORDERING.name,
        host=AGENCY,
        head_name="Lê Văn Chủ Trì (giả lập)",
        manager=MANAGER,
        starts_on="05/03/2026",
        ends_on="31/12/2026",
        objectives=("Áp dụng truy xuất nguồn gốc cho ít nhất 17 sản phẩm OCOP của tỉnh",),
        need=("Phần lớn chủ thể OCOP còn ghi chép bằng sổ giấy, chưa có mã truy vết cho từng lô.",),
        methods=("Khảo sát tại cơ sở, xây dựng quy trình theo nhóm sản phẩm có quy trình sản xuất tương tự.",),
        cooperation=("Đơn vị chủ trì làm việc với từng chủ thể; đơn vị tư vấn xây dựng quy trình và tập huấn.",),
        stages=(
            c.WorkStage(
                name="Khảo sát, đánh giá hiện trạng",
                starts_on="05/03/2026",
                ends_on="30/05/2026",
                goals=("Khảo sát xong các chủ thể", "D1. Báo cáo khảo sát"),
            ),
            c.WorkStage(name="Tập huấn", starts_on="01/06/2026", ends_on="30/06/2026", goals=()),
        ),
        deliverables=_owed(),
        deliverable_count=3,
        products_required=17,
        producers_required=14,
        receiving_parties=("Các chủ thể sản phẩm OCOP", "Cơ quan quản lý nhà nước"),
        transfer=("Bàn giao tài khoản, tài liệu và tập huấn tại cơ sở.",),
        effects=("Người mua tra cứu được nguồn gốc của từng lô.",),
        funds=_funds(),
        funds_planned=500_000_000,
        costs=(
            c.CostLine(name="Trả công lao động", amount=220_000_000),
            c.CostLine(name="Nguyên vật liệu, tem truy xuất nguồn gốc", amount=180_000_000),
            c.CostLine(name="Hội nghị, tập huấn và chi khác", amount=100_000_000),
        ),
    )


def task_contract() -> c.TaskContract:
    return c.TaskContract(
        project_title=OCOP,
        project_code="GL-02",
        signed_at=ORDERING.name,
        ordering=ORDERING,
        performing=PERFORMING,
        manager=MANAGER,
        starts_on="05/03/2026",
        ends_on="31/12/2026",
        deliverables=_owed(),
        value=500_000_000,
        value_in_words="Năm trăm triệu",
        funds=_funds(),
        instalments=(
            c.Instalment(amount=250_000_000, condition="Sau khi ký hợp đồng"),
            c.Instalment(amount=150_000_000, condition="Sau khi Bên A chấp nhận báo cáo giữa kỳ"),
            c.Instalment(amount=100_000_000, condition="Sau khi nghiệm thu"),
        ),
        instalment_total=500_000_000,
        terms=("Bên B bàn giao bản mềm của mọi sản phẩm cùng bản giấy.",),
        copies="06",
    )


def progress_report() -> c.ProgressReport:
    return c.ProgressReport(
        project_title=OCOP,
        project_code="GL-02",
        contract=CONTRACT,
        addressee=ORDERING.name,
        host=AGENCY,
        manager=MANAGER,
        period="quý II năm 2026",
        from_on="01/04/2026",
        to_on="30/06/2026",
        works=(
            c.DoneWork(
                kind="Sản phẩm",
                title="D1. Báo cáo khảo sát",
                due_on="30/05/2026",
                state="Hoàn thành ngày 28/05/2026, số 12/BC-CCTĐC",
            ),
            c.DoneWork(
                kind="Công việc",
                title="Tập huấn đợt 1",
                due_on="15/06/2026",
                state="Đạt 60 %, chậm 15 ngày",
            ),
        ),
        work_count=2,
        done_count=1,
        results=("Các chủ thể đã quen với việc ghi nhật ký điện tử.",),
        difficulties=(
            c.ReportedDifficulty(
                text="Chưa thống nhất mẫu nhật ký sản xuất với các chủ thể",
                needed="Chọn một mẫu dùng chung",
                answer="Chưa có",
            ),
        ),
        funds=tuple(
            c.SpentLine(year=row.year, source=row.source, planned=row.planned, disbursed=paid)
            for row, paid in zip(_funds(), (225_000_000, 0), strict=True)
        ),
        funds_planned=500_000_000,
        funds_disbursed=225_000_000,
        coming=(c.PlannedWork(kind="Sản phẩm", title="D2. Bộ tài liệu hướng dẫn", due_on="30/07/2026"),),
        next_steps=("Hoàn thành tập huấn, cấp tem cho nhóm sản phẩm đầu tiên.",),
        proposals=("Cho phép lùi thời hạn tập huấn đến ngày 15/07/2026.",),
    )


def acceptance_file() -> c.AcceptanceFile:
    return c.AcceptanceFile(
        project_title=OCOP,
        project_code="GL-02",
        contract=CONTRACT,
        addressee=ORDERING.name,
        host=AGENCY,
        manager=MANAGER,
        ends_on="31/12/2026",
        dossier=(
            c.FiledPaper(
                title="D1 Báo cáo khảo sát",
                need="Bắt buộc",
                papers=("12/BC-CCTĐC, ngày 28/05/2026",),
                state="Đã có",
            ),
            c.FiledPaper(title="D3 Báo cáo tổng kết", need="Bắt buộc", papers=(), state="Thiếu: mới là dự thảo"),
            c.FiledPaper(title="Thuyết minh nhiệm vụ", need="Nếu có", papers=("Bản 2",), state="Đã có"),
        ),
        dossier_count=3,
        filled_count=2,
        missing=("D3 Báo cáo tổng kết",),
        missing_count=1,
        remarks=("Báo cáo tổng kết được nộp bổ sung trước ngày họp Hội đồng.",),
    )


def liquidation_minutes() -> c.LiquidationMinutes:
    return c.LiquidationMinutes(
        project_title=OCOP,
        project_code="GL-02",
        held_on="20/01/2027",
        place=ORDERING.name,
        contract=CONTRACT,
        ordering=ORDERING,
        performing=PERFORMING,
        outcome="Nhiệm vụ được công nhận hoàn thành ngày 10/01/2027; Hội đồng nghiệm thu đánh giá: Đạt",
        delivered=tuple(
            c.DeliveredResult(
                code=code,
                title=title,
                number="" if code == "D2" else f"1{code[1]}/BC-CCTĐC",
                issued_on="" if code == "D2" else due,
                state="Chưa giao nộp" if code == "D2" else "Đã giao nộp",
            )
            for code, title, due in RESULTS
        ),
        delivered_count=2,
        deliverable_count=3,
        value=500_000_000,
        paid=400_000_000,
        unpaid=100_000_000,
        settlement=(SETTLED,),
        assets=("Không hình thành tài sản.",),
        agreements=("Bên B nộp bổ sung sản phẩm D2 trước ngày 15/02/2027",),
        copies="04",
    )
