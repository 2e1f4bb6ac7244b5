"""Rules of the opening: name of the type, subject, addressee, legal bases, authority and word of a decision.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục II, khoản 5 and 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from documents.format.anatomy import Piece, Place
from documents.format.forms import TYPES, Form, symbol_of
from documents.format.head import PART_OF_WORDS, line_breach
from documents.format.looks import Look, described
from documents.format.pages import Paragraph
from documents.format.rules import Breach

TITLE_LOOK = Look(sizes=(13, 14), bold=True, italic=False, align="center", capitals=True)
SUBJECT_LOOK = Look(sizes=(13, 14), bold=True, italic=False, align="center", capitals=False)
ADDRESSEE_LOOK = Look(sizes=(13, 14), bold=False, italic=False)
BASIS_LOOK = Look(sizes=(13, 14), italic=True)
ADDRESSEE = "Kính gửi"
BASES = ("Căn cứ ", "Theo đề nghị ", "Xét đề nghị ", "Xét Tờ trình ")
DECISION_WORD = "QUYẾT ĐỊNH:"


@dataclass
class Opening:
    """The opening of a paper, taken apart; `rest` is the text after it."""

    type_name: Paragraph | None = None
    subject: list[Paragraph] = field(default_factory=list)
    line_mm: float = 0.0
    authority: Paragraph | None = None
    addressees: list[Paragraph] = field(default_factory=list)
    bases: list[Paragraph] = field(default_factory=list)
    word: Paragraph | None = None
    rest: Sequence[Place] = ()


def opening_of(paper: Piece) -> Opening:
    """Take the opening of a paper apart."""
    opening, reader = Opening(), _Reader(paper.text)
    if paper.form != Form.LETTER:
        opening.type_name = reader.take(lambda line: not line.text.startswith((ADDRESSEE, *BASES)))
        _subject(opening, reader)
    if paper.form == Form.DECISION:
        opening.authority = reader.take(lambda line: not line.text.startswith(BASES) and line.text != DECISION_WORD)
    _addressees(opening, reader)
    while basis := reader.take(lambda line: line.text.startswith(BASES)):
        opening.bases.append(basis)
    if paper.form == Form.DECISION:
        opening.word = reader.take(lambda line: not line.text.startswith("Điều "))
    opening.rest = reader.rest
    return opening


def opening_breaches(paper: Piece, opening: Opening) -> Iterator[Breach]:
    """Yield what is wrong with the opening of a paper."""
    if paper.form != Form.LETTER:
        yield from _type_name(paper, opening)
        yield from _title_lines(opening, paper.room_mm)
    yield from _addressee_breaches(paper, opening)
    yield from _basis_breaches(opening.bases)
    if paper.form == Form.DECISION:
        yield from _looks("decision_authority", opening.authority)
        yield from _looks("decision_word", opening.word, DECISION_WORD)


class _Reader:
    """Reads paragraphs from the top; blank ones are passed over, a table ends the opening."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.rest = list(places)

    def take(self, fits: Callable[[Paragraph], bool]) -> Paragraph | None:
        """Return the next paragraph that says something when it fits, else leave it."""
        for at, place in enumerate(self.rest):
            if not isinstance(place.block, Paragraph):
                return None
            if place.block.text:
                if not fits(place.block):
                    return None
                self.rest = self.rest[at + 1 :]
                return place.block
        return None

    def take_line(self) -> float:
        """Return the length of the line drawn next, 0 when there is none."""
        block = self.rest[0].block if self.rest else None
        if isinstance(block, Paragraph) and not block.text and block.line_mm:
            self.rest = self.rest[1:]
            return block.line_mm
        return 0.0


def _is_title(line: Paragraph) -> bool:
    return not line.text.startswith((ADDRESSEE, *BASES))


def _goes_on(line: Paragraph) -> bool:
    """Whether a subject goes on with this line."""
    return line.is_bold and line.align == "center" and not line.is_capitals


def _subject(opening: Opening, reader: _Reader) -> None:
    line = reader.take(_is_title)
    while line:
        opening.subject.append(line)
        opening.line_mm = line.line_mm or reader.take_line()
        line = None if opening.line_mm else reader.take(_goes_on)


def _addressees(opening: Opening, reader: _Reader) -> None:
    first = reader.take(lambda line: line.text.startswith(ADDRESSEE))
    if first is None:
        return
    opening.addressees.append(first)
    if first.text.endswith(":"):
        while other := reader.take(lambda line: line.text.startswith("- ")):
            opening.addressees.append(other)


def _type_name(paper: Piece, opening: Opening) -> Iterator[Breach]:
    yield from _looks("type_name", opening.type_name)
    symbol = symbol_of(paper.number)
    if opening.type_name and symbol:
        wanted = TYPES.get(opening.type_name.text.upper(), symbol)
        if wanted != symbol:
            yield Breach(rule="type_symbol", found=symbol, where=opening.type_name.text)


def _title_lines(opening: Opening, room_mm: float) -> Iterator[Breach]:
    if not opening.subject:
        yield Breach(rule="subject", found=_("missing"))
        return
    for line in opening.subject:
        if not SUBJECT_LOOK.fits(line):
            yield Breach(rule="subject", found=described(line), where=line.text)
    longest = max(opening.subject, key=lambda line: len(line.text))
    yield from line_breach("subject_line", longest, opening.line_mm, room_mm, PART_OF_WORDS)


def _looks(rule: str, line: Paragraph | None, words: str = "") -> Iterator[Breach]:
    """Yield a breach when a line of the title is missing, does not look like one, or says other words."""
    if line is None:
        yield Breach(rule=rule, found=_("missing"))
    elif not TITLE_LOOK.fits(line) or (words and line.text != words):
        yield Breach(rule=rule, found=described(line), where=line.text)


def _addressee_breaches(paper: Piece, opening: Opening) -> Iterator[Breach]:
    if paper.form == Form.LETTER and not opening.addressees and not _in_table(paper):
        yield Breach(rule="addressee", found=_("missing"))
    for line in opening.addressees:
        if not ADDRESSEE_LOOK.fits(line):
            yield Breach(rule="addressee", found=described(line), where=line.text)


def _in_table(paper: Piece) -> bool:
    """Whether the addressees stand in a table: several of them are set out like that."""
    return any(not isinstance(place.block, Paragraph) and ADDRESSEE in place.text for place in paper.text)


def _basis_breaches(bases: Sequence[Paragraph]) -> Iterator[Breach]:
    for place, basis in enumerate(bases, start=1):
        if not BASIS_LOOK.fits(basis):
            yield Breach(rule="basis", found=described(basis), where=basis.text)
        mark = "." if place == len(bases) else ";"
        if not basis.text.endswith(mark):
            yield Breach(rule="basis_end", found=f"“{basis.text[-1]}”", where=basis.text)
