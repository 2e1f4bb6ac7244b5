"""Fonts of the label sheets: TrueType for people, row patterns for symbols.

Source: ISO 32000-1, "Simple fonts", "Type 3 fonts" and "ToUnicode CMaps".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from reportlab.pdfbase.ttfonts import TTFontFile

from stamps.printing.symbols import MARK, ROW_BITS

_SYMBOLIC = 4  # font flag: the codes are our own, not a standard encoding
_CMAP_BLOCK = 100  # entries a viewer must accept in one block


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


def row_patterns() -> Iterator[bytes]:
    """Yield the glyphs of the codes from 128 on: seven modules of a row, in units of a module.

    A symbol is then a short string for each of its rows, drawn as vectors. A glyph has no colour of
    its own, so it takes the ink of the text.
    """
    for pattern in range(1 << ROW_BITS):
        dark = f"{pattern:0{ROW_BITS}b}"
        runs, start = [], 0
        for piece in dark.replace("01", "0 1").replace("10", "1 0").split():
            if piece[0] == "1":
                runs.append(f"{start} 0 {len(piece)} 1 re")
            start += len(piece)
        paint = " ".join(runs) + " f" if runs else ""
        yield f"{ROW_BITS} 0 0 0 {ROW_BITS} 1 d1 {paint}".encode("ascii")


def row_font(glyphs: list[int], unicode: int) -> bytes:
    """Return the font whose glyphs are the objects of these numbers; `unicode` is the one of `row_unicode_map`."""
    names = "".join(f"/r{place}" for place in range(len(glyphs)))
    procedures = "".join(f"/r{place} {number} 0 R" for place, number in enumerate(glyphs))
    widths = " ".join([str(ROW_BITS)] * len(glyphs))
    return (
        f"<</Type/Font/Subtype/Type3/FontBBox[0 0 {ROW_BITS} 1]/FontMatrix[1 0 0 1 0 0]/Resources<<>>"
        f"/FirstChar {MARK}/LastChar {MARK + len(glyphs) - 1}/Widths[{widths}]"
        f"/ToUnicode {unicode} 0 R/Encoding<</Type/Encoding/Differences[{MARK}{names}]>>/CharProcs<<{procedures}>>>>"
    ).encode("ascii")


def font_unicode_map(font: Font) -> bytes:
    """Return the table that lets people search and copy the text."""
    return _unicode_map({code: char for char, code in font.codes.items()})


def row_unicode_map() -> bytes:
    """Return the table by which whoever copies or searches the text gets spaces for a symbol, not odd letters."""
    return _unicode_map(dict.fromkeys(range(MARK, MARK + (1 << ROW_BITS)), " "))


def _unicode_map(chars: Mapping[int, str]) -> bytes:
    pairs = [f"<{code:02x}> <{ord(char):04x}>" for code, char in chars.items()]
    blocks = [pairs[start : start + _CMAP_BLOCK] for start in range(0, len(pairs), _CMAP_BLOCK)]
    tables = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{tables}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")
