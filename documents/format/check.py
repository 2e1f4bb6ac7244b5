"""Checking a .docx against NĐ 30/2020/NĐ-CP: every rule of the page, the head, the text and the end."""

from __future__ import annotations

from collections.abc import Iterator

from documents.format.anatomy import Piece, pieces_of
from documents.format.annexes import annex_breaches
from documents.format.body import end_breaches, text_breaches
from documents.format.closing import closing_breaches, collective_breaches
from documents.format.forms import Form
from documents.format.head import head_breaches
from documents.format.opening import opening_breaches, opening_of
from documents.format.page import page_breaches
from documents.format.reading import read_sections
from documents.format.rules import Breach, Finding, findings_of


def check_format(docx: bytes, *, form: Form | None = None) -> list[Finding]:
    """Return everything in a .docx that is not as the decree wants it, in reading order; [] for a sound paper.

    `form` says what the first paper of the file is; None reads it from its number and head. A draft may
    lack number, day and the signer's name. Raises TemplateRefused for a file that is no plain .docx.
    """
    sections = read_sections(docx)
    pieces = pieces_of(sections, form)
    breaches = list(page_breaches(sections, pieces[0].form))
    if pieces[0].form != Form.OUTSIDE:  # its appendices are then no paper of an agency either
        for place, piece in enumerate(pieces):
            breaches += _of_piece(piece, is_first=place == 0)
    return findings_of(breaches)


def form_of(docx: bytes) -> Form:
    """Return the form of a paper as the checker reads it. Raises TemplateRefused like `check_format`."""
    return pieces_of(read_sections(docx), None)[0].form


def _of_piece(piece: Piece, *, is_first: bool) -> Iterator[Breach]:
    if piece.form == Form.OUTSIDE:
        return
    if piece.form == Form.ANNEX:
        yield from annex_breaches(piece, is_first=is_first)
        return
    yield from head_breaches(piece)
    opening = opening_of(piece)
    yield from opening_breaches(piece, opening)
    yield from text_breaches(opening.rest)
    yield from end_breaches(piece.text)
    yield from closing_breaches(piece)
    yield from collective_breaches(piece, decided_by=opening.authority.text if opening.authority else "")
