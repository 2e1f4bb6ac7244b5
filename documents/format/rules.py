"""The rules of the format, by name: what each is about and what it wants.

Source of every rule: NĐ 30/2020/NĐ-CP, Phụ lục I (phần I: page and font; phần II: parts of a paper; mục IV of
phần II: appendices). The rules on tables are practice: the decree is silent on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

QUOTED = 60  # characters of a paragraph that name its place


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is not as the decree wants it; `rule` is its stable name."""

    element: str
    found: str
    expected: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class Breach:
    """One place where a rule is broken: what is there, and the words that name the place."""

    rule: str
    found: str
    where: str = ""


# rule -> (element, expected)
RULES: dict[str, tuple[Any, Any]] = {
    # --- the page
    "paper": (lazy("Size of the sheet"), lazy("A4, 210 × 297 mm")),
    "orientation": (lazy("Orientation"), lazy("upright; on its side only for tables")),
    "margin_top": (lazy("Top margin"), lazy("20–25 mm")),
    "margin_bottom": (lazy("Bottom margin"), lazy("20–25 mm")),
    "margin_left": (lazy("Left margin"), lazy("30–35 mm")),
    "margin_right": (lazy("Right margin"), lazy("15–20 mm")),
    "font": (lazy("Font"), lazy("Times New Roman")),
    "colour": (lazy("Colour of the letters"), lazy("black")),
    "page_number": (lazy("Page number"), lazy("centred in the top margin, 13–14 pt, upright")),
    "page_number_first": (lazy("Page number"), lazy("not shown on page 1")),
    # --- the head
    "head": (lazy("Head of the paper"), lazy("a table of 2 × 2 cells without lines")),
    "nation": (lazy("National name"), lazy("“CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”, 12–13 pt, bold, upright, centred")),
    "motto": (lazy("Motto"), lazy("“Độc lập - Tự do - Hạnh phúc”, 13–14 pt, bold, upright, centred")),
    "motto_line": (lazy("Line under the motto"), lazy("as long as the words")),
    "parent_agency": (lazy("Agency above"), lazy("capitals, 12–13 pt, upright, not bold, centred")),
    "agency": (lazy("Issuing agency"), lazy("capitals, 12–13 pt, upright, bold, centred")),
    "agency_line": (lazy("Line under the agency"), lazy("1/3 to 1/2 of the words")),
    "number": (lazy("Number and symbol"), lazy("“Số: 05/BC-…” (below 10 with a 0), 13 pt, upright, not bold, centred")),
    "place_date": (lazy("Place and date"), lazy("“…, ngày 05 tháng 02 năm 2026”, 13–14 pt, italic, centred")),
    # --- what the paper is
    "type_name": (lazy("Name of the type"), lazy("capitals, 13–14 pt, bold, upright, centred")),
    "type_symbol": (lazy("Symbol of the type"), lazy("the abbreviation of the name of the type")),
    "subject": (lazy("Subject"), lazy("small letters, 13–14 pt, bold, upright, centred")),
    "subject_line": (lazy("Line under the subject"), lazy("1/3 to 1/2 of the words")),
    "letter_subject": (lazy("Subject of the letter"), lazy("“V/v …” 6 pt below the number, 12–13 pt, upright")),
    "addressee": (lazy("Addressee"), lazy("“Kính gửi: …”, 13–14 pt, upright, not bold")),
    "basis": (lazy("Legal bases"), lazy("italic, 13–14 pt, each on its own line")),
    "basis_end": (lazy("End of a legal basis"), lazy("“;” after each, “.” after the last")),
    "decision_authority": (
        lazy("Authority of the decision"),
        lazy("above the bases: capitals, 13–14 pt, bold, centred"),
    ),
    "decision_word": (lazy("Word of the decision"), lazy("“QUYẾT ĐỊNH:” below the bases, 13–14 pt, bold, centred")),
    # --- the text
    "body_size": (lazy("Size of the text"), lazy("13–14 pt")),
    "body_upright": (lazy("Letters of the text"), lazy("upright")),
    "body_justified": (lazy("Alignment of the text"), lazy("both sides")),
    "body_indent": (lazy("First line"), lazy("indented by 1 cm or 1.27 cm")),
    "body_gap": (lazy("Gap between paragraphs"), lazy("6 pt or more")),
    "body_spacing": (lazy("Line spacing"), lazy("single to 1.5 lines")),
    "part": (lazy("Part, chapter"), lazy("“Phần I”, “Chương I”: Roman number, 13–14 pt, bold, upright, centred")),
    "part_title": (lazy("Title of a part, chapter"), lazy("capitals, 13–14 pt, bold, upright, centred")),
    "article": (lazy("Article of a decision"), lazy("“Điều 1. …”, bold, numbered without a gap")),
    "clause": (lazy("Clause, point"), lazy("“1. …” for clauses, “a) …” for points")),
    "end_mark": (lazy("End of the text"), lazy("“./.” after the last word")),
    # --- the end
    "authority": (lazy("Authority"), lazy("“TM.”, “KT.”, “TL.”, “TUQ.”, “Q.”; capitals, 13–14 pt, bold, centred")),
    "collective": (
        lazy("Collective that the paper speaks for"),
        lazy("“TM. ỦY BAN NHÂN DÂN” above the title; not where the chairman decides or “TL.”, “TUQ.” is signed"),
    ),
    "signer_title": (lazy("Title of the signer"), lazy("capitals, 13–14 pt, bold, upright, centred")),
    "signer_name": (lazy("Name of the signer"), lazy("small letters, 13–14 pt, bold, upright, centred")),
    "recipients_heading": (lazy("Heading of the recipients"), lazy("“Nơi nhận:”, 12 pt, bold, italic")),
    "recipients_list": (lazy("Recipients"), lazy("“- …;”, 11 pt, upright")),
    "recipients_last": (lazy("Last recipient"), lazy("“- Lưu: VT, ….”")),
    # --- appendices and tables
    "annex_label": (lazy("Appendix"), lazy("“Phụ lục I”: Roman number, 14 pt, bold, upright, centred")),
    "annex_title": (lazy("Title of the appendix"), lazy("capitals, 13–14 pt, bold, upright, centred")),
    "annex_reference": (lazy("Paper of the appendix"), lazy("“(Kèm theo …)”, 13–14 pt, italic, centred")),
    "annex_pages": (lazy("Pages of the appendix"), lazy("counted from 1 in each appendix")),
    "table_size": (lazy("Text of a table"), lazy("10–14 pt")),
    "table_heading": (lazy("Heading row of a table"), lazy("repeated on every page")),
}  # fmt: skip


def findings_of(breaches: Iterable[Breach]) -> list[Finding]:
    """Return one finding for each rule and what was found: it names the first place and counts the others."""
    places: dict[tuple[str, str], list[str]] = {}
    for breach in breaches:
        places.setdefault((breach.rule, breach.found), []).append(breach.where)
    return [_finding(rule, found, where) for (rule, found), where in places.items()]


def _finding(rule: str, found: str, where: list[str]) -> Finding:
    element, expected = RULES[rule]
    if where[0]:
        found = _("%(found)s: “%(text)s”") % {"found": found, "text": _short(where[0])}
    if len(where) > 1:
        found += " " + ngettext("(and %(count)d more place)", "(and %(count)d more places)", len(where) - 1) % {
            "count": len(where) - 1
        }
    return Finding(element=str(element), found=found, expected=str(expected), rule=rule)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTED else flat[: QUOTED - 1].rstrip() + "…"
