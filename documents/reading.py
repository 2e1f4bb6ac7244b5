"""Reading a version on the screen, without Word."""

from __future__ import annotations

from documents import docx
from documents.errors import TemplateRefused
from documents.models import DocumentVersion

CELL = " | "


def lines_of(version: DocumentVersion) -> list[list[str]]:
    """Return the version's text in reading order: one list per paragraph or table row, one entry per cell.

    An unreadable or missing file gives no lines: the download then says what is wrong.
    """
    try:
        with version.file.open() as file:
            text = docx.text_of(file.read())
    except (OSError, TemplateRefused):
        return []
    return [line.split(CELL) for line in text]
