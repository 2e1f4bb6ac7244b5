"""Writing a PDF page by page: nothing but the table of objects is kept until the end.

A canvas of reportlab holds every page until it is saved, which a roll of a million stamps does
not allow, so the frame of the file is written here and reportlab lends its TrueType subsetter.
A file that was left half-way is taken up again with `state` and `resume`.
Source: ISO 32000-1, "File structure", "Page tree" and "Form XObjects".
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from stamps.printing.pdf_fonts import Font, font_unicode_map, row_font, row_patterns, row_unicode_map

POINTS_PER_MM = 72 / 25.4

_CATALOG, _PAGES, _INFO, _RESOURCES = 1, 2, 3, 4
_BRANCH = 128  # pages of one node of the page tree, so that a viewer finds page 100,000 quickly
_PACK_ONCE, _PACK_PAGES = 9, 1  # a higher level packs symbols 1 % smaller and ten times slower


class Sink(Protocol):
    """What the file is written to; it never has to seek."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


@dataclass(frozen=True)
class Form:
    """A drawing that pages repeat: PDF operators in millimetres, and the width and height they may use."""

    width: float
    height: float
    content: str


@dataclass(frozen=True)
class Picture:
    """Pixels without padding but to whole bytes of a row; `components` is 1 (grey) or 3 (RGB)."""

    width: int
    height: int
    components: int
    bits: int
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Shared:
    """What the pages of a file draw from, by the name they use in their operators."""

    fonts: Mapping[str, Font]
    row_font: str
    pictures: Mapping[str, Picture]
    forms: Mapping[str, Form]


class _Nowhere:
    def write(self, data: bytes, /) -> object:
        return len(data)


