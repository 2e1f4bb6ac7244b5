"""The tables of a Word document, read safely: the zip is looked at first, the XML is parsed in a child process."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _

from imports import child, package
from imports.docx_reader import BODY
from imports.errors import WorkbookRefused

MAX_UNZIPPED = 60 * 1024 * 1024
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@dataclass(frozen=True)
class Cell:
    """A cell's text, the columns that it covers, and whether it goes on from the cell above."""

    text: str
    span: int = 1
    goes_on: bool = False


Table = list[list[Cell]]


def tables_of(data: bytes) -> list[Table]:
    """Return the tables of a .docx in their order. Raises WorkbookRefused for a hostile file or one without a table."""
    check(data)
    try:
        found = child.parsed(data, module="imports.docx_reader")
    except WorkbookRefused as error:
        raise WorkbookRefused(
            _("The Word document could not be read. Copy only the table into a new document.")
        ) from error
    tables = [[[_cell(cell) for cell in row] for row in table] for table in found]
    if not any(tables):
        raise WorkbookRefused(_("The Word document holds no table. Choose the document with the annex."))
    return tables


def _cell(cell: dict[str, object]) -> Cell:
    text = unicodedata.normalize("NFC", str(cell["text"]))
    return Cell(text, int(str(cell["span"])), bool(cell["goes_on"]))


def check(data: bytes) -> None:
    """Raise WorkbookRefused unless `data` is a macro-free .docx of a harmless size."""
    if len(data) > package.MAX_BYTES:
        raise WorkbookRefused(_("The file is larger than 10 MB. Split it or remove its pictures."))
    if data.startswith(package.OLE):
        raise WorkbookRefused(
            _("This is an old .doc file or a file with a password. Save it without a password as .docx and try again.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive)
            _check_kind(archive)
    except package.DAMAGED as error:
        raise WorkbookRefused(_not_docx()) from error


def _not_docx() -> str:
    return _("The file is not a Word document (.docx). Open it in Word and save it as .docx.")


def _check_size(archive: zipfile.ZipFile) -> None:
    if package.is_too_much(archive, most=MAX_UNZIPPED):
        raise WorkbookRefused(_("The document unpacks to too much data. Copy only the table into a new document."))
    if package.is_too_tight(archive):
        raise WorkbookRefused(
            _("The document is packed suspiciously tightly. Copy only the table into a new document.")
        )


def _check_kind(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    if package.has_macros(archive):
        raise WorkbookRefused(_("The document contains macros. Save it as .docx without macros and try again."))
    if BODY not in names or _DOCUMENT not in archive.read("[Content_Types].xml"):
        raise WorkbookRefused(_not_docx())
