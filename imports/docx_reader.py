"""Child process that reads the tables of a Word document: `python -m imports.docx_reader < file.docx > tables.json`.

As for workbooks (see imports.reader) the parsing happens outside the web server, bound in CPU and memory,
and answers in JSON. Only the text of tables is read: no styles, links, pictures, fields or deleted words.
"""

import io
import json
import sys
import zipfile
from xml.parsers import expat

from imports.reader import limit

BODY = "word/document.xml"
MAX_CELLS = 50_000
MAX_TEXT = 4 * 1024 * 1024  # characters


class Tables:
    """Collects the outermost tables; a table inside a cell is text of that cell.

    A cell is {"text": …, "span": columns it covers, "goes_on": whether it continues the cell above it}.
    """

    def __init__(self) -> None:
        self.tables: list[list[list[dict[str, object]]]] = []
        self.depth = 0  # of tables
        self.cell: dict[str, object] | None = None
        self.text: list[str] = []
        self.is_text = False
        self.deleted = 0
        self.cells = self.letters = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._letters
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        value = next((value for key, value in attributes.items() if key.rpartition(" ")[2] == "val"), "")
        if name == "tbl":
            self.depth += 1
            if self.depth == 1:
                self.tables.append([])
        elif self.depth == 1 and name in ("tr", "tc"):
            self._open(name)
        elif self.cell is not None:
            self._inside(self.cell, name, value)

    def _open(self, name: str) -> None:
        if name == "tr":
            self.tables[-1].append([])
            return
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise MemoryError
        self.cell, self.text = {"text": "", "span": 1, "goes_on": False}, []

    def _inside(self, cell: dict[str, object], name: str, value: str) -> None:
        if name == "gridSpan" and self.depth == 1:
            cell["span"] = max(1, min(int(value or 1), 60))
        elif name == "vMerge" and self.depth == 1:
            cell["goes_on"] = value != "restart"
        elif name in ("del", "moveFrom"):
            self.deleted += 1
        elif name in ("br", "cr", "p"):
            self.text.append("\n")
        elif name == "tab":
            self.text.append(" ")
        self.is_text = name == "t" and not self.deleted

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        self.is_text = False
        if name in ("del", "moveFrom"):
            self.deleted -= 1
        elif name == "tbl":
            self.depth -= 1
        elif name == "tc" and self.depth == 1 and self.cell is not None:
            self.cell["text"] = "".join(self.text).strip()
            self.tables[-1][-1].append(self.cell)
            self.cell = None

    def _letters(self, text: str) -> None:
        if self.is_text:
            self.letters += len(text)
            if self.letters > MAX_TEXT:
                raise MemoryError
            self.text.append(text)

    def _doctype(self, *_ignored: object) -> None:
        raise ValueError("a document type declaration has no place in a Word document")


def main() -> None:
    """Read the document from standard input, write its tables to standard output."""
    limit()
    reader = Tables()
    with zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())) as archive, archive.open(BODY) as body:
        reader.parser.ParseFile(body)
    json.dump(reader.tables, sys.stdout)


if __name__ == "__main__":
    main()
