"""Tables that several papers on products and their groups have."""

from documents.blueprints.layout import Sheet
from documents.blueprints.pieces import Column, or_dash

NUMBER = Column(heading="TT", share=7, text="{{ loop.index }}", align="center")


def chosen_groups(sheet: Sheet) -> None:
    """Add one table for each of `paper.groups`, a `ChosenGroup`."""
    with sheet.each("group in paper.groups"):
        sheet.caption("Nhóm {{ group.name }} ({{ group.product_count|count }} sản phẩm)")
        sheet.table(
            "product in group.products",
            [
                NUMBER,
                Column(heading="Sản phẩm", share=28, text="{{ product.name }}"),
                Column(heading="Chủ thể", share=29, text="{{ product.producer }}"),
                Column(heading="Địa chỉ", share=15, text="{{ product.commune }}"),
                Column(heading="Hạng", share=10, text="{{ product.stars }}", align="center"),
                Column(heading="Hỗ trợ", share=11, text="{{ product.funding }}", align="center"),
            ],
        )


def coded_products(sheet: Sheet) -> None:
    """Add the table of `paper.products`, each a `GroupProduct`."""
    sheet.table(
        "product in paper.products",
        [
            NUMBER,
            Column(heading="Sản phẩm", share=27, text="{{ product.name }}"),
            Column(heading="Chủ thể", share=29, text="{{ product.producer }}"),
            Column(heading="Mã truy vết", share=23, text="{{ product.code }}", align="center"),
            Column(heading="Loại mã", share=14, text="{{ product.code_kind }}", align="center"),
        ],
    )


def products_and_standards(sheet: Sheet) -> None:
    """Add that table, and the standards of the group as a list."""
    coded_products(sheet)
    sheet.text("Tiêu chuẩn áp dụng:")
    sheet.items("standard in paper.standards", "{{ standard.code }}, {{ standard.title }}")
    with sheet.when("not paper.standards"):
        sheet.text("Chưa có tiêu chuẩn được gắn với nhóm sản phẩm tại thời điểm ban hành.")


def traced_steps(sheet: Sheet) -> None:
    """Add the table of `paper.steps`, each a `TracedStep`."""
    sheet.table(
        "step in paper.steps",
        [
            NUMBER,
            Column(heading="Công đoạn", share=23, text="{{ step.name }}"),
            Column(heading="Người ghi nhận", share=18, text="{{ step.actor }}"),
            Column(heading="Dữ liệu phải ghi nhận", share=38, text="{{ step.records }}"),
            Column(heading="Yêu cầu", share=14, text="{{ step.required }}", align="center"),
        ],
    )


def coded_places(sheet: Sheet) -> None:
    """Add the table of `paper.places`, each a `CodedPlace`."""
    sheet.table(
        "place in paper.places",
        [
            NUMBER,
            Column(heading="Địa điểm", share=28, text="{{ place.name }}"),
            Column(heading="Loại", share=20, text="{{ place.kind }}"),
            Column(heading="Xã, phường", share=22, text="{{ place.commune }}"),
            Column(heading="Mã truy vết địa điểm", share=23, text="{{ place.code }}", align="center"),
        ],
    )


def dossier_papers(sheet: Sheet) -> None:
    """Add the table of `paper.papers`, each an `EvidencePaper`."""
    sheet.table(
        "row in paper.papers",
        [
            NUMBER,
            Column(heading="Giấy tờ, tài liệu", share=45, text="{{ row.name }}"),
            Column(heading="Tình trạng", share=16, text="{{ row.state }}", align="center"),
            Column(heading="Số, nơi lưu", share=32, text=or_dash("row.note")),
        ],
    )
