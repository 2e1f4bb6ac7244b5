"""Minutes of an acceptance council's meeting, with the sums that give its result."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column

NUMBER = Column(heading="TT", share=7, text="{{ loop.index }}", align="center")


def compose(sheet: Sheet) -> None:
    """Write the minutes: the meeting, its members, the sheets, the sums, the conclusion, two signatures."""
    sheet.letterhead()
    sheet.title("Biên bản", "Họp Hội đồng nghiệm thu nhiệm vụ {{ paper.project_title|quoted }}")
    sheet.legal_bases()
    _meeting(sheet)
    _grades(sheet)
    _result(sheet)
    sheet.two_signatures(
        left=("THƯ KÝ HỘI ĐỒNG", "{{ paper.secretary_name }}"),
        right=("{{ paper.presider_title }}", "{{ paper.presider_name }}"),
    )


def _meeting(sheet: Sheet) -> None:
    sheet.heading("I. THÔNG TIN CHUNG")
    sheet.text("**1. Tên nhiệm vụ:** {{ paper.project_title }} (mã số: {{ paper.project_code }}).")
    sheet.text("**2. Đơn vị chủ trì:** {{ paper.host }}; chủ nhiệm nhiệm vụ: {{ paper.manager }}.")
    sheet.text("**3. Quyết định thành lập Hội đồng:** số {{ paper.decision }}.")
    sheet.text("**4. Thời gian, địa điểm:** bắt đầu lúc {{ paper.began }}, tại {{ paper.place }}.")
    sheet.text(
        "**5. Thành viên Hội đồng:** có mặt {{ paper.present_count|count }} trên tổng số "
        "{{ paper.member_count|count }} thành viên, gồm:"
    )
    sheet.table(
        "member in paper.members",
        [
            NUMBER,
            Column(heading="Họ và tên", share=27, text="{{ member.name }}"),
            Column(heading="Chức vụ, đơn vị", share=31, text="{{ member.office }}"),
            Column(heading="Chức danh trong Hội đồng", share=19, text="{{ member.seat }}"),
            Column(heading="Dự họp", share=16, text="{{ member.presence }}"),
        ],
    )
    sheet.text("**6. Điều kiện họp:**")
    sheet.items("line in paper.quorum", "{{ line }}")


def _grades(sheet: Sheet) -> None:
    sheet.heading("II. KẾT QUẢ ĐÁNH GIÁ")
    sheet.text("Các thành viên có mặt đánh giá bằng phiếu. Số phiếu theo từng mức đối với từng sản phẩm của nhiệm vụ:")
    sheet.table(
        "row in paper.grades",
        [
            Column(heading="Mã", share=7, text="{{ row.code }}", align="center"),
            Column(heading="Sản phẩm", share=36, text="{{ row.title }}"),
            Column(heading="Tiêu chí", share=29, text=("line in row.criteria", "{{ line.criterion }}")),
            Column(heading="Xuất sắc", share=9, text=("line in row.criteria", "{{ line.excellent }}"), align="center"),
            Column(heading="Đạt", share=8, text=("line in row.criteria", "{{ line.passed }}"), align="center"),
            Column(heading="Không đạt", share=11, text=("line in row.criteria", "{{ line.failed }}"), align="center"),
        ],
        total=[
            "",
            "Đánh giá chung ({{ paper.sheet_count }} phiếu)",
            "",
            "{{ paper.excellent }}",
            "{{ paper.passed }}",
            "{{ paper.failed }}",
        ],
    )
    sheet.text("**Cách tính kết quả:**")
    sheet.items("line in paper.arithmetic", "{{ line }}")


def _result(sheet: Sheet) -> None:
    sheet.heading("III. Ý KIẾN VÀ KẾT LUẬN CỦA HỘI ĐỒNG")
    with sheet.when("paper.comments"):
        sheet.text("**1. Nhận xét trong phiếu đánh giá:**")
    sheet.items("comment in paper.comments", "{{ comment }}")
    with sheet.when("not paper.comments"):
        sheet.text("**1. Nhận xét trong phiếu đánh giá:** không có.")
    with sheet.when("paper.opinions"):
        sheet.text("**2. Ý kiến của Hội đồng:**")
    sheet.items("opinion in paper.opinions", "{{ opinion }}")
    with sheet.when("not paper.opinions"):
        sheet.text("**2. Ý kiến của Hội đồng:** không có ý kiến bổ sung.")
    sheet.text("**3. Kết quả nghiệm thu:** nhiệm vụ được Hội đồng đánh giá ở mức **{{ paper.result }}**.")
    sheet.closing("Cuộc họp kết thúc lúc {{ paper.ended }}. Biên bản đã được thông qua tại cuộc họp")


BLUEPRINT = Blueprint(version=2, title="Biên bản họp Hội đồng nghiệm thu", compose=compose)
