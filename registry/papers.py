"""The one door for papers of producers: a PDF is kept as it came and only ever sent as an attachment, a picture
is drawn anew. What a file is, is read from its bytes, never from its name.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import files, pictures
from registry.errors import FileRefused, PictureRefused

MAX_BYTES = 10 * 1024 * 1024
FOLDER = "papers"
ACCEPT = ".pdf,.jpg,.jpeg,.png"
HINT = gettext_lazy("PDF, JPG or PNG, at most 10 MB.")
TYPES = {".pdf": "application/pdf", ".jpg": "image/jpeg"}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True)
class Paper:
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


def accept(upload: IO[bytes]) -> Paper:
    """Return the uploaded file as a paper. Raises FileRefused for one over 10 MB and for all but PDF, JPEG, PNG."""
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FileRefused(_("The file is larger than 10 MB; send a smaller one."))
    if data.startswith(b"%PDF-"):
        # The end mark of a whole PDF stands in its last kilobyte.
        if b"%%EOF" not in data[-1024:]:
            raise FileRefused(_("The PDF is cut off; send the whole file once more."))
        return Paper(data, ".pdf")
    if data.startswith(_PICTURES):
        return Paper(_drawn_anew(data), ".jpg")
    raise FileRefused(_("The file is neither a PDF nor a JPG or PNG picture; send one of these."))


def _drawn_anew(data: bytes) -> bytes:
    try:
        drawn: bytes = pictures.prepare(io.BytesIO(data)).read()
    except PictureRefused as error:
        raise FileRefused(str(error)) from error
    return drawn
