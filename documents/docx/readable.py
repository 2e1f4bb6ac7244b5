"""What else is wrong with a template some of whose tags cannot be read: the others are read without them.

A tag that is never closed must not reach docxtpl, whose patterns take quadratic time on it, and Jinja stops at the
first tag that it cannot parse. Told one after the other, each fault would cost its author one more upload.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError

from documents.docx.syntax import check_syntax
from documents.docx.tags import RAW_VALUE, STATEMENT, Tag
from documents.errors import Fault

_LOOP_NAME = re.compile(r"\bfor\s+(\w+)")
_MARK = re.compile(r"^\{%(p|tr)")
_ENDS = {"for": "{% endfor %}", "if": "{% endif %}"}


def further_faults(
    tags: Sequence[Tag], known: Sequence[Fault], *, environment: Environment, allowed: frozenset[str] | None
) -> list[Fault]:
    """Return the faults of one part's tags that `known` does not tell of.

    Blocks are closed as they may have been meant. What stands in a loop whose own tag cannot be read is not judged:
    nobody knows what its variable is.
    """
    readable, broken = _sorted_out(tags, environment)
    whole = list(_closed(readable))
    source = "".join(_MARK.sub("{%", tag.text) for tag in whole)
    _paths, found = check_syntax(source, whole, environment=environment, allowed=allowed)
    told = {(fault.tag, fault.place) for fault in known}
    unreadable = {fault.tag for fault in (*known, *broken)} - {tag.text for tag in readable}
    lost = {name for text in unreadable for name in _LOOP_NAME.findall(text)}
    return [
        fault
        for fault in dict.fromkeys((*broken, *found))
        if (fault.tag, fault.place) not in told and not lost.intersection(re.findall(r"\w+", fault.tag))
    ]


def _sorted_out(tags: Sequence[Tag], environment: Environment) -> tuple[list[Tag], list[Fault]]:
    """Return the tags that can be read, and a fault for each that Jinja cannot parse.

    Those that are no tag of ours at all are in neither: their shape told of them.
    """
    readable, broken = [], []
    for tag in tags:
        if RAW_VALUE.match(tag.text) or not (tag.text.startswith("{{") or STATEMENT.fullmatch(tag.text)):
            continue
        try:
            environment.parse(_alone(tag))
        except TemplateSyntaxError as error:
            reason = _("the tag is broken: %(error)s") % {"error": error.message}
            broken.append(Fault(tag=tag.text, place=tag.place, reason=reason))
        else:
            readable.append(tag)
    return readable, broken


def _alone(tag: Tag) -> str:
    """The tag with what it needs around it to be parsed by itself."""
    text, word = _MARK.sub("{%", tag.text), _word(tag)
    if word in ("elif", "else"):
        return "{% if 1 %}" + text + _ENDS["if"]
    return "" if word.startswith("end") else text + _ENDS.get(word, "")


def _word(tag: Tag) -> str:
    statement = STATEMENT.fullmatch(tag.text)
    return statement["word"] if statement else ""


@dataclass
class _Open:
    """A block that is not closed yet: its word, the name of a loop's variable, whether its else came."""

    word: str
    name: str
    has_else: bool = False


def _closed(tags: Sequence[Tag]) -> Iterator[Tag]:
    """Yield the tags with every block closed once; ends and branches that belong to nothing are left out."""
    blocks: list[_Open] = []
    for tag in tags:
        word = _word(tag)
        if word in _ENDS:
            name = "".join(_LOOP_NAME.findall(tag.text)[:1])
            while name and any(block.name == name for block in blocks):  # the end of the loop before was lost
                yield Tag(_ENDS[blocks.pop().word], tag.place)
            blocks.append(_Open(word, name))
        elif word and not _belongs(word, blocks):
            continue
        yield tag
    yield from (Tag(_ENDS[block.word], "") for block in reversed(blocks))


def _belongs(word: str, blocks: list[_Open]) -> bool:
    """Whether an end or a branch fits the innermost block; takes it into account."""
    if not blocks:
        return False
    block = blocks[-1]
    if word.startswith("end"):
        return word == f"end{block.word}" and bool(blocks.pop())
    if block.has_else or (word == "elif" and block.word == "for"):
        return False
    block.has_else = word == "else"
    return True
