"""Reading a version on the screen, without Word: its lines, its sections, and where a remark can point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from django.utils.translation import gettext as _

from documents import files
from documents.docx import text as docx_text
from documents.docx.text import Line
from documents.errors import DocumentError, NotReadable, TemplateRefused
from documents.models import DocumentVersion

MAX_NAME = 120  # characters of a section's name; a remark stores it
_MAX_RUN_IN = 90
# Headings as NĐ 30/2020 numbers them: part, chapter; then I, Điều 1; then 1, 1.1; tables by their caption.
_HEADINGS = (
    (0, re.compile(r"(?P<number>(?:phần|chương|phụ lục)\s+(?:[ivxlc]+|\d+))\b[.:]?\s*(?P<title>.*)", re.I | re.S)),
    (1, re.compile(r"(?P<number>Điều \d+[a-zđ]?)\.\s*(?P<title>.*)", re.S)),
    (1, re.compile(r"(?P<number>[IVXLC]+)\.\s+(?P<title>.*)", re.S)),
    (3, re.compile(r"(?P<number>(?:Bảng|Biểu|Hình) \d+)\.\s*(?P<title>.*)", re.S)),
    (2, re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})\.?\s+(?P<title>[^\W\d_a-z].*)", re.S)),
)
_CAPTION = 3
# A heading that runs into its text ends at the first stop or colon: "1. Mục đích. Làm rõ …".
_RUN_IN = re.compile(r"[.:](?:\s|$)|\n")
_RECIPIENTS = re.compile(r"nơi nhận\b", re.I)


@dataclass(frozen=True)
class Section:
    """A part of a text from its heading to the next of its rank, lines[start:end]; a caption takes its table."""

    name: str
    level: int
    start: int
    end: int
    title: str = ""

    @property
    def anchor(self) -> str:
        """The place on the page."""
        return f"muc-{self.start}"


@dataclass(frozen=True)
class Block:
    """What is drawn in one piece: a paragraph, or the rows of a table."""

    lines: tuple[Line, ...]

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return self.lines[0].table is not None

    @property
    def head(self) -> tuple[str, ...]:
        """The cells of the header row; empty for a table that only places things side by side, as the letterhead."""
        return head_of(self.lines)

    @property
    def rows(self) -> tuple[Line, ...]:
        """The rows below the header."""
        return self.lines[1:] if self.head else self.lines


@dataclass(frozen=True)
class Part:
    """A heading with what follows up to the next heading; without `section` where the text goes on after a table."""

    section: Section | None
    blocks: tuple[Block, ...]

    @property
    def is_headed(self) -> bool:
        """Whether its first paragraph is a heading and nothing else."""
        first = self.blocks[0].lines[0].cells[0]
        return self.section is not None and bool(self.section.title) and len(first) <= len(self.section.title) + 12


@dataclass(frozen=True)
class Reading:
    """A version's text with its sections."""

    lines: tuple[Line, ...]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in reading order; none in a text without headings."""
        return tuple(sections_of(self.lines))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The text cut at its headings, as the page draws it."""
        starts = {section.start: section for section in self.sections}
        cuts = sorted({0, len(self.lines), *starts, *(s.end for s in self.sections if s.level == _CAPTION)})
        return tuple(Part(starts.get(a), tuple(_blocks(self.lines[a:b]))) for a, b in pairwise(cuts))

    def find(self, name: str) -> Section | None:
        """Return the section that a place is in: by its name ("II. THU MUA, đoạn 2" is in "II. THU MUA"), or the
        only one of that title when the numbers have moved on."""
        inside = [section for section in self.sections if f"{name},".startswith(f"{section.name},")]
        if inside:
            return max(inside, key=lambda section: len(section.name))
        bare = _bare(name)
        same = [section for section in self.sections if section.title and _bare(section.name) == bare]
        return same[0] if len(same) == 1 else None

    def at(self, number: int) -> Section | None:
        """Return the innermost section that holds the line."""
        around = [section for section in self.sections if section.start <= number < section.end]
        return around[-1] if around else None

    def text(self, section: Section) -> tuple[Line, ...]:
        """Return the section's lines."""
        return self.lines[section.start : section.end]


