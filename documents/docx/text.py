"""The text of a Word file, for search, comparison of versions, and tests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from documents.docx import package

W = package.W
_MARKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_BLANK = re.compile("[\n\t]")


@dataclass(frozen=True)
class Line:
    """A paragraph (one cell) or a row of a table; `table` numbers the file's tables, None outside them."""

    cells: tuple[str, ...]
    table: int | None = None

    def __str__(self) -> str:
        return " | ".join(self.cells)


def text_of(docx: bytes) -> list[str]:
    """Return the paragraphs that hold text, in reading order: page headers, body, notes, page footers.

    A table row is one entry, its cells separated by " | ", so that two versions compare row by row.
    Raises TemplateRefused when `docx` is not a sound .docx.
    """
    return [str(line) for line in lines_of(docx)]


def lines_of(docx: bytes) -> list[Line]:
    """Return the same paragraphs and rows with their cells apart. Raises TemplateRefused like `text_of`."""
    roots, tables = package.text_parts(package.read(docx)), count()
    found = [line for name, root in roots.items() if name != package.CORE for line in _lines(root, tables)]
    return [line for line in found if str(line).strip(" |")]


def _lines(element: Any, tables: Iterator[int], table: int | None = None) -> Iterator[Line]:
    for child in element:
        if child.tag == W + "p":
            yield Line((_paragraph(child),))
        elif child.tag == W + "tr":
            yield Line(tuple(_cell(cell, tables) for cell in child.iter(W + "tc")), table)
        else:
            yield from _lines(child, tables, next(tables) if child.tag == W + "tbl" else table)


def _cell(cell: Any, tables: Iterator[int]) -> str:
    return "\n".join(filter(None, map(str, _lines(cell, tables))))


def _paragraph(paragraph: Any) -> str:
    pieces = (_piece(element) for element in paragraph.iter(W + "t", *_MARKS))
    return "".join(pieces).strip()


def _piece(element: Any) -> str:
    # A line break or tab inside w:t is only a blank in Word; real ones are elements of their own.
    return _BLANK.sub(" ", element.text or "") if element.tag == W + "t" else _MARKS[element.tag]
