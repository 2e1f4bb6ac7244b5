"""What every paper shares: who issues it, its number and date, who signs and who receives it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The fixed frame of an administrative paper, filled when it is rendered and again when it is issued.

    Number and date change at issue, so no paper's own dataclass repeats them. Texts are ready to print.
    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II.
    """

    parent_agency: str  # printed in capitals above the agency
    agency: str
    number_line: str  # "Số: 05/BC-CCTĐC"; a draft leaves the number blank: "Số:      /BC-CCTĐC"
    number: str  # the same number alone, for a paper that cites itself on its annex: "05/BC-CCTĐC"
    place_date: str  # "Gia Lai, ngày 05 tháng 02 năm 2026"
    date: str  # the same date alone: "ngày 05 tháng 02 năm 2026"
    signer_authority: str  # "KT. CHI CỤC TRƯỞNG", below "TM. ỦY BAN NHÂN DÂN" where there is one; empty for a head
    signer_title: str
    signer_name: str
    recipients: tuple[str, ...]  # "Lưu: VT" comes last; no dash, no semicolon
    legal_bases: tuple[str, ...]  # "Căn cứ …" without the closing mark
