"""The tags of a Word template: where they stand, and whether each is whole and in its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from documents.docx.package import BODY, CORE, W
from documents.errors import Fault

MAX_TAG = 2000

OPENER = re.compile(r"\{[{%#]")
_STRAY = re.compile(r"[}%]\}")
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
STATEMENT = re.compile(r"\{%(?P<whole>p|tr)?\s+(?P<word>for|endfor|if|elif|else|endif)\b[^%{}]*%\}")
# {{r x}}, {{p x}} and {{tr x}} put a value into the file as raw XML.
RAW_VALUE = re.compile(r"\{\{-?\s*(r|p|tr|tc)\s")


@dataclass(frozen=True)
class Tag:
    """A tag as it stands in the file, and what its paragraph and its table row stand in (ids of elements)."""

    text: str
    place: str
    box: int = 0
    table: int = 0


@dataclass(frozen=True)
class _Block:
    """A paragraph (or a property): the smallest piece of text that holds whole tags."""

    place: str
    text: str
    row: str  # all text of the table row around it, "" outside tables
    box: int = 0
    table: int = 0


def has_tags(source: str) -> bool:
    """Whether there is anything in a part for Jinja to do."""
    return OPENER.search(source) is not None


def find_tags(name: str, root: Any) -> tuple[list[Tag], list[Fault]]:
    """Return the tags of one part in reading order, and what is wrong with their shape.

    Shape: closed in its own paragraph, a known statement, blocks that open and close in order, and a
    paragraph or row that holds a `{%p` or `{%tr` tag holds nothing else, because docxtpl drops the rest.
    """
    tags: list[Tag] = []
    faults = list(_outside_text(name, root))
    for block in _blocks(name, root):
        found, wrong = _split(block)
        tags += found
        faults += wrong or [fault for tag in found for fault in _shape(tag, block)]
    return tags, faults or _nesting(tags)


def _place(part: str, number: int) -> str:
    words = {
        "document": _("text, paragraph %(n)d"),
        "header": _("page header, paragraph %(n)d"),
        "footer": _("page footer, paragraph %(n)d"),
        "core": _("document properties, line %(n)d"),
    }
    stem = part.rsplit("/", 1)[-1].removesuffix(".xml").rstrip("0123456789")
    return words.get(stem, _("notes, paragraph %(n)d")) % {"n": number}


def _blocks(name: str, root: Any) -> Iterator[_Block]:
    if not root.tag.startswith(W):
        for number, element in enumerate(root.iter("{*}*"), 1):
            yield _Block(_place(CORE, number), element.text or "", "")
        return
    boxes: dict[Any, int] = {}
    for number, paragraph in enumerate(root.iter(W + "p"), 1):
        own = (text for text in paragraph.iter(W + "t") if next(text.iterancestors(W + "p")) is paragraph)
        row = next(paragraph.iterancestors(W + "tr"), None)
        row_text = "" if row is None else "".join(text.text or "" for text in row.iter(W + "t"))
        box = boxes.setdefault(paragraph.getparent(), len(boxes))
        table = boxes.setdefault(None if row is None else row.getparent(), len(boxes))
        yield _Block(_place(name, number), "".join(text.text or "" for text in own), row_text, box, table)


def _outside_text(name: str, root: Any) -> Iterator[Fault]:
    """Yield tags in field codes, deleted text or attributes: there a value would not be text."""
    if not root.tag.startswith(W):
        return
    for element in root.iter():
        texts = [*element.attrib.values(), element.tail or ""]
        texts += [] if element.tag == W + "t" else [element.text or ""]
        for text in filter(OPENER.search, texts):
            place = _place(name, 0) if name != BODY else _("text")
            yield Fault(
                tag=text.strip()[:80], place=place, reason=_("a tag may stand only in the visible text; move it there")
            )


def _split(block: _Block) -> tuple[list[Tag], list[Fault]]:
    tags: list[Tag] = []
    position = 0
    while opener := OPENER.search(block.text, position):
        closer = {"{{": "}}", "{%": "%}", "{#": "#}"}[opener.group()]
        end = block.text.find(closer, opener.end())
        following = OPENER.search(block.text, opener.end())
        if end < 0 or (following and following.start() < end):
            return tags, [
                _fault(
                    block,
                    opener.start(),
                    _("the tag is not closed in its own paragraph; type the whole tag again in one paragraph"),
                )
            ]
        if end - opener.start() > MAX_TAG or opener.group() == "{#":
            return tags, [
                _fault(block, opener.start(), _("comments and tags over 2,000 characters are not allowed; delete it"))
            ]
        tags.append(Tag(block.text[opener.start() : end + 2], block.place, block.box, block.table))
        position = end + 2
    rest = TAG.sub("", block.text)
    if stray := _STRAY.search(rest):
        before = rest[max(stray.start() - 40, 0) : stray.end()].strip()
        return tags, [
            Fault(
                tag=before,
                place=block.place,
                reason=_("a tag is closed but never opened; delete the mark or type the whole tag again"),
            )
        ]
    return tags, []


def _fault(block: _Block, start: int, reason: str) -> Fault:
    return Fault(tag=block.text[start : start + 80].strip(), place=block.place, reason=reason)


def _shape(tag: Tag, block: _Block) -> Iterator[Fault]:
    if tag.text.startswith("{{"):
        if RAW_VALUE.match(tag.text):
            yield Fault(tag=tag.text, place=tag.place, reason=_("raw values are not allowed; write {{ name }}"))
        return
    statement = STATEMENT.fullmatch(tag.text)
    if statement is None:
        reason = _("only for, if, elif, else and their ends are allowed; delete the tag")
        yield Fault(tag=tag.text, place=tag.place, reason=reason)
    elif statement["whole"] == "p" and block.text.strip() != tag.text:
        yield Fault(tag=tag.text, place=tag.place, reason=_("a {%p tag must be alone in its paragraph"))
    elif statement["whole"] == "tr" and block.row.strip() != tag.text:
        yield Fault(tag=tag.text, place=tag.place, reason=_("a {%tr tag must be alone in its table row"))


def _nesting(tags: Sequence[Tag]) -> list[Fault]:
    """Return the first tag that does not fit: Jinja itself would only point at the end of the file."""
    unclosed: list[tuple[str, Tag]] = []
    for tag in tags:
        statement = STATEMENT.fullmatch(tag.text)
        word = statement["word"] if statement else ""
        if word in ("for", "if"):
            unclosed.append((word, tag))
        elif word in ("endfor", "endif") and (not unclosed or unclosed[-1][0] != word.removeprefix("end")):
            return [
                Fault(
                    tag=tag.text,
                    place=tag.place,
                    reason=_("this end does not match an open for or if; delete it or add its beginning"),
                )
            ]
        elif word and (not unclosed or not _side_by_side(unclosed[-1][1], tag)):
            return [_apart(unclosed[-1][1] if unclosed else tag, tag)]
        if word.startswith("end"):
            unclosed.pop()
    return [
        Fault(tag=tag.text, place=tag.place, reason=_("this for or if is never closed; add its endfor or endif"))
        for _word, tag in unclosed
    ]


def _side_by_side(start: Tag, end: Tag) -> bool:
    """Whether what stands between two tags is whole: both in rows of one table, or in paragraphs of one cell."""
    kinds = [STATEMENT.fullmatch(tag.text)["whole"] for tag in (start, end)]  # type: ignore[index]
    return kinds[0] == kinds[1] and (start.table == end.table if kinds[0] == "tr" else start.box == end.box)


def _apart(start: Tag, end: Tag) -> Fault:
    reason = _(
        "it begins at %(place)s in another table cell or with another mark, so that it would tear the table; repeat "
        "rows with {%%tr for … %%} alone in a row above them and {%%tr endfor %%} alone in a row below them, "
        "paragraphs with {%%p for … %%} and {%%p endfor %%} in the same cell"
    ) % {"place": start.place}
    return Fault(tag=end.text, place=end.place, reason=reason)
