"""Notice of a list of missions: how many, who may apply and until when; the list goes with it as its annex."""

from documents.blueprints import attached
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the notice and its annex."""
    sheet.letterhead()
    sheet.title("Thông báo", "{{ paper.title }}")
    sheet.legal_bases()
    sheet.text("{{ letterhead.agency }} thông báo {{ paper.title }} như sau:")
    sheet.heading("1. Danh mục nhiệm vụ")
    sheet.text("Danh mục gồm {{ paper.mission_count|count }} nhiệm vụ:")
    sheet.items("mission in paper.mission_titles", "{{ mission }}")
    sheet.text(
        "Mục tiêu, sản phẩm chính và địa chỉ tiếp nhận, áp dụng dự kiến của từng nhiệm vụ nêu tại "
        "{{ paper.annex_label }} kèm theo Thông báo này."
    )
    sheet.heading("2. Đối tượng đăng ký thực hiện")
    sheet.text("{{ paper.eligible }}")
    sheet.heading("3. Hồ sơ đăng ký")
    sheet.items("part in paper.dossier", "{{ part }}")
    sheet.heading("4. Thời hạn và nơi nhận hồ sơ")
    sheet.text("- Thời hạn nhận hồ sơ: {{ paper.deadline|bare }}.")
    sheet.text("- Nơi nhận hồ sơ: {{ paper.address|bare }}.")
    sheet.text("- Đầu mối hướng dẫn: {{ paper.contact|bare }}.")
    sheet.closing("{{ letterhead.agency }} thông báo để các tổ chức, cá nhân quan tâm biết và đăng ký thực hiện")
    sheet.signatures()
    attached.begin_attachment(sheet, landscape=True)
    attached.attachment_head(
        sheet,
        "{{ paper.annex_label }}",
        "{{ paper.title|upper }}",
        caption="(Kèm theo Thông báo số {{ letterhead.number }} {{ letterhead.date }} của {{ letterhead.agency }})",
    )
    task_table(sheet)
    with sheet.each("note in paper.notes"):
        sheet.text("{{ note }}", align="left", indent=False)


def task_table(sheet: Sheet) -> None:
    """Write the missions in the five columns of the notice, in their order."""
    sheet.table(
        "task in paper.tasks",
        [
            Column(heading="TT", share=5, text="{{ task.number }}", align="center"),
            Column(heading="Tên nhiệm vụ", share=18, text="{{ task.title }}"),
            Column(heading="Mục tiêu", share=34, text=("objective in task.objectives", "{{ objective }}")),
            Column(
                heading="Dự kiến sản phẩm chính",
                share=27,
                text=("deliverable in task.deliverables", "- {{ deliverable }}"),
            ),
            Column(heading="Dự kiến địa chỉ tiếp nhận và áp dụng", share=16, text="{{ task.recipients }}"),
        ],
    )


BLUEPRINT = Blueprint(version=1, title="Thông báo danh mục nhiệm vụ", compose=compose)
