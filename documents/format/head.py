"""Rules of the head: national name, agency, number, place and date (NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục II)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from documents.format import forms
from documents.format.anatomy import Piece
from documents.format.forms import Form
from documents.format.looks import Look, described
from documents.format.measures import longest_line_mm
from documents.format.pages import Cell, Paragraph, mm
from documents.format.rules import Breach

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NATION_LOOK = Look(sizes=(12, 13), bold=True, italic=False, align="center")
MOTTO_LOOK = Look(sizes=(13, 14), bold=True, italic=False, align="center")
PARENT_LOOK = Look(sizes=(12, 13), bold=False, italic=False, align="center", capitals=True)
AGENCY_LOOK = Look(sizes=(12, 13), bold=True, italic=False, align="center", capitals=True)
NUMBER_LOOK = Look(sizes=(12, 13), bold=False, italic=False, align="center")
PLACE_LOOK = Look(sizes=(13, 14), bold=False, italic=True, align="center")
SUBJECT_LOOK = Look(sizes=(12, 13), bold=False, italic=False, align="center")
SUBJECT_GAP = 120  # twips: 6 pt
# The measured words are an estimate, so a line may be a little shorter or longer than the decree says.
PART_OF_WORDS = (1 / 3 - 0.05, 1 / 2 + 0.08)
WHOLE_WORDS = (0.85, 1.15)


def head_breaches(paper: Piece) -> Iterator[Breach]:
    """Yield what is wrong with the head of a paper."""
    if paper.head is None:
        yield Breach(rule="head", found=_("missing"))
        return
    rows = paper.head.rows
    if paper.head.is_bordered or len(rows) != 2 or any(len(row.cells) != 2 for row in rows):
        lines = _("with lines") if paper.head.is_bordered else _("without lines")
        facts = {"rows": len(rows), "columns": max(len(row.cells) for row in rows), "lines": lines}
        yield Breach(rule="head", found=_("a table of %(rows)d × %(columns)d cells %(lines)s") % facts)
        return
    (agency, nation), (number, place) = (row.cells for row in rows)
    yield from _nation(nation)
    yield from _agency(agency)
    yield from _number(number, paper)
    yield from _place(place, paper)


def line_breach(
    rule: str, words: Paragraph, line_mm: float, room_mm: float, share: tuple[float, float]
) -> Iterator[Breach]:
    """Yield a breach when the line drawn under `words` is missing, or not of this share of them."""
    length = longest_line_mm(words, room_mm)
    if not line_mm:
        yield Breach(rule=rule, found=_("missing"), where=words.text)
    elif length and not share[0] <= line_mm / length <= share[1]:
        facts = {"line": round(line_mm), "words": round(length)}
        yield Breach(rule=rule, found=_("%(line)d mm under words of %(words)d mm") % facts, where=words.text)


def _nation(cell: Cell) -> Iterator[Breach]:
    nation, motto = (*cell.lines, None, None)[:2]
    yield from _fixed("nation", nation, NATION, NATION_LOOK)
    yield from _fixed("motto", motto, MOTTO, MOTTO_LOOK)
    if motto:
        yield from line_breach("motto_line", motto, _line_mm(cell), mm(cell.width), WHOLE_WORDS)


def _fixed(rule: str, line: Paragraph | None, words: str, look: Look) -> Iterator[Breach]:
    if line is None:
        yield Breach(rule=rule, found=_("missing"))
    elif line.text != words or not look.fits(line):
        yield Breach(rule=rule, found=described(line), where=line.text)


def _agency(cell: Cell) -> Iterator[Breach]:
    if not cell.lines:
        yield Breach(rule="agency", found=_("missing"))
        return
    *parents, agency = cell.lines
    for parent in parents:
        if not PARENT_LOOK.fits(parent):
            yield Breach(rule="parent_agency", found=described(parent), where=parent.text)
    if not AGENCY_LOOK.fits(agency):
        yield Breach(rule="agency", found=described(agency), where=agency.text)
    yield from line_breach("agency_line", agency, _line_mm(cell), mm(cell.width), PART_OF_WORDS)


def _number(cell: Cell, paper: Piece) -> Iterator[Breach]:
    line, subject = (*cell.lines, None, None)[:2]
    if line is None:
        yield Breach(rule="number", found=_("missing"))
    elif not forms.number_fits(line.text, paper.form) or not NUMBER_LOOK.fits(line):
        yield Breach(rule="number", found=described(line), where=line.text)
    if paper.form != Form.LETTER:
        return
    if subject is None:
        yield Breach(rule="letter_subject", found=_("missing"))
    elif not subject.text.startswith("V/v ") or not SUBJECT_LOOK.fits(subject) or subject.before < SUBJECT_GAP:
        yield Breach(rule="letter_subject", found=described(subject), where=subject.text)


def _place(cell: Cell, paper: Piece) -> Iterator[Breach]:
    line = next(iter(cell.lines), None)
    pattern = forms.PLACE_DATE_DRAFT if forms.DRAFT.match(paper.number) else forms.PLACE_DATE
    if line is None:
        yield Breach(rule="place_date", found=_("missing"))
    elif not (pattern.fullmatch(line.text) or forms.PLACE_DATE.fullmatch(line.text)) or not PLACE_LOOK.fits(line):
        yield Breach(rule="place_date", found=described(line), where=line.text)


def _line_mm(cell: Cell) -> float:
    return max((line.line_mm for line in cell.paragraphs), default=0.0)
