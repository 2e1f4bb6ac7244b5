"""The one door for training material: PDF, Word and PowerPoint without macros, told from their bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from projects.errors import EvidenceRefused
from projects.evidence import ACTIVE_PARTS, MAX_PARTS
from registry import files

MAX_BYTES = 20 * 1024 * 1024
FOLDER = "materials"
ACCEPT = ".pdf,.docx,.pptx"
# The part by which an Office package says what it is.
PARTS = {"word/document.xml": ".docx", "ppt/presentation.xml": ".pptx"}


@dataclass(frozen=True)
class Material:
    """A file that was looked at: its bytes as they came, and their suffix."""

    data: bytes
    suffix: str

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return files.sha256(self.data)

    def keep(self) -> str:
        """Store the file by its content and return its name in the storage."""
        return files.keep(FOLDER, self.data, self.suffix)


def accept(upload: IO[bytes]) -> Material:
    """Return the uploaded file as material.

    Raises EvidenceRefused for a file over 20 MB, a damaged one, one with macros, and for everything but
    PDF, Word and PowerPoint.
    """
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise EvidenceRefused(_("The file is larger than 20 MB; make it smaller, or split it."))
    if data.startswith(b"%PDF-"):
        return Material(data, ".pdf")
    if data.startswith(b"PK\x03\x04"):
        return Material(data, _suffix_of(data))
    raise EvidenceRefused(_("The file is neither a PDF, a Word document nor a PowerPoint file; send one of these."))


def _suffix_of(data: bytes) -> str:
    """Look at the names of the parts only: nothing is unpacked here."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise EvidenceRefused(_("The file is damaged; save it again and send it once more.")) from error
    suffix = next((suffix for part, suffix in PARTS.items() if part in names), "")
    if not suffix or len(names) > MAX_PARTS:
        raise EvidenceRefused(_("The file is a package, but neither Word nor PowerPoint; send it as PDF."))
    if any(part in name.lower() for name in names for part in ACTIVE_PARTS):
        raise EvidenceRefused(_("The file holds macros; send it as PDF."))
    return suffix
