"""Rules of the page: paper, margins, font and page number (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from documents.format.forms import Form
from documents.format.looks import Look, described
from documents.format.pages import Paragraph, Section, Table, mm
from documents.format.rules import Breach

FONT = "Times New Roman"
A4 = (11906, 16838)
TOLERANCE = 6  # twips: Word rounds
# side -> twips from, to: 20–25, 20–25, 30–35 and 15–20 mm
MARGINS = {"top": (1134, 1417), "bottom": (1134, 1417), "left": (1701, 1984), "right": (850, 1134)}
NUMBER = Look(sizes=(13, 14), italic=False, align="center")
BLACK = frozenset({"auto", "000000"})


def page_breaches(sections: Sequence[Section], form: Form) -> Iterator[Breach]:
    """Yield what is wrong with the pages of a file; of sheets that are handed out only the paper counts."""
    for section in sections:
        yield from _paper(section)
    office = [section for section in sections if not section.is_framed]
    for section in office:
        yield from _margins(section)
        yield from _letters(section)
    if form != Form.OUTSIDE:
        yield from _orientation(office, form)
        yield from _page_number(office)


def _paper(section: Section) -> Iterator[Breach]:
    found = sorted((section.width, section.height))
    if any(abs(is_ - wanted) > TOLERANCE for is_, wanted in zip(found, A4, strict=True)):
        size = {"width": round(mm(section.width)), "height": round(mm(section.height))}
        yield Breach(rule="paper", found=_("%(width)d × %(height)d mm") % size)


def _margins(section: Section) -> Iterator[Breach]:
    for side, (low, high) in MARGINS.items():
        is_ = int(getattr(section, side))
        if not low - TOLERANCE <= is_ <= high + TOLERANCE:
            yield Breach(rule=f"margin_{side}", found=_("%(length)s mm") % {"length": number_format(mm(is_), 1)})


def _orientation(sections: Sequence[Section], form: Form) -> Iterator[Breach]:
    for place, section in enumerate(sections):
        holds_table = any(isinstance(block, Table) and block.is_bordered for block in section.blocks)
        bears_head = place == 0 and form != Form.ANNEX
        if section.is_landscape and (bears_head or not holds_table):
            yield Breach(rule="orientation", found=_("on its side"))


def _letters(section: Section) -> Iterator[Breach]:
    for line in _lines(section):
        for run in line.said:
            for font in sorted(run.fonts - {FONT}):
                yield Breach(rule="font", found=font, where=run.text)
            if run.colour not in BLACK:
                yield Breach(rule="colour", found=run.colour, where=run.text)


def _lines(section: Section) -> Iterator[Paragraph]:
    for block in section.blocks:
        if isinstance(block, Table):
            yield from block.paragraphs
        else:
            yield block


def _page_number(sections: Sequence[Section]) -> Iterator[Breach]:
    for place, section in enumerate(sections):
        line = next((line for line in section.header if "PAGE" in line.fields), None)
        if line is None:
            below = any("PAGE" in line.fields for line in section.footer)
            yield Breach(rule="page_number", found=_("in the bottom margin") if below else _("missing"))
        elif not NUMBER.fits(line) or not _sized(line):
            yield Breach(rule="page_number", found=described(line))
        shown = not section.hides_first or any("PAGE" in line.fields for line in section.first_header)
        if place == 0 and shown:
            yield Breach(rule="page_number_first", found=_("shown"))


def _sized(line: Paragraph) -> bool:
    """Whether the field has the look: its result may not be written yet, so that no letter is there to look at."""
    low, high = NUMBER.sizes
    return all(low <= run.size <= high and not run.italic for run in line.runs)
