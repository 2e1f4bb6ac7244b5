"""Taking a file apart: the papers in it, each with its head, text and end, and the appendices behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from documents.format.forms import Form, form_of_number
from documents.format.pages import Block, Paragraph, Section, Table

ANNEX_LABEL = re.compile(r"phụ lục(\s+[\w-]+)?[.:]?", re.IGNORECASE)
NATION = "CỘNG H"  # the rest may be wrong, which the rules of the head say
RECIPIENTS = "Nơi nhận"


@dataclass(frozen=True)
class Place:
    """A block with the section it stands in."""

    block: Block
    section: Section

    @property
    def text(self) -> str:
        """What it says, "" for nothing."""
        lines = [self.block] if isinstance(self.block, Paragraph) else self.block.paragraphs
        return " ".join(line.text for line in lines if line.text)


@dataclass(frozen=True)
class Piece:
    """A paper or an appendix: what stands between its head and its end."""

    form: Form
    head: Table | None = None
    text: tuple[Place, ...] = field(default=())
    closing: Table | None = None

    @property
    def room_mm(self) -> float:
        """The width of its text."""
        return self.text[0].section.text_mm if self.text else 0.0

    @property
    def number(self) -> str:
        """Its number and symbol as printed, "" when it has none."""
        lines = list(self.head.paragraphs) if self.head else []
        return next((line.text for line in lines if line.text.startswith("Số")), "")


def pieces_of(sections: Sequence[Section], form: Form | None) -> list[Piece]:
    """Return the papers and appendices of a file; `form` is that of the first, None to read it from the paper.

    Sheets with a frame around the page are handed out (certificates), no part of the paper.
    """
    places = [Place(block, section) for section in sections if not section.is_framed for block in section.blocks]
    said = [at for at, place in enumerate(places) if place.text]
    if not said or form == Form.OUTSIDE:  # the appendices of a form that a producer signs are outside as well
        return [Piece(form or Form.NAMED, text=tuple(places))]
    starts = sorted({said[0], *(at for at in said if _starts(places[at].block))})
    ends = [*starts[1:], len(places)]
    found = [piece for start, end in zip(starts, ends, strict=True) for piece in _pieces(places[start:end])]
    return [replace(found[0], form=form or found[0].form), *found[1:]]


def _starts(block: Block) -> bool:
    """Whether a new paper or appendix starts with this block."""
    if isinstance(block, Table):
        return any(line.text.upper().startswith(NATION) for line in block.paragraphs)
    return block.text.startswith(NATION) or is_annex_label(block)


def is_annex_label(line: Paragraph) -> bool:
    """Whether a paragraph is the label of an appendix: nothing but "Phụ lục I"."""
    return ANNEX_LABEL.fullmatch(line.text) is not None


def _pieces(places: list[Place]) -> Iterator[Piece]:
    """Yield one paper and, behind its signature, what is attached to it; or one appendix."""
    first = places[0].block
    if isinstance(first, Paragraph) and is_annex_label(first):
        yield Piece(Form.ANNEX, text=tuple(places))
        return
    if isinstance(first, Paragraph) and first.text.startswith(NATION):
        yield Piece(Form.OUTSIDE, text=tuple(places))
        return
    head = first if isinstance(first, Table) and (_starts(first) or not first.is_bordered) else None
    rest = places[1:] if head else places
    end = _closing(rest)
    closing = rest[end].block if end is not None else None
    paper = Piece(
        Form.NAMED,
        head=head,
        text=tuple(rest if end is None else rest[:end]),
        closing=closing if isinstance(closing, Table) else None,
    )
    yield replace(paper, form=_form(paper))
    attached = [] if end is None else rest[end + 1 :]
    if any(place.text for place in attached):
        yield Piece(Form.ANNEX, text=tuple(attached))


def _closing(places: list[Place]) -> int | None:
    """Return where recipients and signatures stand: the first table with recipients, else the last without lines."""
    tables = [at for at, one in enumerate(places) if isinstance(one.block, Table) and not one.block.is_bordered]
    with_recipients = [at for at in tables if RECIPIENTS in places[at].text]
    return with_recipients[0] if with_recipients else tables[-1] if tables else None


def _form(paper: Piece) -> Form:
    if paper.head is None:
        return Form.NAMED
    if len(paper.head.rows) == 1 and not paper.number and not _has_recipients(paper):
        return Form.OUTSIDE
    first = next((place.text for place in paper.text if place.text), "")
    under = any(line.text.upper().startswith("V/V") for line in paper.head.paragraphs)
    return form_of_number(paper.number, is_letter=under or first.startswith("Kính gửi"))


def _has_recipients(paper: Piece) -> bool:
    return paper.closing is not None and any(RECIPIENTS in line.text for line in paper.closing.paragraphs)
