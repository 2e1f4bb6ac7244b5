"""Files as people send them: whole and small, to be cut, mixed up or taken as they are."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def package(*parts: str) -> bytes:
    """Return an Office package with these parts beside its content types."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "<x/>")
    return output.getvalue()


def picture(kind: str = "PNG") -> bytes:
    """Return a small picture."""
    output = io.BytesIO()
    Image.new("RGB", (60, 40), "#b02a1f").save(output, kind)
    return output.getvalue()
