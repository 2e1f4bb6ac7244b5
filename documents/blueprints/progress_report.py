"""Report on a quarter of a mission: planned and done, difficulties, money, what comes next."""

from documents.blueprints import contract_tables as tables
from documents.blueprints.layout import Blueprint, Sheet
from documents.blueprints.letters import addressed_to
from documents.blueprints.pieces import Column


def compose(sheet: Sheet) -> None:
    """Write the report."""
    sheet.letterhead()
    sheet.title("Báo cáo", "Tiến độ thực hiện nhiệm vụ {{ paper.project_title|quoted }} {{ paper.period }}")
    addressed_to(sheet, "{{ paper.addressee }}")
    sheet.legal_bases()
    _general(sheet)
    _done(sheet)
    _difficulties(sheet)
    _money(sheet)
    _next(sheet)
    sheet.signatures()


def _general(sheet: Sheet) -> None:
    tables.general_facts(sheet)
    sheet.text("**4. Kỳ báo cáo:** từ ngày {{ paper.from_on }} đến ngày {{ paper.to_on }}.")


def _done(sheet: Sheet) -> None:
    sheet.heading("II. KẾT QUẢ THỰC HIỆN SO VỚI KẾ HOẠCH")
    sheet.text(
        "Trong kỳ có {{ paper.work_count|count }} công việc, sản phẩm đến hạn hoặc đã hoàn thành; đã hoàn thành "
        "{{ paper.done_count|count }}, cụ thể:"
    )
    tables.works(sheet, "paper.works", state=True)
    tables.paragraphs(sheet, "results")


def _difficulties(sheet: Sheet) -> None:
    sheet.heading("III. KHÓ KHĂN, VƯỚNG MẮC")
    with sheet.when("paper.difficulties"):
        sheet.table(
            "row in paper.difficulties",
            [
                tables.NUMBER,
                Column(heading="Khó khăn, vướng mắc", share=35, text="{{ row.text }}"),
                Column(heading="Nội dung cần quyết định", share=29, text="{{ row.needed }}"),
                Column(heading="Ý kiến giải quyết", share=29, text="{{ row.answer }}"),
            ],
        )
    with sheet.when("not paper.difficulties"):
        sheet.text("Trong kỳ không có khó khăn, vướng mắc được ghi nhận.")


def _money(sheet: Sheet) -> None:
    sheet.heading("IV. KINH PHÍ")
    sheet.caption("Kinh phí được giao và đã cấp đến ngày lập báo cáo")
    tables.money(
        sheet, disbursed=True, total=["{{ paper.funds_planned|thousands }}", "{{ paper.funds_disbursed|thousands }}"]
    )


def _next(sheet: Sheet) -> None:
    sheet.heading("V. KẾ HOẠCH KỲ TIẾP THEO VÀ KIẾN NGHỊ")
    sheet.caption("Công việc, sản phẩm còn phải hoàn thành đến hết quý sau")
    tables.works(sheet, "paper.coming", state=False)
    tables.paragraphs(sheet, "next_steps")
    with sheet.when("paper.proposals"):
        sheet.text("**Kiến nghị, đề xuất:**")
    sheet.items("proposal in paper.proposals", "{{ proposal }}")
    sheet.closing("Trên đây là báo cáo tiến độ thực hiện nhiệm vụ, kính gửi {{ paper.addressee }}")


BLUEPRINT = Blueprint(version=2, title="Báo cáo tiến độ thực hiện nhiệm vụ", compose=compose)
