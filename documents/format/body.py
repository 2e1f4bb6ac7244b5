"""Rules of the text: size, alignment, indent, gaps; parts, articles, clauses; the end mark; tables.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục II, khoản 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from documents.format.anatomy import Place
from documents.format.looks import Look, alignment, described, sizes
from documents.format.opening import TITLE_LOOK
from documents.format.pages import Paragraph, Table
from documents.format.rules import Breach

INDENTS = (567, 720)  # twips: 1 and 1.27 cm
TOLERANCE = 6
GAP = 120  # twips: 6 pt
SPACING = (0.99, 1.51)  # single to 1.5 lines
TEXT = Look(sizes=(13, 14))
TABLE_TEXT = Look(sizes=(10, 14))
PART_LOOK = Look(sizes=(13, 14), bold=True, italic=False, align="center")
END_MARK = re.compile(r"[^.]\./\.$|[.]{3}\./\.$")
_PART = re.compile(r"(phần|chương)\s+([\w]+)", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLC]+")
_ARTICLE = re.compile(r"Điều (\d+)\.")
_CLAUSE_OF_OTHERS = re.compile(r"(\d+\)|[a-zđ]\.|[A-ZĐ]\))\s")


def text_breaches(places: Sequence[Place]) -> Iterator[Breach]:
    """Yield what is wrong with the paragraphs and tables of a paper's text."""
    articles = 0
    before: Paragraph | None = None
    is_title = False
    for place in places:
        line = place.block
        if isinstance(line, Table):
            yield from table_breaches(line)
            before = None
            continue
        if not line.text:
            continue
        part = _PART.fullmatch(line.text)
        if part:
            yield from _part(line, part[2])
        elif is_title:
            if not TITLE_LOOK.fits(line):
                yield Breach(rule="part_title", found=described(line), where=line.text)
        else:
            yield from paragraph_breaches(line, before)
            yield from _article(line, articles)
        articles += _is_article(line)
        is_title, before = part is not None, line


def paragraph_breaches(line: Paragraph, before: Paragraph | None) -> Iterator[Breach]:
    """Yield what is wrong with one paragraph; `before` is the one above, None at the top and behind a table."""
    yield from _letters(line)
    if line.align == "center" and (line.is_bold or line.is_italic):
        return  # a caption, or a note under the title
    yield from _place_on_line(line)
    gap = line.before + (before.after if before else GAP)
    if gap < GAP - TOLERANCE and not line.starts_page:
        yield Breach(rule="body_gap", found=_("%(sizes)s pt") % {"sizes": f"{gap / 20:g}"}, where=line.text)
    if _CLAUSE_OF_OTHERS.match(line.text):
        yield Breach(rule="clause", found=line.text.split()[0], where=line.text)


def _letters(line: Paragraph) -> Iterator[Breach]:
    if not TEXT.fits(line):
        yield Breach(rule="body_size", found=sizes(line), where=line.text)
    if not SPACING[0] <= line.spacing <= SPACING[1]:
        yield Breach(rule="body_spacing", found=_("%(lines)s lines") % {"lines": f"{line.spacing:g}"}, where=line.text)
    if line.is_italic and line.align != "center" and not line.text.startswith("("):
        yield Breach(rule="body_upright", found=_("italic"), where=line.text)


def _place_on_line(line: Paragraph) -> Iterator[Breach]:
    if line.align != "both" and not (line.is_bold and line.align == "left"):
        yield Breach(rule="body_justified", found=alignment(line), where=line.text)
    elif not any(abs(line.first_line - indent) <= TOLERANCE for indent in INDENTS):
        length = _("%(length)s cm") % {"length": number_format(line.first_line / 567, 2)}
        yield Breach(rule="body_indent", found=length, where=line.text)


def end_breaches(places: Sequence[Place]) -> Iterator[Breach]:
    """Yield a breach when the text does not end with its mark."""
    last = next((line for line in reversed(_paragraphs(places)) if line.text), None)
    if last is None or not END_MARK.search(last.text):
        yield Breach(rule="end_mark", found=_("missing"), where=last.text[-40:] if last else "")


def table_breaches(table: Table) -> Iterator[Breach]:
    """Yield what is wrong with a table that has lines."""
    if not table.is_bordered:
        return
    for line in table.paragraphs:
        if line.text and not TABLE_TEXT.fits(line):
            yield Breach(rule="table_size", found=sizes(line), where=line.text)
    first = table.rows[0]
    looks_like_heading = all(cell.lines and cell.lines[0].is_bold for cell in first.cells)
    if len(table.rows) > 1 and looks_like_heading and not first.is_heading:
        yield Breach(rule="table_heading", found=_("not repeated"), where=first.cells[0].lines[0].text)


def _paragraphs(places: Sequence[Place]) -> list[Paragraph]:
    return [place.block for place in places if isinstance(place.block, Paragraph)]


def _part(line: Paragraph, number: str) -> Iterator[Breach]:
    if not _ROMAN.fullmatch(number) or not PART_LOOK.fits(line):
        yield Breach(rule="part", found=described(line), where=line.text)


def _is_article(line: Paragraph) -> bool:
    return _ARTICLE.match(line.text) is not None


def _article(line: Paragraph, before: int) -> Iterator[Breach]:
    found = _ARTICLE.match(line.text)
    if found and (int(found[1]) != before + 1 or not line.said[0].bold):
        yield Breach(rule="article", found=found[0], where=line.text)
