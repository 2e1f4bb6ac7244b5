"""Filled minutes of an acceptance council of nine."""

from documents.samples.shared import AGENCY, OCOP
from projects import contexts as p

SEATS = (
    "Chủ tịch",
    "Phó Chủ tịch",
    "Ủy viên phản biện",
    "Ủy viên phản biện",
    "Ủy viên thư ký khoa học",
    *["Ủy viên"] * 4,
)
THREE = ("Số lượng, khối lượng", "Chất lượng", "Chủng loại")


def _criteria(*names: str, excellent: int = 7) -> tuple[p.CriterionRow, ...]:
    return tuple(p.CriterionRow(criterion=name, excellent=excellent, passed=9 - excellent, failed=0) for name in names)


def council_minutes() -> p.CouncilMinutes:
    return p.CouncilMinutes(
        project_title=OCOP,
        project_code="GL-02",
        host=AGENCY,
        manager="Nguyễn Văn Mẫu (giả lập)",
        decision="45/QĐ-SKHCN ngày 05 tháng 11 năm 2026",
        began="08 giờ 00 ngày 12 tháng 11 năm 2026",
        ended="10 giờ 30 ngày 12 tháng 11 năm 2026",
        place="Phòng họp tầng 2 (giả lập)",
        members=tuple(
            p.CouncilMemberRow(
                name=f"Thành viên {number} (giả lập)",
                office="Chuyên viên, Sở Khoa học và Công nghệ",
                seat=seat,
                presence="Có mặt",
            )
            for number, seat in enumerate(SEATS, start=1)
        ),
        member_count=9,
        present_count=9,
        quorum=("9/9 thành viên có mặt = 1,00 ≥ 2/3", "Chủ trì cuộc họp: Chủ tịch Hội đồng"),
        grades=(
            p.GradeRow(code="D1", title="Báo cáo kết quả khảo sát", criteria=_criteria(*THREE)),
            p.GradeRow(code="D3", title="Tem truy xuất nguồn gốc", criteria=_criteria(*THREE, excellent=8)),
            p.GradeRow(code="D6", title="Báo cáo tổng kết nhiệm vụ", criteria=_criteria("Báo cáo")),
        ),
        sheet_count=9,
        excellent=7,
        passed=2,
        failed=0,
        arithmetic=(
            "7/9 phiếu xuất sắc = 0,78 ≥ 3/4",
            "Phiếu không đạt: 0/9",
            "9/9 phiếu đạt trở lên = 1,00 ≥ 2/3",
            "Kết quả: Xuất sắc, vì đủ tỷ lệ phiếu xuất sắc và không có phiếu không đạt",
        ),
        comments=("Dữ liệu kê khai đầy đủ.",),
        opinions=("Thống nhất nghiệm thu kết quả nhiệm vụ.",),
        result="Xuất sắc",
        presider_name="Thành viên 1 (giả lập)",
        presider_title="CHỦ TỊCH HỘI ĐỒNG",
        secretary_name="Thành viên 5 (giả lập)",
    )