def lines_of(version: DocumentVersion) -> list[Line]:
    """Return the version's text in reading order: paragraphs, and the rows of tables with their cells.

    Raises NotReadable for a file that is missing, changed since it was written, or no sound .docx.
    """
    if not files.is_intact(str(version.file.name), version.sha256):
        raise NotReadable(version.number)
    try:
        with version.file.open() as file:
            return docx_text.lines_of(file.read())
    except (OSError, TemplateRefused) as error:
        raise NotReadable(version.number) from error


def reading_of(version: DocumentVersion | None) -> Reading:
    """Return the version's text for the page; an unreadable file gives none: the download then says what is wrong."""
    if version is None:
        return Reading(())
    try:
        return Reading(tuple(lines_of(version)))
    except DocumentError:
        return Reading(())


def head_of(rows: Sequence[Line]) -> tuple[str, ...]:
    """Return the header of a table of three columns or more: its first row, when every cell of it says something."""
    first = rows[0].cells
    is_head = rows[0].table is not None and len(rows) > 1 and len(first) > 2 and all(first)
    return first if is_head and not any(cell.isdigit() for cell in first) else ()


def sections_of(lines: Sequence[Line]) -> Iterator[Section]:
    """Yield the sections, each with a name that stays readable: "II. HIỆN TRẠNG", "VI.1. Nhu cầu của các cơ sở"."""
    found = list(_headings(lines))
    if not found:
        return
    tail = next((n for n, line in enumerate(lines) if n > found[-1].start and _RECIPIENTS.match(line.cells[0])), None)
    last = len(lines) if tail is None else tail
    if found[0].start > 0:
        yield Section(_("Opening part"), 0, 0, found[0].start)
    taken: dict[str, int] = {}
    for position, heading in enumerate(found):
        after = (other.start for other in found[position + 1 :] if other.level <= heading.level)
        end = min(next(after, last), _end_of_table(lines, heading) if heading.level == _CAPTION else last)
        taken[heading.name] = taken.get(heading.name, 0) + 1
        again = taken[heading.name]
        name = heading.name if again == 1 else f"{heading.name[: MAX_NAME - 5]} ({again})"
        yield Section(name, heading.level, heading.start, end, heading.title)
    if tail is not None:
        yield Section(_("Recipients and signature"), 0, tail, len(lines))


def _headings(lines: Sequence[Line]) -> Iterator[Section]:
    above = ""  # the number of the part or article that a "1." stands in
    for start, line in enumerate(lines):
        heading = _heading(line)
        if heading is None:
            continue
        level, number, title = heading
        if (
            not title
            and start + 1 < len(lines)
            and lines[start + 1].table is None
            and _heading(lines[start + 1]) is None
        ):
            title = _run_in(lines[start + 1].cells[0])
        if level < 2:
            above = number
        inside = f"{above}." if level == 2 and above else ""
        name = f"{inside}{number}. {title}".rstrip()
        yield Section(name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…", level, start, start, title)


def _heading(line: Line) -> tuple[int, str, str] | None:
    """Return level, number and title of a line that is a heading."""
    if line.table is not None:
        return None
    for level, pattern in _HEADINGS:
        if found := pattern.fullmatch(line.cells[0]):
            return level, " ".join(found["number"].split()), _run_in(found["title"])
    return None


def _run_in(title: str) -> str:
    """Return the heading without the text that runs on after it."""
    stop = _RUN_IN.search(title)
    bare = title[: stop.start()] if stop else title.rstrip(". ")
    return bare if len(bare) <= _MAX_RUN_IN else bare[:_MAX_RUN_IN].rsplit(" ", 1)[0] + "…"


def _end_of_table(lines: Sequence[Line], heading: Section) -> int:
    end = heading.start + 1
    while end < len(lines) and lines[end].table is not None:
        end += 1
    return end


def _bare(name: str) -> str:
    """The name without its number."""
    return re.sub(r"^(?:(?:phần|chương|phụ lục|điều|bảng|biểu|hình)\s+)?[\divxlc.]+\.\s+", "", name, flags=re.I)


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    for table, rows in groupby(lines, key=lambda line: line.table):
        if table is None:
            yield from (Block((line,)) for line in rows)
        else:
            yield Block(tuple(rows))
