"""Filled papers of plans: notice, yearly plan, decision of several phases, priority list. All names are fictional."""

from documents.contexts import plans as c
from documents.samples.shared import AGENCY, CHAIN, OCOP

DEPARTMENT = "Sở Khoa học và Công nghệ (giả lập)"
COMMITTEE = "Ủy ban nhân dân tỉnh Demo (giả lập)"


def _body(opening: str) -> tuple[c.Passage, ...]:
    return (
        c.Passage(heading="", lines=(opening,)),
        c.Passage(
            heading="I. MỤC TIÊU",
            lines=(
                "- Nâng cao nhận thức của xã hội, các cơ quan, tổ chức và doanh nghiệp về truy xuất nguồn gốc.",
                "- Nhận diện và truy xuất được nguồn gốc một số sản phẩm chủ lực, đặc trưng của tỉnh.",
            ),
        ),
        c.Passage(heading="II. NHIỆM VỤ", lines=()),
        c.Passage(
            heading="1. Tuyên truyền, nâng cao nhận thức",
            lines=("- Tập huấn cho 100 đối tượng về mã số mã vạch, ghi nhãn hàng hóa, công bố tiêu chuẩn áp dụng.",),
        ),
        c.Passage(heading="2. Mục tiêu cụ thể", lines=()),
        c.Passage(
            heading="2.1. Giai đoạn 2026 - 2030",
            lines=("- 100% tổ chức, cá nhân sản xuất, kinh doanh trên địa bàn được tập huấn.",),
        ),
        c.Passage(
            heading="III. KINH PHÍ THỰC HIỆN",
            lines=("Kinh phí thực hiện Kế hoạch được bảo đảm từ kinh phí sự nghiệp khoa học và công nghệ.",),
        ),
        c.Passage(
            heading="IV. TỔ CHỨC THỰC HIỆN",
            lines=(f"Giao {AGENCY} tổ chức, phối hợp triển khai các nhiệm vụ của Kế hoạch; tổng hợp báo cáo.",),
        ),
    )


def yearly_plan() -> c.YearlyPlan:
    return c.YearlyPlan(
        title="Triển khai, áp dụng và quản lý hệ thống truy xuất nguồn gốc năm 2026",
        passages=_body(f"{DEPARTMENT} xây dựng Kế hoạch năm 2026, cụ thể như sau:"),
        closing="Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, báo cáo lãnh đạo Sở để kịp thời chỉ đạo.",
        annex_label="Phụ lục",
        annex_title="Nội dung, tiến độ và kinh phí thực hiện",
        sections=(
            c.PlanSection(
                heading="",
                rows=(
                    c.PlanRow(
                        number="1",
                        content=("Tham mưu ban hành danh mục sản phẩm, hàng hóa trọng điểm, ưu tiên.",),
                        lead=AGENCY,
                        partners="Sở Nông nghiệp và Môi trường; Sở Công Thương; Sở Y tế",
                        period="Quý II/2026",
                        funding="",
                    ),
                    c.PlanRow(
                        number="3",
                        content=(
                            "Tổ chức 02 lớp tập huấn, mỗi lớp 50 người.",
                            "Nội dung: tiêu chuẩn về truy xuất nguồn gốc; mã số mã vạch; ghi nhãn.",
                        ),
                        lead=AGENCY,
                        partners="Các hợp tác xã",
                        period="Quý II-III/2026",
                        funding="Kinh phí sự nghiệp KHCN năm 2026",
                    ),
                ),
            ),
            c.PlanSection(
                heading="B. Nhiệm vụ thường xuyên",
                rows=(
                    c.PlanRow(
                        number="4",
                        content=("Viết bài tuyên truyền về truy xuất nguồn gốc.",),
                        lead=AGENCY,
                        partners="",
                        period="Hàng năm",
                        funding="",
                    ),
                ),
            ),
        ),
    )


def phase_decision() -> c.PhaseDecision:
    def row(number: str, content: str, period: str) -> c.PhaseRow:
        return c.PhaseRow(
            number=number,
            content=(content,),
            lead="Sở Khoa học và Công nghệ",
            partners="Sở Nông nghiệp và Môi trường; Sở Công Thương; các đơn vị liên quan",
            period=period,
            note="",
        )

    return c.PhaseDecision(
        about="Ban hành Kế hoạch truy xuất nguồn gốc sản phẩm, hàng hóa giai đoạn 2026 - 2035",
        authority="Chủ tịch " + COMMITTEE,
        plan_name="truy xuất nguồn gốc sản phẩm, hàng hóa giai đoạn 2026 - 2035",
        executors="Chánh Văn phòng; Giám đốc Sở Khoa học và Công nghệ; Thủ trưởng các cơ quan, đơn vị có liên quan",
        passages=_body(f"{COMMITTEE} xây dựng Kế hoạch với những nội dung sau:"),
        closing="Các cơ quan, đơn vị căn cứ Kế hoạch này chủ động triển khai; định kỳ trước ngày 30/11 gửi báo cáo.",
        annexes=(
            c.PhaseAnnex(
                label="Phụ lục I",
                title="Nhiệm vụ và tiến độ thực hiện",
                phase="I. Giai đoạn 2026 - 2030",
                rows=(
                    row("1", "Rà soát danh mục sản phẩm chủ lực cần ưu tiên truy xuất nguồn gốc.", "2026"),
                    row("2", "Đào tạo, tập huấn (01 lớp) cho các sở, ban, ngành.", "2027"),
                    row("3", "Thông tin, tuyên truyền trên các phương tiện thông tin đại chúng.", "Hàng năm"),
                ),
            ),
            c.PhaseAnnex(
                label="Phụ lục II",
                title="Nhiệm vụ và tiến độ thực hiện",
                phase="II. Giai đoạn 2031 - 2035",
                rows=(row("1", "Hoàn thiện, nâng cấp cơ sở dữ liệu truy xuất nguồn gốc.", "Quý IV"),),
            ),
        ),
    )


