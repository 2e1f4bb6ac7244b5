"""Rules of appendices: label, title, the paper they go with, their pages.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục IV.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from documents.format.anatomy import Piece, is_annex_label
from documents.format.body import TEXT, table_breaches
from documents.format.looks import Look, described, sizes
from documents.format.opening import TITLE_LOOK
from documents.format.pages import Paragraph, Table
from documents.format.rules import Breach

LABEL_LOOK = Look(sizes=(14, 14), bold=True, italic=False, align="center")
REFERENCE_LOOK = Look(sizes=(13, 14), bold=False, italic=True, align="center")
_LABEL = re.compile(r"Phụ lục( [IVXLC]+)?")
_REFERENCE = re.compile(r"\((Kèm theo|Ban hành kèm theo) ")


def annex_breaches(annex: Piece, *, is_first: bool) -> Iterator[Breach]:
    """Yield what is wrong with an appendix; `is_first` says that the file starts with it, so its pages start at 1."""
    said = [place for place in annex.text if place.text]
    lines = [place.block for place in said if isinstance(place.block, Paragraph)]
    title: Paragraph | None = None
    if lines and is_annex_label(lines[0]):
        yield from _label(lines[0])
        title = lines[1] if len(lines) > 1 else None
        yield from _title(title)
        if not is_first:
            yield from _pages(annex)
    reference = next((line for line in lines[:6] if _REFERENCE.match(line.text)), None)
    if title and reference is None:
        yield Breach(rule="annex_reference", found=_("missing"))
    elif reference and not REFERENCE_LOOK.fits(reference):
        yield Breach(rule="annex_reference", found=described(reference), where=reference.text)
    for place in said:
        if isinstance(place.block, Table):
            yield from table_breaches(place.block)
        elif place.block not in (title, reference, lines[0]) and not TEXT.fits(place.block):
            yield Breach(rule="body_size", found=sizes(place.block), where=place.text)


def _label(line: Paragraph) -> Iterator[Breach]:
    if not _LABEL.fullmatch(line.text) or not LABEL_LOOK.fits(line):
        yield Breach(rule="annex_label", found=described(line), where=line.text)


def _title(line: Paragraph | None) -> Iterator[Breach]:
    if line is None:
        yield Breach(rule="annex_title", found=_("missing"))
    elif not TITLE_LOOK.fits(line):
        yield Breach(rule="annex_title", found=described(line), where=line.text)


def _pages(annex: Piece) -> Iterator[Breach]:
    """An appendix behind a paper starts a section, in which pages are counted from 1."""
    section = annex.text[0].section
    starts = bool(section.blocks) and section.blocks[0] is annex.text[0].block
    if not (starts and section.restarts):
        yield Breach(rule="annex_pages", found=_("counted on"), where=annex.text[0].text)
