"""The one door for files that prove a milestone: what they are is read from their bytes, never from their name.

Pictures are drawn anew by `registry.pictures`; a PDF or a Word document is kept as it came and only
ever sent as an attachment.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from projects.errors import EvidenceRefused
from registry import files, pictures
from registry.errors import PictureRefused

MAX_BYTES = 10 * 1024 * 1024
FOLDER = "evidence"
ACCEPT = ".pdf,.docx,.jpg,.jpeg,.png"
# Word's own parts, and those by which a document can act.
WORD_PARTS = {"[Content_Types].xml", "word/document.xml"}
ACTIVE_PARTS = ("vbaproject.bin", "activex/")
MAX_PARTS = 2000


@dataclass(frozen=True)
class Evidence:
    """A file that was looked at: its bytes as they are kept, and their suffix."""

    data: bytes
    suffix: str

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return files.sha256(self.data)

    def keep(self) -> str:
        """Store the file by its content and return its name in the storage."""
        return files.keep(FOLDER, self.data, self.suffix)


def accept(upload: IO[bytes]) -> Evidence:
    """Return the uploaded file as evidence.

    Raises EvidenceRefused for a file over 10 MB, an empty or damaged one, and for everything but PDF,
    Word without macros, JPEG and PNG.
    """
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise EvidenceRefused(_("The file is larger than 10 MB; send a smaller one."))
    if data.startswith(b"%PDF-"):
        return Evidence(data, ".pdf")
    if data.startswith(b"PK\x03\x04"):
        return Evidence(_checked_word(data), ".docx")
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return Evidence(_drawn_anew(data), ".jpg")
    raise EvidenceRefused(_("The file is neither a PDF, a Word document (.docx), a JPG nor a PNG; send one of these."))


def _checked_word(data: bytes) -> bytes:
    """Look at the names of the parts only: nothing is unpacked here."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise EvidenceRefused(_("The Word document is damaged; save it again and send it once more.")) from error
    if not set(names) >= WORD_PARTS or len(names) > MAX_PARTS:
        raise EvidenceRefused(_("The file is a package, but no Word document; send it as PDF or .docx."))
    if any(part in name.lower() for name in names for part in ACTIVE_PARTS):
        raise EvidenceRefused(_("The Word document holds macros; send it as PDF."))
    return data


def _drawn_anew(data: bytes) -> bytes:
    try:
        drawn: bytes = pictures.prepare(io.BytesIO(data)).read()
    except PictureRefused as error:
        raise EvidenceRefused(str(error)) from error
    return drawn
