"""Doors for files that people send: what a file is, is read from its bytes, never from its name.

A PDF or an Office document is kept as it came and only ever sent as an attachment; a picture is drawn anew.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import files, pictures
from registry.errors import FileRefused

MEGABYTE = 1024 * 1024
# The end mark of a whole PDF stands in its last kilobyte.
_PDF_TAIL = 1024
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_CONTENT_TYPES = "[Content_Types].xml"
# The parts by which an Office document can act.
_ACTIVE_PARTS = ("vbaproject.bin", "activex/")
_MAX_PARTS = 2000


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name for people, its suffixes (it is kept under the first), and what looks at the bytes.

    `look` returns the bytes to keep, or None for a file of another kind; it raises FileRefused for a file of
    this kind that is damaged or dangerous.
    """

    name: str
    suffixes: tuple[str, ...]
    look: Callable[[bytes], bytes | None]


@dataclass(frozen=True)
class Upload:
    """A file that a door let in: its bytes as they are kept, their suffix, and the folder for them."""

    data: bytes
    suffix: str
    folder: str

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return files.sha256(self.data)

    def keep(self) -> str:
        """Store the file by its content and return its name in the storage."""
        return files.keep(self.folder, self.data, self.suffix)


@dataclass(frozen=True)
class Door:
    """Where files of some kinds come in: the folder that keeps them, and how large they may be."""

    folder: str
    kinds: tuple[Kind, ...]
    max_megabytes: int

    @property
    def max_bytes(self) -> int:
        """The largest file."""
        return self.max_megabytes * MEGABYTE

    @property
    def suffixes(self) -> str:
        """The suffixes that a browser offers: ".pdf,.docx"."""
        return ",".join(suffix for kind in self.kinds for suffix in kind.suffixes)

    @property
    def hint(self) -> Any:
        """What may be sent, as a lazy sentence."""
        return format_lazy(gettext_lazy("{kinds}, at most {limit} MB."), kinds=self._names(), limit=self.max_megabytes)

    def accept(self, upload: IO[bytes]) -> Upload:
        """Return the file as it is kept.

        Raises FileRefused for one that is too large, of another kind, damaged, or able to act (macros).
        """
        upload.seek(0)
        data = upload.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            limit = {"limit": self.max_megabytes}
            raise FileRefused(_("The file is larger than %(limit)d MB; make it smaller, or split it.") % limit)
        for kind in self.kinds:
            kept = kind.look(data)
            if kept is not None:
                return Upload(kept, kind.suffixes[0], self.folder)
        raise FileRefused(
            _("The file is of none of these kinds: %(kinds)s; send one of them.") % {"kinds": self._names()}
        )

    def _names(self) -> str:
        return ", ".join(kind.name for kind in self.kinds)


def _whole_pdf(data: bytes) -> bytes | None:
    if not data.startswith(b"%PDF-"):
        return None
    if b"%%EOF" not in data[-_PDF_TAIL:]:
        raise FileRefused(_("The PDF is cut off; send the whole file once more."))
    return data


def _office(main_part: str, data: bytes) -> bytes | None:
    """Look at the names of the parts only: nothing is unpacked here."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileRefused(_("The file is damaged; save it again and send it once more.")) from error
    if not {_CONTENT_TYPES, main_part} <= set(names) or len(names) > _MAX_PARTS:
        return None
    if any(part in name.lower() for name in names for part in _ACTIVE_PARTS):
        raise FileRefused(_("The file holds macros; send it as PDF."))
    return data


def _drawn_anew(data: bytes) -> bytes | None:
    if not data.startswith(_PICTURES):
        return None
    drawn: bytes = pictures.prepare(io.BytesIO(data)).read()
    return drawn


PDF = Kind("PDF", (".pdf",), _whole_pdf)
WORD = Kind("Word (.docx)", (".docx",), partial(_office, "word/document.xml"))
POWERPOINT = Kind("PowerPoint (.pptx)", (".pptx",), partial(_office, "ppt/presentation.xml"))
PICTURE = Kind("JPG, PNG", (".jpg", ".jpeg", ".png"), _drawn_anew)

# Papers of producers: certificates, registrations, guides of standards.
PAPERS = Door("papers", (PDF, PICTURE), max_megabytes=10)
