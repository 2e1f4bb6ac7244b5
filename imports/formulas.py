"""Which cells of a sheet hold a formula that was never calculated; runs in the reader's child process.

A formula is never evaluated here: its last stored value is read. A program that stores none leaves
an empty cell, which must not be taken for "nothing to say".
"""

import io
import re
import zipfile
from xml.etree import ElementTree
from xml.parsers import expat

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_POSITION = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")


def without_value(data: bytes) -> dict[str, list[tuple[int, int]]]:
    """Return the cells (row and column, from 1) of each sheet name whose formula has no stored value."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name, path in _sheets(archive).items():
            page = archive.read(path)
            if b"<f" in page or b":f" in page:
                found[name] = _Gaps().of(page)
    return found


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The path of each sheet in the archive, by its name."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  the child process is limited
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    known = set(archive.namelist())
    paths = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        target = targets.get(sheet.get(_RELATION), "").lstrip("/")
        path = target if target.startswith("xl/") else f"xl/{target}"
        if path in known:
            paths[sheet.get("name", "")] = path
    return paths


class _Gaps:
    """Walk through one sheet and note the cells with a formula and no value."""

    def __init__(self) -> None:
        self.gaps: list[tuple[int, int]] = []
        self.reference = ""
        self.has_formula = self.has_value = self.in_value = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def of(self, page: bytes) -> list[tuple[int, int]]:
        """Return the gaps of a sheet's XML."""
        self.parser.Parse(page, True)  # noqa: FBT003  expat's signature
        return self.gaps

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self.reference = attributes.get("r", "")
            self.has_formula = self.has_value = False
        elif name == "f":
            self.has_formula = True
        self.in_value = name in ("v", "t")

    def _text(self, text: str) -> None:
        self.has_value = self.has_value or (self.in_value and bool(text))

    def _end(self, tag: str) -> None:
        self.in_value = False
        is_gap = tag.rpartition(":")[2] == "c" and self.has_formula and not self.has_value
        if is_gap and (match := _POSITION.match(self.reference)):
            self.gaps.append((int(match[2]), _column(match[1])))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
