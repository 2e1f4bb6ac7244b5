"""Which form of the decree a paper has, and the numbers that go with it."""

from __future__ import annotations

import re
from enum import StrEnum

# NĐ 30/2020/NĐ-CP, Phụ lục III: the abbreviations of the named types of papers.
TYPES = {
    "NGHỊ QUYẾT": "NQ", "QUYẾT ĐỊNH": "QĐ", "CHỈ THỊ": "CT", "QUY CHẾ": "QC", "QUY ĐỊNH": "QyĐ", "THÔNG CÁO": "TC",
    "THÔNG BÁO": "TB", "HƯỚNG DẪN": "HD", "CHƯƠNG TRÌNH": "CTr", "KẾ HOẠCH": "KH", "PHƯƠNG ÁN": "PA", "ĐỀ ÁN": "ĐA",
    "DỰ ÁN": "DA", "BÁO CÁO": "BC", "BIÊN BẢN": "BB", "TỜ TRÌNH": "TTr", "HỢP ĐỒNG": "HĐ", "CÔNG ĐIỆN": "CĐ",
    "BẢN GHI NHỚ": "BGN", "BẢN THỎA THUẬN": "BTT", "GIẤY ỦY QUYỀN": "GUQ", "GIẤY MỜI": "GM",
    "GIẤY GIỚI THIỆU": "GGT", "GIẤY NGHỈ PHÉP": "GNP", "PHIẾU GỬI": "PG", "PHIẾU CHUYỂN": "PC", "PHIẾU BÁO": "PB",
}  # fmt: skip
BY_BOTH_SIDES = frozenset({"BB", "HĐ", "BGN", "BTT"})  # signed by two sides, who need no list of recipients
BLANK = r"(?:\d{2,}|\s{2,})"  # a draft leaves room for the clerk's number
_AGENCY = r"[A-ZĐƯƠÂÊÔĂ0-9&.-]+"
NAMED = re.compile(rf"Số: ?{BLANK}/(?P<symbol>{'|'.join(sorted(TYPES.values(), key=len, reverse=True))})-{_AGENCY}")
LETTER = re.compile(rf"Số: ?{BLANK}/[A-ZĐ0-9]+-{_AGENCY}")
DRAFT = re.compile(r"Số:\s*/")
PLACE_DATE = re.compile(r".+, ngày \d{2} tháng (?:0[12]|[3-9]|1[0-2]) năm \d{4}")
PLACE_DATE_DRAFT = re.compile(r".+, ngày\s+tháng\s+năm(?:\s+\d{4})?")


class Form(StrEnum):
    """What the decree asks of a paper."""

    NAMED = "named"  # a type with a name: notice, plan, report, minutes …
    DECISION = "decision"  # named, with an authority, "QUYẾT ĐỊNH:" and articles
    LETTER = "letter"  # công văn: no name, "V/v" under the number
    ANNEX = "annex"  # an appendix alone: it belongs to a paper
    OUTSIDE = "outside"  # no paper of an agency: certificates, forms that producers sign, contracts between parties


def form_of_number(number: str, *, is_letter: bool) -> Form:
    """Return the form of a numbered paper; `is_letter` says that "V/v …" stands under its number or it has no name."""
    return Form.LETTER if is_letter else Form.DECISION if symbol_of(number) == "QĐ" else Form.NAMED


def number_fits(number: str, form: Form) -> bool:
    """Whether number and symbol are written as the form wants it."""
    return (LETTER if form == Form.LETTER else NAMED).fullmatch(number) is not None


def symbol_of(number: str) -> str:
    """Return the type's abbreviation in a number, "" when it names none."""
    named = NAMED.fullmatch(number)
    return named["symbol"] if named else ""
