"""The tables that the yearly reports of a programme share."""

from documents.blueprints.layout import Sheet
from documents.blueprints.pieces import Column

NUMBER = Column(heading="TT", share=6, text="{{ loop.index }}", align="center")


def paragraphs(sheet: Sheet, field: str) -> None:
    """Write what was typed, a paragraph for each line."""
    with sheet.each(f"words in paper.{field}"):
        sheet.text("{{ words }}")


def results(sheet: Sheet, part: str) -> None:
    """Write what came of each line of the plans; `part` heads the column of who does it."""
    sheet.table(
        "task in paper.tasks",
        [
            Column(heading="STT", share=8, text="{{ task.number }}", align="center"),
            Column(heading="Nội dung theo kế hoạch", share=34, text="{{ task.content }}"),
            Column(heading=part, share=17, text="{{ task.part }}"),
            Column(heading="Thời gian", share=12, text="{{ task.period }}", align="center"),
            Column(heading="Kết quả đến kỳ báo cáo", share=29, text="{{ task.result }}"),
        ],
    )


def figures(sheet: Sheet) -> None:
    """Write what the records count in the year."""
    year = "paper.figures"
    sheet.text(
        f"- Đào tạo, tập huấn: {{{{ {year}.classes|count }}}} lớp, {{{{ {year}.people|count }}}} lượt người của "
        f"{{{{ {year}.producers|count }}}} chủ thể."
    )
    sheet.text(
        f"- Hội nghị: {{{{ {year}.conferences|count }}}}; hội thảo: {{{{ {year}.workshops|count }}}}; phóng sự truyền "
        f"hình: {{{{ {year}.broadcasts|count }}}}; bài viết tuyên truyền: {{{{ {year}.articles|count }}}}."
    )
    sheet.text(
        f"- Mô hình, nhiệm vụ: {{{{ {year}.projects_running|count }}}} đang thực hiện, "
        f"{{{{ {year}.projects_accepted|count }}}} đã nghiệm thu; {{{{ {year}.products|count }}}} sản phẩm của "
        f"{{{{ {year}.producers_enrolled|count }}}} chủ thể tham gia."
    )
    sheet.text(f"- Tem truy xuất nguồn gốc được kích hoạt trong năm: {{{{ {year}.stamps_activated|thousands }}}} tem.")


def difficulties(sheet: Sheet) -> None:
    """Write the difficulties that wait for a decision."""
    sheet.table(
        "difficulty in paper.difficulties",
        [
            NUMBER,
            Column(heading="Nhiệm vụ", share=14, text="{{ difficulty.project }}"),
            Column(heading="Khó khăn, vướng mắc", share=28, text="{{ difficulty.text }}"),
            Column(heading="Nội dung cần quyết định", share=22, text="{{ difficulty.needed }}"),
            Column(heading="Ngày nêu", share=16, text="{{ difficulty.raised_on }}", align="center"),
            Column(heading="Người giải quyết", share=14, text="{{ difficulty.addressee }}"),
        ],
    )


def indicators(sheet: Sheet) -> None:
    """Write each indicator with its value, its target and where it stands."""
    sheet.table(
        "indicator in paper.indicators",
        [
            NUMBER,
            Column(heading="Chỉ tiêu", share=21, text="{{ indicator.name }}"),
            Column(heading="Cách tính", share=24, text="{{ indicator.definition }}"),
            Column(heading="Kết quả", share=12, text="{{ indicator.value }}", align="center"),
            Column(heading="Mục tiêu", share=11, text="{{ indicator.target }}", align="center"),
            Column(heading="Thời hạn", share=16, text="{{ indicator.due_on }}", align="center"),
            Column(heading="Đánh giá", share=10, text="{{ indicator.verdict }}", align="center"),
        ],
    )
