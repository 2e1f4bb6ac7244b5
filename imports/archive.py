"""Refuse dangerous workbooks before any parser of spreadsheets sees them.

An .xlsx file is a zip of XML. A few kilobytes can claim 17 billion cells, and a parser that
believes them takes the machine down. So the zip directory, the content types and every sheet are
looked at first, in constant memory.
"""

import io
import re
import zipfile
from xml.parsers import expat

from django.utils.translation import gettext as _

from imports import package
from imports.errors import WorkbookRefused

MAX_UNZIPPED = 120 * 1024 * 1024
MAX_COLUMNS = 60
# Title rows, signatures and notes around the table do not count as rows of data.
SPARE_ROWS = 100
CHUNK = 64 * 1024

_WORKBOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})\Z")


def check(data: bytes, *, max_rows: int) -> None:
    """Raise `WorkbookRefused` unless `data` is a macro-free .xlsx of a harmless size.

    `max_rows` is the number of data rows allowed; columns are limited to `MAX_COLUMNS`.
    """
    if len(data) > package.MAX_BYTES:
        raise WorkbookRefused(_("The file is larger than 10 MB. Split it or remove its pictures."))
    if data.startswith(package.OLE):
        raise WorkbookRefused(
            _("This is an old .xls file or a file with a password. Save it without a password as .xlsx and try again.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive)
            _check_kind(archive)
            for member in archive.infolist():
                _SheetGuard(max_rows + SPARE_ROWS).check(archive, member)
    except package.DAMAGED as error:
        raise WorkbookRefused(_not_xlsx()) from error


def _not_xlsx() -> str:
    return _("The file is not an .xlsx workbook. Open it in a spreadsheet program and save it as .xlsx.")


def _check_directory(archive: zipfile.ZipFile) -> None:
    if package.is_too_much(archive, most=MAX_UNZIPPED):
        raise WorkbookRefused(_("The workbook unpacks to too much data. Copy only the table into a new workbook."))
    if package.is_too_tight(archive):
        raise WorkbookRefused(
            _("The workbook is packed suspiciously tightly. Copy only the filled cells into a new workbook.")
        )


def _check_kind(archive: zipfile.ZipFile) -> None:
    if package.has_macros(archive):
        raise WorkbookRefused(_("The workbook contains macros. Save it as .xlsx without macros and try again."))
    if _WORKBOOK not in archive.read("[Content_Types].xml"):  # KeyError, which `check` answers, where there is none
        raise WorkbookRefused(_("The file is not an .xlsx workbook (a Word file, a macro or a binary workbook?)."))


class _SheetGuard:
    """Stream one member; if its root is a worksheet, count its rows and columns and stop early."""

    def __init__(self, max_row: int) -> None:
        self.max_row = max_row
        self.rows = 0
        self.row = 0
        self.column = 0
        self.is_sheet: bool | None = None
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._doctype

    def check(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        """Read the member through; a picture or another part ends the reading at its first tag."""
        try:
            with archive.open(member) as stream:
                while (chunk := stream.read(CHUNK)) and self.is_sheet is not False:
                    self.parser.Parse(chunk)
        except expat.ExpatError as error:
            if self.is_sheet:
                raise ValueError(member.filename) from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self.is_sheet is None:
            self.is_sheet = name == "worksheet"
            if not self.is_sheet:
                self.parser.StartElementHandler = None
        elif name == "c":
            self._cell(attributes.get("r"))
        elif name == "row":
            self._row(attributes.get("r"))
        elif name == "dimension":
            for reference in attributes.get("ref", "A1").split(":"):
                self._refuse_beyond(*_position(reference))

    def _row(self, number: str | None) -> None:
        self.rows += 1
        self.row = int(number) if number else self.row + 1
        self.column = 0
        self._refuse_beyond(max(self.row, self.rows), self.column)

    def _cell(self, reference: str | None) -> None:
        self.column += 1
        row = self.row
        if reference:
            row, self.column = _position(reference)
        self._refuse_beyond(row, self.column)

    def _refuse_beyond(self, row: int, column: int) -> None:
        if row > self.max_row or column > MAX_COLUMNS:
            raise WorkbookRefused(
                _(
                    "The sheet reaches row %(row)s, column %(column)s; at most %(rows)s rows and %(columns)s columns "
                    "are read. Copy only the table into a new workbook."
                )
                % {"row": row, "column": column, "rows": self.max_row, "columns": MAX_COLUMNS}
            )

    def _doctype(self, *_ignored: object) -> None:
        raise ValueError("a document type declaration has no place in a workbook")


def _position(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as B12, both from 1. Raises ValueError when it is not one."""
    match = _REFERENCE.match(reference)
    if not match:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
