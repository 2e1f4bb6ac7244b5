"""The text of a Word file, for search, comparison of versions, and tests."""

import re
from collections.abc import Iterator
from typing import Any

from documents import docx_package as package

W = package.W
_MARKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_BLANK = re.compile("[\n\t]")


def text_of(docx: bytes) -> list[str]:
    """Return the paragraphs that hold text, in reading order: page headers, body, notes, page footers.

    A table row is one entry, its cells separated by " | ", so that two versions compare row by row.
    Raises TemplateRefused when `docx` is not a sound .docx.
    """
    roots = package.text_parts(package.read(docx))
    return [line for name, root in roots.items() if name != package.CORE for line in _lines(root) if line.strip(" |")]


def _lines(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == W + "p":
            yield _paragraph(child)
        elif child.tag == W + "tr":
            yield " | ".join("\n".join(filter(None, _lines(cell))) for cell in child.iter(W + "tc"))
        else:
            yield from _lines(child)


def _paragraph(paragraph: Any) -> str:
    pieces = (_piece(element) for element in paragraph.iter(W + "t", *_MARKS))
    return "".join(pieces).strip()


def _piece(element: Any) -> str:
    # A line break or tab inside w:t is only a blank in Word; real ones are elements of their own.
    return _BLANK.sub(" ", element.text or "") if element.tag == W + "t" else _MARKS[element.tag]
