"""Filled papers on classes, a survey form, and a handbook."""

from documents.contexts import classes as c
from documents.contexts.producers import Party
from documents.samples.selection import CITED, FRUIT, MINIMUM, STEPS
from documents.samples.shared import AGENCY, OCOP

TOPICS = (
    "Mã số mã vạch, mã QR và vòng seal bảo vệ",
    "Nhật ký điện tử theo công đoạn sản xuất",
    "Kích hoạt tem và tra cứu trên điện thoại",
)
CLASS = "lớp tập huấn số 1"
HALL = "Hội trường xã (giả lập)"
SIDES = (
    c.SideFigures(name="HTX Nông nghiệp Hoa Núi (giả lập)", kind="Chủ thể", invited=2, present=2, passed=2),
    c.SideFigures(name="HTX Ong mật Demo Ia Pa (giả lập)", kind="Chủ thể", invited=1, present=1, passed=0),
    c.SideFigures(name="Hộ KD Măng Demo (giả lập)", kind="Chủ thể", invited=1, present=0, passed=0),
    c.SideFigures(name="Phòng Kinh tế (giả lập)", kind="Cơ quan", invited=1, present=2, passed=1),
)


def survey_form() -> c.SurveyForm:
    return c.SurveyForm(
        place_date="Ia Tô, ngày 09 tháng 3 năm 2026",
        title="Phiếu khảo sát sản phẩm",
        version=2,
        introduction="Hỏi tại cơ sở, đối chiếu với sổ sách, nhãn và hồ sơ chất lượng. Chưa biết thì để trống.",
        agency=AGENCY,
        project_title=OCOP,
        party=Party(
            name="HTX Nông nghiệp Demo Ia Tô (giả lập)",
            kind="Hợp tác xã",
            tax_code="5901234567",
            address="thôn 6, xã Ia Tô",
            representative="Siu Đại Diện (giả lập)",
            phone="0900 000 013",
        ),
        product_name="Sầu riêng Ia Tô",
        group_name="Trái cây",
        trace_code="GL-000012",
        sections=(
            c.SurveySection(
                name="I. Sản xuất, thu mua, sơ chế",
                questions=(
                    c.SurveyQuestion(
                        text="Hiện trạng sản xuất và nguồn nguyên liệu",
                        hint="Diện tích, số hộ liên kết, mùa vụ, vật tư chính.",
                        reply=("12 ha, 18 hộ liên kết, thu hoạch từ tháng 7 đến tháng 9.",),
                    ),
                    c.SurveyQuestion(text="Sản lượng một năm (tấn)", hint="", reply=("85",)),
                    c.SurveyQuestion(text="Hiện trạng thu mua", hint="", reply=("…………………………………",) * 3),
                ),
            ),
            c.SurveySection(
                name="II. Tiêu chuẩn, hệ thống quản lý chất lượng",
                questions=(
                    c.SurveyQuestion(text="Sản phẩm đã công bố tiêu chuẩn áp dụng", hint="", reply=("☒ Có", "☐ Không")),
                    c.SurveyQuestion(
                        text="Hệ thống quản lý chất lượng đang áp dụng",
                        hint="Đánh dấu mọi hệ thống đang áp dụng.",
                        reply=("☒ VietGAP", "☐ HACCP", "☐ ISO 22000", "☐ Hữu cơ"),
                    ),
                ),
            ),
        ),
        surveyor="Rơ Châm Khảo Sát (giả lập)",
    )


def training_plan() -> c.TrainingPlan:
    return c.TrainingPlan(
        project_title=OCOP,
        project_code="GL-02",
        task_title="Tổ chức 02 lớp tập huấn, mỗi lớp 50 người",
        task_period="Quý II năm 2026",
        purpose=(
            "Người tham dự hiểu quy định về truy xuất nguồn gốc và làm được phần việc ghi nhận, kê khai của mình",
            "Mời đúng đối tượng, kiểm tra cuối lớp",
        ),
        planned_classes=(
            c.PlannedClass(
                title="Lớp tập huấn số 1", audience="Chủ thể", topics=TOPICS, seats=50, day="14/06/2026", place=HALL
            ),
            c.PlannedClass(
                title="Lớp tập huấn số 2",
                audience="Cơ quan quản lý",
                topics=TOPICS[:1],
                seats=50,
                day="Chậm nhất 30/06/2026",
                place="…………",
            ),
        ),
        class_count=2,
        seat_total=100,
        lead=AGENCY,
        partners="Phòng Kinh tế các địa phương, các hợp tác xã",
        funding="kinh phí sự nghiệp khoa học và công nghệ năm 2026",
        in_charge="Nguyễn Thị Chủ Nhiệm (giả lập), điện thoại 0900 000 099",
        duties=(
            "Người phụ trách mời giảng viên, lập danh sách mời, chuẩn bị tài liệu và báo cáo kết quả từng lớp",
            "Cơ quan, đơn vị phối hợp cử người tham dự và vận động các chủ thể tham dự đầy đủ",
        ),
    )


