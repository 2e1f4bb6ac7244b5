"""Minutes of the meeting that selected products for traceability, and the groups that they form."""

from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column
from documents.blueprints.product_tables import NUMBER, chosen_groups


def compose(sheet: Sheet) -> None:
    """Write the minutes: who met, the rules, the result by groups, what was not selected, what was said."""
    sheet.letterhead()
    sheet.title("Biên bản", "Họp xét chọn sản phẩm tham gia thực hiện truy xuất nguồn gốc")
    sheet.legal_bases()
    sheet.text(
        "(Thuộc nhiệm vụ {{ paper.project_title|quoted }}, mã số {{ paper.project_code }})",
        align="center",
        indent=False,
        italic=True,
    )
    _meeting(sheet)
    _result(sheet)
    _opinions(sheet)
    sheet.two_signatures(left=("THƯ KÝ", "{{ paper.secretary_name }}"), right=("CHỦ TRÌ", "{{ paper.chair_name }}"))


def _meeting(sheet: Sheet) -> None:
    sheet.heading("I. THÔNG TIN CUỘC HỌP")
    sheet.text("**1. Thời gian, địa điểm:** bắt đầu lúc {{ paper.began }}, tại {{ paper.place }}.")
    sheet.text("**2. Chủ trì:** {{ paper.chair_name }}, {{ paper.chair_title }}.")
    sheet.text("**3. Thư ký:** {{ paper.secretary_name }}, {{ paper.secretary_title }}.")
    sheet.text("**4. Thành phần tham dự:**")
    sheet.items("person in paper.attendants", "{{ person }}")
    sheet.text("**5. Điều kiện lựa chọn:**")
    sheet.items("rule in paper.rules", "{{ rule }}")


def _result(sheet: Sheet) -> None:
    sheet.heading("II. KẾT QUẢ XÉT CHỌN")
    sheet.text(
        "Cuộc họp đã xem xét {{ paper.considered|count }} sản phẩm, trong đó {{ paper.surveyed|count }} sản phẩm đã có "
        "kết quả khảo sát, đánh giá thực trạng. Lựa chọn {{ paper.selected|count }} sản phẩm; không lựa chọn "
        "{{ paper.refused|count }} sản phẩm."
    )
    with sheet.when("paper.waiting"):
        sheet.text("Còn {{ paper.waiting|count }} sản phẩm của nhiệm vụ chưa được xem xét tại cuộc họp này.")
    sheet.text("**1. Sản phẩm được lựa chọn, xếp theo nhóm có quy trình sản xuất tương tự**")
    chosen_groups(sheet)
    sheet.text("**2. Sản phẩm không được lựa chọn**")
    sheet.table(
        "product in paper.refusals",
        [
            NUMBER,
            Column(heading="Sản phẩm", share=28, text="{{ product.name }}"),
            Column(heading="Chủ thể", share=30, text="{{ product.producer }}"),
            Column(heading="Lý do", share=35, text="{{ product.reason }}"),
        ],
    )


def _opinions(sheet: Sheet) -> None:
    sheet.heading("III. Ý KIẾN TẠI CUỘC HỌP")
    sheet.items("opinion in paper.opinions", "{{ opinion }}")
    with sheet.when("not paper.opinions"):
        sheet.text("Các thành viên dự họp thống nhất với kết quả nêu trên, không có ý kiến khác.")
    sheet.closing("Cuộc họp kết thúc lúc {{ paper.ended }} cùng ngày. Biên bản đã được đọc và thông qua tại cuộc họp")


BLUEPRINT = Blueprint(version=2, title="Biên bản họp xét chọn sản phẩm truy xuất nguồn gốc", compose=compose)
