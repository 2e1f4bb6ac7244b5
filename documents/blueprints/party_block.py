"""How papers that a producer signs name the producer: the lines of `paper.party`."""

from documents.blueprints.layout import Sheet


def party_lines(sheet: Sheet) -> None:
    """Add the producer's name, kind, tax code, address, representative and phone number."""
    sheet.text("Tên chủ thể: **{{ paper.party.name }}**.")
    sheet.text("Loại hình: {{ paper.party.kind }}. Mã số thuế: {{ paper.party.tax_code }}.")
    sheet.text("Địa chỉ: {{ paper.party.address }}.")
    sheet.text("Người đại diện: {{ paper.party.representative }}. Điện thoại: {{ paper.party.phone }}.")
