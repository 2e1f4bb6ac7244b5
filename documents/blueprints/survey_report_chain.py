"""Survey report of a chain: production, purchasing, preliminary processing and traceability."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column
from documents.blueprints.survey_tables import DAYS, organisations_table

ANSWERS = (
    Column(heading="TT", share=8, text="{{ loop.index }}", align="center"),
    Column(heading="Cơ sở được khảo sát", share=32, text="{{ answer.party }}"),
    Column(heading="Kết quả ghi nhận", share=60, text="{{ answer.text }}"),
)


def compose(sheet: Sheet) -> None:
    """Write the report: its four subjects are sections II to V."""
    sheet.letterhead()
    sheet.title(
        "Báo cáo",
        "Đánh giá hiện trạng sản xuất, thu mua, sơ chế và truy xuất nguồn gốc sản phẩm {{ paper.product_name }}",
    )
    sheet.legal_bases()
    sheet.text(
        "Thực hiện nhiệm vụ {{ paper.project_title|quoted }}, {{ letterhead.agency }} đã tổ chức khảo sát các cơ sở "
        "tham gia chuỗi sản xuất, cung ứng sản phẩm và báo cáo kết quả như sau:"
    )
    _method(sheet)
    _subjects(sheet)
    _assessment(sheet)
    sheet.signatures()


def _method(sheet: Sheet) -> None:
    sheet.heading("I. MỤC ĐÍCH, PHẠM VI VÀ PHƯƠNG PHÁP KHẢO SÁT")
    sheet.text(
        "**1. Mục đích.** Làm rõ hiện trạng và nhu cầu quản lý của chuỗi, làm căn cứ thiết kế quy trình và xây dựng "
        "hệ thống truy xuất nguồn gốc phù hợp tiêu chuẩn quốc gia."
    )
    sheet.text(
        f"**2. Thời gian và phạm vi.** Khảo sát {DAYS} tại "
        "{{ paper.party_count|count }} cơ sở thuộc các khâu của chuỗi, danh sách tại Bảng 1."
    )
    sheet.text(
        "**3. Phương pháp.** Phỏng vấn trực tiếp theo phiếu khảo sát, quan sát tại cơ sở, đối chiếu sổ sách, nhãn và "
        "hồ sơ chất lượng do cơ sở cung cấp. Số liệu trong báo cáo được tổng hợp từ các phiếu đã thu."
    )
    sheet.caption("Bảng 1. Danh sách cơ sở được khảo sát")
    sheet.table(
        "party in paper.parties",
        [
            Column(heading="TT", share=8, text="{{ loop.index }}", align="center"),
            Column(heading="Tên cơ sở", share=34, text="{{ party.name }}"),
            Column(heading="Khâu, loại hình", share=22, text="{{ party.kind }}"),
            Column(heading="Địa điểm", share=20, text="{{ party.place }}"),
            Column(heading="Ngày khảo sát", share=16, text="{{ party.surveyed_on }}", align="center"),
        ],
    )


def _subjects(sheet: Sheet) -> None:
    sheet.heading("II. HIỆN TRẠNG SẢN XUẤT")
    sheet.text("Quy mô, vùng nguyên liệu, giống, quy trình canh tác và việc ghi chép tại các cơ sở như sau:")
    sheet.table("answer in paper.production", ANSWERS)
    sheet.heading("III. HIỆN TRẠNG THU MUA")
    sheet.text("Hình thức thu mua, phân loại, chứng từ giao nhận và việc phân biệt nguồn hàng như sau:")
    sheet.table("answer in paper.purchasing", ANSWERS)
    sheet.heading("IV. HIỆN TRẠNG SƠ CHẾ")
    sheet.text("Hoạt động làm sạch, phân loại, đóng gói, bảo quản và việc tách lô hàng như sau:")
    sheet.table("answer in paper.processing", ANSWERS)
    sheet.heading("V. HIỆN TRẠNG TRUY XUẤT NGUỒN GỐC")
    sheet.text("Việc ghi nhật ký, sử dụng mã số mã vạch, nhãn, tem và phần mềm tại các cơ sở như sau:")
    sheet.table("answer in paper.traceability", ANSWERS)
    sheet.caption("Bảng 2. Số liệu tổng hợp từ phiếu khảo sát")
    sheet.table(
        "figure in paper.figures",
        [
            Column(heading="TT", share=8, text="{{ loop.index }}", align="center"),
            Column(heading="Chỉ tiêu", share=52, text="{{ figure.label }}"),
            Column(heading="Số cơ sở", share=14, text="{{ figure.count }}", align="right"),
            Column(heading="Tổng số", share=12, text="{{ figure.total }}", align="right"),
            Column(heading="Tỷ lệ", share=14, text="{{ figure.share }}", align="right"),
        ],
    )
    sheet.chart("paper.figures_chart", number="Hình 1. ")
    sheet.caption("Bảng 3. Công bố tiêu chuẩn, hệ thống quản lý chất lượng, mã số mã vạch theo cơ sở")
    organisations_table(sheet)
    sheet.chart("paper.capacity_chart", number="Hình 2. ")


def _assessment(sheet: Sheet) -> None:
    sheet.heading("VI. NHU CẦU VÀ ĐÁNH GIÁ KHOẢNG CÁCH SO VỚI TIÊU CHUẨN")
    sheet.text("**1. Nhu cầu của các cơ sở**")
    sheet.items("answer in paper.needs", "{{ answer.party }}: {{ answer.text }}")
    sheet.text("**2. Tiêu chuẩn dùng để đánh giá**")
    sheet.items("standard in paper.standards", "{{ standard.code }}, {{ standard.title }}")
    sheet.caption("Bảng 4. Khoảng cách so với yêu cầu")
    sheet.table(
        "gap in paper.gaps",
        [
            Column(heading="TT", share=8, text="{{ loop.index }}", align="center"),
            Column(heading="Yêu cầu", share=30, text="{{ gap.requirement }}"),
            Column(heading="Hiện trạng", share=31, text="{{ gap.found }}"),
            Column(heading="Việc cần thực hiện", share=31, text="{{ gap.action }}"),
        ],
    )
    sheet.heading("VII. KẾT LUẬN, KIẾN NGHỊ")
    sheet.text(
        "Kết quả khảo sát tại {{ paper.party_count|count }} cơ sở là căn cứ để xây dựng bộ tài liệu áp dụng và thiết "
        "kế các khâu của hệ thống truy xuất nguồn gốc. {{ letterhead.agency }} kiến nghị:"
    )
    sheet.items("proposal in paper.proposals", "{{ proposal }}")
    sheet.closing("Trên đây là báo cáo đánh giá hiện trạng của nhiệm vụ {{ paper.project_title|quoted }}")


BLUEPRINT = Blueprint(version=4, title="Báo cáo đánh giá hiện trạng", compose=compose)