def class_invitation() -> c.ClassInvitation:
    return c.ClassInvitation(
        project_title=OCOP,
        class_title=CLASS,
        topics=TOPICS,
        days=(
            "08 giờ 00 phút, ngày 14/06/2026",
            "07 giờ 30 phút, ngày 15/06/2026: thực hành tại cơ sở",
        ),
        place=HALL,
        to_bring=("Mang theo giấy mời có mã của từng người để điểm danh", "Mang theo điện thoại thông minh"),
        contact="Nguyễn Thị Chủ Nhiệm (giả lập), điện thoại 0900 000 099",
        invited=(
            c.InvitedSide(
                name="HTX Nông nghiệp Hoa Núi (giả lập)",
                people=("Siu Hoa (giả lập)", "Rơ Châm Núi (giả lập)"),
                seats=2,
            ),
            c.InvitedSide(name="HTX Ong mật Demo Ia Pa (giả lập)", people=("Nay Ong (giả lập)",), seats=1),
            c.InvitedSide(name="Phòng Kinh tế (giả lập)", people=("Lê Thị Kinh Tế (giả lập)",), seats=1),
        ),
        side_count=3,
        invited_count=4,
    )


def class_minutes() -> c.ClassMinutes:
    return c.ClassMinutes(
        project_title=OCOP,
        class_title="Lớp tập huấn số 1",
        began="08 giờ 00 phút, ngày 14/06/2026",
        ended="16 giờ 30 phút, ngày 15/06/2026",
        place=HALL,
        audience="Chủ thể và cơ quan quản lý",
        chair_name="Trần Thị Kiểm Thử (giả lập)",
        chair_title="Phó Chi cục trưởng",
        secretary_name="Lê Văn Ghi Chép (giả lập)",
        secretary_title="chuyên viên",
        teachers=("Phạm Văn Giảng (giả lập), đơn vị tư vấn", "Lê Thị Hướng Dẫn (giả lập), cán bộ hỗ trợ"),
        topics=TOPICS,
        handouts=("Hướng dẫn ghi nhật ký điện tử", "Hướng dẫn kích hoạt tem"),
        invited_count=5,
        absent_count=1,
        present_count=5,
        organisation_count=3,
        passed_count=3,
        sides=SIDES,
        opinions=("Đề nghị hướng dẫn thêm tại cơ sở cho người lớn tuổi",),
        conclusions=("Cán bộ hỗ trợ đến hướng dẫn tại cơ sở trước ngày 30/06/2026",),
    )


def class_report() -> c.ClassReport:
    return c.ClassReport(
        project_title=OCOP,
        class_title=CLASS,
        held_on="14/06/2026",
        place=HALL,
        audience="Chủ thể và cơ quan quản lý",
        topics=TOPICS,
        seats=50,
        invited_count=5,
        absent_count=1,
        present_count=5,
        passed_count=3,
        passed_share="60 %",
        sides=SIDES,
        producer_count=3,
        covered_count=2,
        covered_share="66,7 %",
        uncovered=("Hộ KD Măng Demo (giả lập)",),
        assessment=("Nội dung sát với việc hằng ngày của chủ thể; phần thực hành chiếm hơn nửa thời gian",),
        next_steps=(
            "Cấp giấy chứng nhận cho người đạt kiểm tra",
            "Mời các chủ thể chưa có người tham dự vào lớp tiếp theo",
        ),
    )


def handbook() -> c.Handbook:
    return c.Handbook(
        authority=f"Chi cục trưởng {AGENCY}",
        project_title=OCOP,
        group_name="Trái cây",
        products=FRUIT,
        product_count=len(FRUIT),
        standards=CITED,
        process_text=(
            "Thu hoạch theo vườn, mỗi vườn mỗi ngày một lô.",
            "Sơ chế, phân loại, đóng gói tại xưởng có mã địa điểm; không gộp lô của hai vườn.",
        ),
        steps=STEPS,
        guide=("Người ghi nhật ký mở lô vào đầu ngày hái, ghi từng công đoạn ngay khi làm xong.",),
        minimum_items=MINIMUM,
        system_address="https://txng.vidu.example",
        contacts=(
            c.HelpContact(name="Lê Thị Hướng Dẫn (giả lập)", role="Hướng dẫn, hỗ trợ tại cơ sở", phone="0900 000 098"),
            c.HelpContact(name="Nguyễn Thị Chủ Nhiệm (giả lập)", role="Chủ nhiệm nhiệm vụ", phone="0900 000 099"),
        ),
    )