class PdfWriter:
    """One PDF file in the making: `add_page` as often as needed, then `close`.

    The same calls give the same bytes: no dates, no random identifiers.
    """

    def __init__(self, output: Sink, *, title: str, shared: Shared) -> None:
        self._output = output
        self._offsets = array("Q", bytes(8 * (_RESOURCES + 1)))
        self._position = 0
        self._digest = hashlib.sha256()
        self.pages = 0
        self._write(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
        # PrintScaling None: a driver that fits the page to its margins would shrink every module.
        self._object(_CATALOG, f"<</Type/Catalog/Pages {_PAGES} 0 R/ViewerPreferences<</PrintScaling/None>>>>".encode())
        self._object(_INFO, f"<</Title<{_text(title)}>/Producer(TXNG)>>".encode())
        self._object(_RESOURCES, self._add_shared(shared))
        self._first = len(self._offsets)  # number of the first object that belongs to a page
        self._header = self._digest.hexdigest()

    @classmethod
    def resume(
        cls, output: Sink, *, title: str, shared: Shared, state: Mapping[str, Any], done: Iterable[bytes]
    ) -> PdfWriter:
        """Go on where `state` was taken: `output` takes what follows, `done` yields what was written, in order.

        Bytes after the state are ignored; the caller cuts them off. Raises ValueError when what was
        written is not there or not the same, or when title or shared parts are others.
        """
        writer = cls(_Nowhere(), title=title, shared=shared)
        if writer._header != state["header"]:
            raise ValueError("title, words or fonts of the sheet have changed: start it again")
        position = int(state["position"])
        digest, read = hashlib.sha256(), 0
        for part in done:
            digest.update(part[: position - read])
            read += len(part)
            if read >= position:
                break
        if read < position or digest.hexdigest() != state["sha256"]:
            raise ValueError("what was written of the sheet is damaged: start it again")
        writer._output, writer._digest, writer._position = output, digest, position
        writer._offsets, writer.pages = _unpacked(state["offsets"]), int(state["pages"])
        return writer

    def state(self) -> dict[str, Any]:
        """Return what `resume` needs after the last page, as plain JSON; some bytes for each page."""
        return {
            "header": self._header,
            "position": self._position,
            "sha256": self._digest.hexdigest(),
            "pages": self.pages,
            "offsets": _packed(self._offsets),
        }

    def add_page(self, width_mm: float, height_mm: float, content: bytes) -> None:
        """Append a page; `content` is PDF operators in millimetres from the lower left corner."""
        if self.pages % _BRANCH == 0:
            self._offsets.append(0)  # the node is written when its pages are known
        node = self._node(self.pages // _BRANCH)
        stream = self._add_stream(_scale() + content, level=_PACK_PAGES)
        box = f"0 0 {width_mm * POINTS_PER_MM:.3f} {height_mm * POINTS_PER_MM:.3f}"
        page = f"<</Type/Page/Parent {node} 0 R/MediaBox[{box}]/Resources {_RESOURCES} 0 R/Contents {stream} 0 R>>"
        self._add(page.encode())
        self.pages += 1
        if self.pages % _BRANCH == 0:
            self._write_node(self.pages // _BRANCH - 1, _BRANCH)

    def close(self) -> str:
        """Write page tree, table of objects and trailer; return the SHA-256 of the file in hexadecimal."""
        nodes, rest = divmod(self.pages, _BRANCH)
        if rest:
            self._write_node(nodes, rest)
        kids = " ".join(f"{self._node(node)} 0 R" for node in range(nodes + bool(rest)))
        self._object(_PAGES, f"<</Type/Pages/Count {self.pages}/Kids[{kids}]>>".encode())
        start, size = self._position, len(self._offsets)
        identifier = self._digest.hexdigest()[:32]
        self._write(f"xref\n0 {size}\n0000000000 65535 f \n".encode())
        for first in range(1, size, 4096):
            self._write("".join(f"{offset:010} 00000 n \n" for offset in self._offsets[first : first + 4096]).encode())
        trailer = f"<</Size {size}/Root {_CATALOG} 0 R/Info {_INFO} 0 R/ID[<{identifier}><{identifier}>]>>"
        self._write(f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode())
        return self._digest.hexdigest()

    def _node(self, node: int) -> int:
        """Return the number of a node of the page tree; a content and a page follow it for each of its pages."""
        return self._first + node * (1 + 2 * _BRANCH)

    def _write_node(self, node: int, pages: int) -> None:
        number = self._node(node)
        kids = " ".join(f"{number + 2 + 2 * page} 0 R" for page in range(pages))
        self._object(number, f"<</Type/Pages/Parent {_PAGES} 0 R/Count {pages}/Kids[{kids}]>>".encode())

    def _add_shared(self, shared: Shared) -> bytes:
        fonts = {name: self._add_font(font) for name, font in shared.fonts.items()}
        unicode = self._add_stream(row_unicode_map())
        fonts[shared.row_font] = self._add(row_font([self._add_plain(glyph) for glyph in row_patterns()], unicode))
        drawings = {name: self._add_picture(picture) for name, picture in shared.pictures.items()}
        drawings |= {name: self._add_form(form) for name, form in shared.forms.items()}
        return f"<</Font<<{_references(fonts)}>>/XObject<<{_references(drawings)}>>>>".encode()

    def _add_font(self, font: Font) -> int:
        file = self._add_stream(font.data, f"/Length1 {len(font.data)}")
        descriptor = self._add(
            f"<</Type/FontDescriptor/FontName/{font.name} {font.metrics}/FontFile2 {file} 0 R>>".encode()
        )
        unicode = self._add_stream(font_unicode_map(font))
        widths = " ".join(f"{width:.0f}" for width in font.widths)
        return self._add(
            f"<</Type/Font/Subtype/TrueType/BaseFont/{font.name}/FirstChar 0/LastChar 255/Widths[{widths}]"
            f"/FontDescriptor {descriptor} 0 R/ToUnicode {unicode} 0 R>>".encode()
        )

    def _add_picture(self, picture: Picture) -> int:
        space = "DeviceGray" if picture.components == 1 else "DeviceRGB"
        return self._add_stream(
            picture.data,
            f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
            f"/ColorSpace/{space}/BitsPerComponent {picture.bits}",
        )

    def _add_form(self, form: Form) -> int:
        box = f"0 0 {form.width:.3f} {form.height:.3f}"
        entries = f"/Type/XObject/Subtype/Form/BBox[{box}]/Resources {_RESOURCES} 0 R"
        return self._add_stream(form.content.encode("ascii"), entries)

    def _add_stream(self, data: bytes, entries: str = "", *, level: int = _PACK_ONCE) -> int:
        packed = zlib.compress(data, level)
        head = f"<</Filter/FlateDecode/Length {len(packed)}{entries}>>\nstream\n"
        return self._add(head.encode() + packed + b"\nendstream")

    def _add_plain(self, data: bytes) -> int:
        """Add a stream too short to be packed."""
        return self._add(b"<</Length %d>>\nstream\n%b\nendstream" % (len(data), data))

    def _add(self, body: bytes) -> int:
        number = len(self._offsets)
        self._offsets.append(0)
        self._object(number, body)
        return number

    def _object(self, number: int, body: bytes) -> None:
        self._offsets[number] = self._position
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _write(self, data: bytes) -> None:
        self._output.write(data)
        self._digest.update(data)
        self._position += len(data)


def _scale() -> bytes:
    return f"{POINTS_PER_MM:.6f} 0 0 {POINTS_PER_MM:.6f} 0 0 cm\n".encode("ascii")


def _references(numbers: Mapping[str, int]) -> str:
    return " ".join(f"/{name} {number} 0 R" for name, number in numbers.items())


def _text(text: str) -> str:
    return ("\ufeff" + text).encode("utf-16-be").hex()


def _packed(offsets: array[int]) -> str:
    """Return the offsets as steps, which are alike and pack well."""
    steps = np.diff(np.array(offsets, np.int64), prepend=0)
    return b64encode(zlib.compress(steps.astype("<i8").tobytes(), 6)).decode("ascii")


def _unpacked(text: str) -> array[int]:
    steps = np.frombuffer(zlib.decompress(b64decode(text)), "<i8")
    return array("Q", np.cumsum(steps).astype(np.uint64).tobytes())
