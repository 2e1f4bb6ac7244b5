"""Rules of the end: recipients, authority, title and name of who signs.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục II, khoản 7 and 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from documents.format.anatomy import RECIPIENTS, Piece
from documents.format.forms import BY_BOTH_SIDES, DRAFT, symbol_of
from documents.format.looks import Look, described
from documents.format.opening import TITLE_LOOK
from documents.format.pages import Paragraph
from documents.format.rules import Breach

NAME_LOOK = Look(sizes=(13, 14), bold=True, italic=False, align="center", capitals=False)
HEADING_LOOK = Look(sizes=(12, 12), bold=True, italic=True)
LIST_LOOK = Look(sizes=(11, 11), bold=False, italic=False)
_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q)\b", re.IGNORECASE)
_AUTHORITY_WRITTEN = re.compile(r"(TM|KT|TL|TUQ|Q)\. \S")
# The agencies that are collectives themselves: people's committees and councils.
_COLLECTIVE = re.compile(r"(ỦY|UỶ) BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN", re.IGNORECASE)
_FOR_COLLECTIVE, _FOR_OTHERS, _FOR_HEAD = "TM.", ("TM.", "KT.", "TL.", "TUQ."), ("TL.", "TUQ.")


def closing_breaches(paper: Piece) -> Iterator[Breach]:
    """Yield what is wrong with recipients and signatures."""
    if paper.closing is None:
        yield Breach(rule="signer_title", found=_("missing"))
        yield Breach(rule="recipients_heading", found=_("missing"))
        return
    columns = [paper.closing.column(place) for place in (0, -1)]
    recipients = [column for column in columns if column and column[0].text.startswith(RECIPIENTS)]
    if recipients:
        yield from _recipients(recipients[0])
    elif symbol_of(paper.number) not in BY_BOTH_SIDES:
        yield Breach(rule="recipients_heading", found=_("missing"))
    is_draft = DRAFT.match(paper.number) is not None
    for column in columns:
        if column not in recipients:
            yield from _signature(column, is_draft=is_draft)


def collective_breaches(paper: Piece, *, decided_by: str) -> Iterator[Breach]:
    """Yield a breach where a people's committee or council does not sign as one, or signs what its head decides.

    `decided_by` is the authority of a decision: "CHỦ TỊCH ỦY BAN NHÂN DÂN …" decides in person.
    """
    agency = paper.head.rows[0].cells[0].lines[-1:] if paper.head else []
    if paper.closing is None or not agency or not _COLLECTIVE.match(agency[0].text):
        return
    lines = [line for said in paper.closing.paragraphs for line in said.text.splitlines()]
    spoken = next((line for line in lines if line.startswith(_FOR_COLLECTIVE)), "")
    in_person = bool(decided_by) and not _COLLECTIVE.match(decided_by)
    is_for_head = any(line.startswith(_FOR_HEAD) for line in lines)
    if spoken and (in_person or is_for_head):
        yield Breach(rule="collective", found=_("signed for the collective"), where=spoken)
    elif not (spoken or in_person or is_for_head):
        yield Breach(rule="collective", found=_("missing"), where=agency[0].text)


def _recipients(lines: Sequence[Paragraph]) -> Iterator[Breach]:
    heading, *listed = lines
    if heading.text != f"{RECIPIENTS}:" or not HEADING_LOOK.fits(heading):
        yield Breach(rule="recipients_heading", found=described(heading), where=heading.text)
    for line in listed:
        if not LIST_LOOK.fits(line) or not line.text.startswith("- ") or line.text[-1] not in ";.":
            yield Breach(rule="recipients_list", found=described(line), where=line.text)
    for line in listed[:-1]:
        if line.text.endswith("."):
            yield Breach(rule="recipients_list", found=_("“.” before the last"), where=line.text)
    last = listed[-1].text if listed else ""
    if not re.fullmatch(r"- Lưu: ?VT\b.*\.", last):
        yield Breach(rule="recipients_last", found=_("missing"), where=last)


def _is_well_written(line: str) -> bool:
    return _AUTHORITY.match(line) is None or _AUTHORITY_WRITTEN.match(line) is not None


def _signature(lines: Sequence[Paragraph], *, is_draft: bool) -> Iterator[Breach]:
    """Check one signature: titles in capitals, then a name; a draft may still lack the name."""
    said = [line for line in lines if not (line.is_italic and line.text.startswith("("))]
    if not said:
        yield Breach(rule="signer_title", found=_("missing"))
        return
    name = said[-1] if len(said) > 1 and (not said[-1].is_capitals or not is_draft) else None
    yield from _titles(said[:-1] if name else said)
    if name and not NAME_LOOK.fits(name):
        yield Breach(rule="signer_name", found=described(name), where=name.text)
    elif name is None and not is_draft:
        yield Breach(rule="signer_name", found=_("missing"))


def _titles(lines: Sequence[Paragraph]) -> Iterator[Breach]:
    """Check the lines above the name: by what right, then the title of who signs."""
    for line in lines:
        if _AUTHORITY.match(line.text):
            if not all(map(_is_well_written, line.text.splitlines())) or not TITLE_LOOK.fits(line):
                yield Breach(rule="authority", found=described(line), where=line.text)
        elif not TITLE_LOOK.fits(line):
            yield Breach(rule="signer_title", found=described(line), where=line.text)
    if lines and lines[-1].text.splitlines()[-1].startswith(_FOR_OTHERS):  # then comes who signs for them
        yield Breach(rule="signer_title", found=_("missing"), where=lines[-1].text)
