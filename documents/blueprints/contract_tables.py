"""What the papers of a mission's contract have in common: the sides, the results that are owed, the money."""

from collections.abc import Sequence

from documents.blueprints.layout import Sheet
from documents.blueprints.pieces import Column

NUMBER = Column(heading="TT", share=7, text="{{ loop.index }}", align="center")


def side(sheet: Sheet, letter: str, name: str) -> None:
    """Write one side of the contract; `name` is the field with its `ContractSide`."""
    sheet.text(f"**Bên {letter}: {{{{ paper.{name}.name }}}}.**")
    sheet.text(f"Địa chỉ: {{{{ paper.{name}.address }}}}.")
    sheet.text(f"Mã số thuế: {{{{ paper.{name}.tax_code }}}}.")
    sheet.text(f"Tài khoản: {{{{ paper.{name}.account }}}}.")
    sheet.text(f"Đại diện: {{{{ paper.{name}.represented_by }}}}. Chức vụ: {{{{ paper.{name}.position }}}}.")


def both_sign(sheet: Sheet) -> None:
    """Close with the signatures of the performing unit on the left and of the ordering agency on the right."""
    sheet.signatures(other_side=("ĐẠI DIỆN BÊN B", "{{ paper.performing.represented_by }}"), own_side="ĐẠI DIỆN BÊN A")


def paragraphs(sheet: Sheet, field: str) -> None:
    """Write what was typed into a field, a paragraph for each line."""
    with sheet.each(f"words in paper.{field}"):
        sheet.text("{{ words }}")


def owed_results(sheet: Sheet) -> None:
    """Add the table of `paper.deliverables`, each an `OwedResult`."""
    sheet.table(
        "row in paper.deliverables",
        [
            Column(heading="Mã", share=9, text="{{ row.code }}", align="center"),
            Column(heading="Sản phẩm", share=37, text="{{ row.title }}"),
            Column(heading="Số lượng", share=11, text="{{ row.quantity }}", align="center"),
            Column(heading="Yêu cầu chất lượng", share=27, text="{{ row.quality }}"),
            Column(heading="Thời hạn", share=16, text="{{ row.due_on }}", align="center"),
        ],
    )


def money(sheet: Sheet, *, disbursed: bool = False, total: Sequence[str]) -> None:
    """Add the table of `paper.funds`, each a `MoneyLine` (`SpentLine` if `disbursed`); `total` ends it."""
    columns = [
        Column(heading="Năm", share=12, text="{{ row.year }}", align="center"),
        Column(heading="Nguồn", share=40, text="{{ row.source }}"),
        Column(heading="Kinh phí (đồng)", share=24, text="{{ row.planned|thousands }}", align="right"),
        Column(heading="Đã cấp (đồng)", share=24, text="{{ row.disbursed|thousands }}", align="right"),
    ]
    sheet.table("row in paper.funds", columns if disbursed else columns[:3], total=["", "Cộng", *total])


def works(sheet: Sheet, loop: str, *, state: bool) -> None:
    """Add a table of milestones and deliverables, each a `PlannedWork`; a `DoneWork` if `state`."""
    columns = [
        NUMBER,
        Column(heading="Loại", share=14, text="{{ work.kind }}"),
        Column(heading="Nội dung", share=37, text="{{ work.title }}"),
        Column(heading="Thời hạn", share=16, text="{{ work.due_on }}", align="center"),
        Column(heading="Kết quả", share=26, text="{{ work.state }}"),
    ]
    sheet.table(f"work in {loop}", columns if state else columns[:4])


def general_facts(sheet: Sheet) -> None:
    """Open a report on a mission: the mission, who carries it out and by which contract."""
    sheet.heading("I. THÔNG TIN CHUNG")
    sheet.text("**1. Tên nhiệm vụ:** {{ paper.project_title }} (mã số: {{ paper.project_code }}).")
    sheet.text("**2. Đơn vị chủ trì:** {{ paper.host }}; chủ nhiệm nhiệm vụ: {{ paper.manager }}.")
    with sheet.when("paper.contract"):
        sheet.text("**3. Hợp đồng:** {{ paper.contract }}.")
    with sheet.when("not paper.contract"):
        sheet.text("**3. Hợp đồng:** chưa ký trên hệ thống.")