def mission_notice() -> c.MissionNotice:
    missions = (
        c.TaskRow(
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
            recipients="Các đơn vị cung ứng, sản xuất, phân phối, cơ quan quản lý và người tiêu dùng của chuỗi.",
        ),
        c.TaskRow(
            number="2",
            title="Nhiệm vụ: " + OCOP + "¹",
            objectives=("Đảm bảo thống nhất, thực hiện đúng quy định trong truy xuất nguồn gốc sản phẩm OCOP.",),
            deliverables=(
                "Báo cáo kết quả khảo sát hiện trạng, nhu cầu, quy trình TXNG của các sản phẩm OCOP.",
                "Báo cáo tổng kết nhiệm vụ.",
            ),
            recipients="Các chủ thể sản phẩm OCOP, đơn vị cung ứng, cơ quan quản lý nhà nước và người tiêu dùng.",
        ),
    )
    return c.MissionNotice(
        title="Danh mục nhiệm vụ KH&CN về xây dựng mô hình áp dụng hệ thống truy xuất nguồn gốc năm 2022",
        mission_titles=tuple(task.title.removeprefix("Nhiệm vụ: ").rstrip("¹") for task in missions),
        mission_count=2,
        eligible="Các tổ chức khoa học và công nghệ, doanh nghiệp, hợp tác xã có đủ năng lực chuyên môn.",
        dossier=("Đơn đăng ký chủ trì thực hiện nhiệm vụ", "Thuyết minh nhiệm vụ", "Lý lịch khoa học của chủ nhiệm"),
        deadline="17 giờ 00 ngày 18/3/2022",
        address=f"{AGENCY}, số 1 đường Demo (giả lập)",
        contact="Phòng Quản lý tiêu chuẩn chất lượng, điện thoại 0900 000 111",
        annex_label="Phụ lục I",
        tasks=missions,
        notes=(
            "¹ Nhiệm vụ có quy mô triển khai áp dụng tối thiểu từ 17 sản phẩm OCOP (cho 17 chủ thể sản phẩm) trở lên.",
        ),
    )


def _listing() -> c.PriorityList:
    return c.PriorityList(
        period="giai đoạn 2026 - 2030",
        place="trên địa bàn tỉnh Demo",
        rows=(
            c.PriorityRow(
                name="Cà phê nhân, cà phê rang xay",
                field="Nông nghiệp",
                place="HTX Nông nghiệp Hoa Núi (giả lập)",
                export_reason="Thị trường xuất khẩu yêu cầu chứng minh vùng trồng.",
                safety_reason="Kiểm soát dư lượng thuốc bảo vệ thực vật.",
                proposed_by="Sở Nông nghiệp và Môi trường",
            ),
            c.PriorityRow(
                name="Mật ong",
                field="Thực phẩm",
                place="HTX Ong mật Demo Ia Pa (giả lập)",
                export_reason="Nhu cầu trong nước tăng.",
                safety_reason="Nguy cơ pha trộn, mạo nhận nguồn gốc.",
                proposed_by="Sở Công Thương",
            ),
        ),
        count=2,
    )


def priority_submission() -> c.PrioritySubmission:
    return c.PrioritySubmission(
        addressee=COMMITTEE,
        about="Phê duyệt danh mục sản phẩm, hàng hóa trọng điểm ưu tiên truy xuất nguồn gốc",
        reasons=("Việc xác định danh mục ưu tiên giúp tập trung nguồn lực cho các sản phẩm có thế mạnh của tỉnh.",),
        process=("Các sở, ngành đề xuất; cơ quan trình đã tổng hợp, rà soát và lấy ý kiến các đơn vị liên quan.",),
        criteria=("Nhu cầu của thị trường, ưu tiên thị trường xuất khẩu", "Yêu cầu về vệ sinh, an toàn thực phẩm"),
        listing=_listing(),
        funding="Kinh phí bố trí trong dự toán được giao hằng năm.",
        attachments=("Dự thảo Quyết định phê duyệt danh mục", "Bảng tổng hợp, giải trình ý kiến góp ý"),
    )


def priority_decision() -> c.PriorityDecision:
    return c.PriorityDecision(
        about="Phê duyệt danh mục sản phẩm, hàng hóa trọng điểm ưu tiên truy xuất nguồn gốc",
        authority="Chủ tịch " + COMMITTEE,
        executing_agency=DEPARTMENT,
        duties=("Công bố danh mục và hướng dẫn các chủ thể áp dụng", "Rà soát, đề xuất điều chỉnh danh mục hằng năm"),
        executors="Chánh Văn phòng; Giám đốc Sở Khoa học và Công nghệ; Thủ trưởng các đơn vị có liên quan",
        listing=_listing(),
    )
