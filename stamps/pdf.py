"""Writing a PDF page by page: nothing but the table of objects is kept until the end.

A canvas of reportlab holds every page until it is saved, which a roll of a million stamps does
not allow, so the frame of the file is written here and reportlab lends its TrueType subsetter.
Source: ISO 32000-1, "File structure", "Simple fonts" and "ToUnicode CMaps".
"""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from unicodedata import normalize

from reportlab.pdfbase.ttfonts import TTFontFile

POINTS_PER_MM = 72 / 25.4

_CATALOG, _PAGES, _INFO, _RESOURCES = 1, 2, 3, 4
_SYMBOLIC = 4  # font flag: the codes are our own, not a standard encoding
_CMAP_BLOCK = 100  # entries a viewer must accept in one block


class Sink(Protocol):
    """What the file is written to; it never has to seek."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


@dataclass(frozen=True)
class Font:
    """A TrueType font of at most 255 characters, embedded with one byte per character."""

    name: str
    data: bytes
    codes: Mapping[str, int]
    widths: tuple[float, ...]  # by code, in thousandths of the size
    metrics: str

    def encode(self, text: str) -> bytes:
        """Return the codes of `text`; a character that the font lacks becomes a question mark."""
        missing = self.codes["?"]
        return bytes(self.codes.get(char, missing) for char in normalize("NFC", text))

    def width(self, text: str, size: float) -> float:
        """Return the width of `text` in the unit of `size`."""
        return sum(self.widths[code] for code in self.encode(text)) * size / 1000


@lru_cache(maxsize=8)
def load_font(path: Path) -> Font:
    """Read a TrueType file. ASCII keeps its codes, so that the space stays 32. Raises ValueError beyond 255."""
    face = TTFontFile(str(path))
    characters = sorted(char for char in face.charToGlyph if char > 126)
    free = [*range(1, 32), *range(127, 256)]
    if len(characters) > len(free):
        raise ValueError(f"{path.name}: has more than 255 characters, make a smaller subset")
    codes = {char: char for char in range(32, 127)} | dict(zip(characters, free, strict=False))
    by_code = [0] * 256
    for char, code in codes.items():
        by_code[code] = char
    box = " ".join(str(round(edge)) for edge in face.bbox)
    metrics = (
        f"/Flags {_SYMBOLIC} /FontBBox [{box}] /ItalicAngle 0 /Ascent {face.ascent:.0f} /Descent {face.descent:.0f} "
        f"/CapHeight {face.capHeight:.0f} /StemV {face.stemV:.0f} /MissingWidth {face.defaultWidth:.0f}"
    )
    return Font(
        name="TXNGAA+" + path.stem,
        data=face.makeSubset(by_code),
        codes={chr(char): code for char, code in codes.items()},
        widths=tuple(face.charWidths.get(char, face.defaultWidth) for char in by_code),
        metrics=metrics,
    )


class PdfWriter:
    """One PDF file in the making: `add_page` as often as needed, then `close`.

    The same calls give the same bytes: no dates, no random identifiers.
    """

    def __init__(self, output: Sink, *, title: str, fonts: Mapping[str, Font]) -> None:
        self._output = output
        self._offsets: dict[int, int] = {}
        self._position = 0
        self._digest = hashlib.sha256()
        self._pages: list[int] = []
        self._write(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
        self._next = _RESOURCES + 1
        # PrintScaling None: a driver that fits the page to its margins would shrink every module.
        self._object(_CATALOG, f"<</Type/Catalog/Pages {_PAGES} 0 R/ViewerPreferences<</PrintScaling/None>>>>".encode())
        self._object(_INFO, f"<</Title<{_text(title)}>/Producer(TXNG)>>".encode())
        names = " ".join(f"/{name} {self._add_font(font)} 0 R" for name, font in fonts.items())
        self._object(_RESOURCES, f"<</Font<<{names}>>>>".encode())

    def add_page(self, width_mm: float, height_mm: float, content: str) -> None:
        """Append a page; `content` is PDF operators in millimetres from the lower left corner."""
        scaled = f"{POINTS_PER_MM:.6f} 0 0 {POINTS_PER_MM:.6f} 0 0 cm\n{content}"
        stream = self._add_stream(scaled.encode("ascii"))
        box = f"0 0 {width_mm * POINTS_PER_MM:.3f} {height_mm * POINTS_PER_MM:.3f}"
        page = f"<</Type/Page/Parent {_PAGES} 0 R/MediaBox[{box}]/Resources {_RESOURCES} 0 R/Contents {stream} 0 R>>"
        self._pages.append(self._add(page.encode()))

    def close(self) -> str:
        """Write page tree, table of objects and trailer; return the SHA-256 of the file in hexadecimal."""
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._object(_PAGES, f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>".encode())
        start, size = self._position, self._next
        identifier = self._digest.hexdigest()[:32]
        entries = "".join(f"{self._offsets[number]:010} 00000 n \n" for number in range(1, size))
        self._write(f"xref\n0 {size}\n0000000000 65535 f \n{entries}".encode())
        trailer = f"<</Size {size}/Root {_CATALOG} 0 R/Info {_INFO} 0 R/ID[<{identifier}><{identifier}>]>>"
        self._write(f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode())
        return self._digest.hexdigest()

    def _add_font(self, font: Font) -> int:
        file = self._add_stream(font.data, f"/Length1 {len(font.data)}")
        descriptor = self._add(
            f"<</Type/FontDescriptor/FontName/{font.name} {font.metrics}/FontFile2 {file} 0 R>>".encode()
        )
        unicode = self._add_stream(_unicode_map(font).encode())
        widths = " ".join(f"{width:.0f}" for width in font.widths)
        return self._add(
            f"<</Type/Font/Subtype/TrueType/BaseFont/{font.name}/FirstChar 0/LastChar 255/Widths[{widths}]"
            f"/FontDescriptor {descriptor} 0 R/ToUnicode {unicode} 0 R>>".encode()
        )

    def _add_stream(self, data: bytes, entries: str = "") -> int:
        packed = zlib.compress(data, 6)
        head = f"<</Filter/FlateDecode/Length {len(packed)}{entries}>>\nstream\n"
        return self._add(head.encode() + packed + b"\nendstream")

    def _add(self, body: bytes) -> int:
        number = self._next
        self._next += 1
        self._object(number, body)
        return number

    def _object(self, number: int, body: bytes) -> None:
        self._offsets[number] = self._position
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _write(self, data: bytes) -> None:
        self._output.write(data)
        self._digest.update(data)
        self._position += len(data)


def _text(text: str) -> str:
    return ("\ufeff" + text).encode("utf-16-be").hex()


def _unicode_map(font: Font) -> str:
    """Return the table that lets people search and copy the text."""
    pairs = [f"<{code:02x}> <{ord(char):04x}>" for char, code in font.codes.items()]
    blocks = [pairs[start : start + _CMAP_BLOCK] for start in range(0, len(pairs), _CMAP_BLOCK)]
    tables = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{tables}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
