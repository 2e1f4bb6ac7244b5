"""The agency tells the people of a project how it uses their personal data."""

from documents.blueprints.layout import Blueprint, Sheet


def compose(sheet: Sheet) -> None:
    """Write the notice: purposes and data, rights, receivers, how long data are kept, whom to ask."""
    sheet.letterhead()
    sheet.title("Thông báo", "Về việc xử lý dữ liệu cá nhân trong nhiệm vụ truy xuất nguồn gốc")
    sheet.legal_bases()
    sheet.text(
        "{{ letterhead.agency }} thông báo đến người đại diện, người lao động của các chủ thể tham gia nhiệm vụ "
        "{{ paper.project_title|quoted }} về việc xử lý dữ liệu cá nhân như sau:"
    )
    sheet.heading("1. Mục đích và dữ liệu được xử lý")
    with sheet.each("purpose in paper.purposes"):
        sheet.text(
            "**Mục đích {{ loop.index }}: {{ purpose.name }}** (nội dung xin đồng ý, phiên bản {{ purpose.version }})"
        )
        with sheet.each("line in purpose.lines"):
            sheet.item("{{ line }}")
    sheet.heading("2. Quyền của người có dữ liệu và cơ quan kiểm soát dữ liệu")
    with sheet.each("line in paper.common_lines"):
        sheet.text("{{ line }}")
    sheet.heading("3. Bên nhận dữ liệu")
    sheet.items("receiver in paper.receivers", "{{ receiver }}")
    sheet.heading("4. Thời gian lưu giữ")
    sheet.text("{{ paper.kept|bare }}.")
    sheet.heading("5. Cách đồng ý, rút lại đồng ý và liên hệ")
    sheet.text(
        "Mỗi mục đích được hỏi riêng, bằng phiếu hoặc trên điện thoại của người được hỏi; không có ô nào được đánh dấu "
        "sẵn. Việc đồng ý là tự nguyện và có thể rút lại bất cứ lúc nào."
    )
    sheet.closing("Đầu mối tiếp nhận yêu cầu, khiếu nại: {{ paper.contact|bare }}")
    sheet.signatures()


BLUEPRINT = Blueprint(version=2, title="Thông báo về việc xử lý dữ liệu cá nhân", compose=compose)
