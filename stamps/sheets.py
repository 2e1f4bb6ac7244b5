"""Label sheets: stamps as a vector PDF, for print houses and office printers.

All lengths are millimetres. Source for the smallest module: GS1 General Specifications, symbol
specification table for QR codes with GS1 Digital Link at retail point of sale, X >= 0.396 mm.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from stamps import qr
from stamps.errors import StampTooSmall
from stamps.pdf import Font, PdfWriter, Sink, load_font
from stamps.serials import grouped

MIN_MODULE_MM = 0.396
DOT_MM = 25.4 / 300  # modules of whole dots of a 300 dpi printer have sharp edges
CUT_MARK_MM = 2.5
CUT_MARK_AWAY_MM = 0.5
ELLIPSIS = "…"

_FONTS = Path(__file__).parent / "fonts"
_REGULAR, _BOLD = "R", "B"
# Proportions of a label, drawn for a symbol of 16 mm and scaled with it.
_DRAWN_FOR_QR_MM = 16.0
_CAP_HEIGHT, _LEADING = 0.714, 1.2
_INSET, _MARGIN, _GAP = 0.5, 1.2, 0.4
_NAME, _PRODUCER, _HINT, _HOST, _SERIAL = 2.1, 1.6, 1.4, 1.6, 2.3
_SHRINK = (1.0, 0.9, 0.8)  # a long name is set smaller before it is shortened


class Label(NamedTuple):
    """What one stamp shows."""

    uri: str
    serial: str
    product_name: str
    producer_name: str


class SheetCount(NamedTuple):
    """What a file holds: pages, labels, and its SHA-256 for the agreement with the print house."""

    pages: int
    labels: int
    sha256: str


@dataclass(frozen=True)
class SheetLayout:
    """A sheet of equal labels; `qr_mm` is the side of the symbol with its quiet zone."""

    name: str
    columns: int
    rows: int
    label_width: float
    label_height: float
    left: float
    top: float
    gap_x: float
    gap_y: float
    qr_mm: float
    page_width: float = 210.0
    page_height: float = 297.0

    def __post_init__(self) -> None:
        used_width = self.columns * self.label_width + (self.columns - 1) * self.gap_x
        used_height = self.rows * self.label_height + (self.rows - 1) * self.gap_y
        if self.left + used_width > self.page_width or self.top + used_height > self.page_height:
            raise ValueError(f"{self.name}: the labels do not fit the page")
        if self.qr_mm + 3 * self.scale > self.label_height or 2 * self.qr_mm > self.label_width:
            raise ValueError(f"{self.name}: a symbol of {self.qr_mm} mm leaves no room for the text")

    @property
    def scale(self) -> float:
        """How much larger than drawn the parts of a label are."""
        return self.qr_mm / _DRAWN_FOR_QR_MM

    @property
    def per_page(self) -> int:
        """Labels on a full page."""
        return self.columns * self.rows

    def module_mm(self, uri: str) -> float:
        """Return the module width for `uri`, whole printer dots where that stays large enough.

        Raises StampTooSmall below 0.396 mm, NotPrintable for an address that has no compact symbol.
        """
        side = qr.modules_of(uri) + 2 * qr.QUIET_MODULES
        module = self.qr_mm / side
        if module < MIN_MODULE_MM:
            raise StampTooSmall(
                _(
                    "On %(layout)s a module of this code would be %(module).3f mm; GS1 asks for %(least).3f mm. "
                    "Choose a larger label or a shorter host name (the address has %(length)s characters)."
                )
                % {"layout": self.name, "module": module, "least": MIN_MODULE_MM, "length": len(uri)}
            )
        whole_dots = int(module / DOT_MM + 1e-9) * DOT_MM
        return whole_dots if whole_dots >= MIN_MODULE_MM else module

    def corner(self, place: int) -> tuple[float, float]:
        """Return the lower left corner of the label at `place`, counted by rows from the top left."""
        row, column = divmod(place, self.columns)
        x = self.left + column * (self.label_width + self.gap_x)
        y = self.page_height - self.top - row * (self.label_height + self.gap_y) - self.label_height
        return x, y


A4_65 = SheetLayout("A4, 65 × 38,1 × 21,2 mm", 5, 13, 38.1, 21.2, left=4.75, top=10.7, gap_x=2.5, gap_y=0, qr_mm=16)
A4_24 = SheetLayout("A4, 24 × 63,5 × 33,9 mm", 3, 8, 63.5, 33.9, left=7.25, top=12.9, gap_x=2.5, gap_y=0, qr_mm=26)


def write_sheet(
    output: Sink, labels: Iterable[Label], layout: SheetLayout, *, title: str, watermark: str | None = None
) -> SheetCount:
    """Write the labels to `output` page by page and count them; memory does not grow with the pages.

    The same labels give the same bytes. Raises StampTooSmall or NotPrintable before the first byte
    when the first label does not fit, and ValueError when there is no label.
    """
    waiting = iter(labels)
    first = next(waiting, None)
    if first is None:
        raise ValueError("there is no label to print")
    layout.module_mm(first.uri)
    fonts = {_REGULAR: load_font(_FONTS / "NotoSans-Regular.ttf"), _BOLD: load_font(_FONTS / "NotoSans-Bold.ttf")}
    sheet = _Sheet(layout, fonts, title, watermark)
    file = PdfWriter(output, title=title, fonts=fonts)
    pages = count = 0
    for page in _pages(chain([first], waiting), layout.per_page):
        pages += 1
        file.add_page(layout.page_width, layout.page_height, sheet.page(pages, page))
        count += len(page)
    return SheetCount(pages, count, file.close())


def _pages(labels: Iterator[Label], size: int) -> Iterator[list[Label]]:
    while page := list(islice(labels, size)):
        yield page


class _Sheet:
    """Draws pages of one file; what labels share is drawn once and kept."""

    def __init__(self, layout: SheetLayout, fonts: dict[str, Font], title: str, watermark: str | None) -> None:
        self._layout = layout
        self._fonts = fonts
        self._title = title
        self._watermark = watermark
        self._marks = "".join(_cut_marks(layout))
        self._words = lru_cache(maxsize=64)(self._draw_words)

    def page(self, number: int, labels: list[Label]) -> str:
        parts = [self._marks, self._footer(number, labels)]
        parts += (self._label(place, label) for place, label in enumerate(labels))
        return "".join(parts)

    def _footer(self, number: int, labels: list[Label]) -> str:
        """One line for people who handle the sheets: what it is, which page, first and last serial."""
        text = _("%(title)s · page %(page)s · %(count)s stamps: %(first)s to %(last)s") % {
            "title": self._title,
            "page": number,
            "count": len(labels),
            "first": grouped(labels[0].serial),
            "last": grouped(labels[-1].serial),
        }
        width = self._layout.page_width - 2 * self._layout.left
        return self._text(_REGULAR, self._fit(_REGULAR, text, 2.0, width), 2.0, self._layout.left, 5.0)

    def _label(self, place: int, label: Label) -> str:
        layout, scale = self._layout, self._layout.scale
        module = layout.module_mm(label.uri)
        # Where the dark part of the symbol begins, from the left and from the top of the label.
        edge = _dot(_INSET * scale + (layout.qr_mm - qr.modules_of(label.uri) * module) / 2)
        x, y = layout.corner(place)
        words = self._words(label.product_name, label.producer_name, label.uri.split("/")[2].lower(), edge)
        serial = self._text(_BOLD, grouped(label.serial), _SERIAL * scale, edge, 1.75 * scale)
        # The whole label starts on a printer dot, and so does every module of its symbol.
        return f"q 1 0 0 1 {_dot(x):.4f} {_dot(y):.4f} cm\n{words}{serial}{self._symbol(label.uri, module, edge)}Q\n"

    def _symbol(self, uri: str, module: float, edge: float) -> str:
        """Rectangles of one path in module units: few bytes, and no seams between the rows."""
        top = _dot(self._layout.label_height - edge)
        rectangles = "".join(f"{column} {row} {length} 1 re\n" for row, column, length in qr.runs(qr.matrix(uri)))
        return f"{module:.5f} 0 0 {-module:.5f} {edge:.4f} {top:.4f} cm\n{rectangles}f\n"

    def _draw_words(self, product: str, producer: str, host: str, edge: float) -> str:
        """Names level with the top of the symbol, the host level with its bottom, beside the quiet zone."""
        layout, scale = self._layout, self._layout.scale
        x = _INSET * scale + layout.qr_mm
        width = layout.label_width - x - _MARGIN * scale
        parts = [self._draw_watermark()]
        name = self._wrap(_BOLD, product, _NAME * scale, width)
        maker = self._wrap(_REGULAR, producer, _PRODUCER * scale, width)
        baseline = layout.label_height - edge + (_LEADING - _CAP_HEIGHT) * name[0]
        for font, (size, lines) in ((_BOLD, name), (_REGULAR, maker)):
            for line in lines:
                baseline -= size * _LEADING
                parts.append(self._text(font, line, size, x, baseline))
            baseline -= _GAP * scale
        foot = layout.label_height - layout.qr_mm - 2 * _INSET * scale + edge
        for font, text, wanted in ((_BOLD, host, _HOST), (_REGULAR, _("Scan to see the origin"), _HINT)):
            size = min(wanted * scale, width / self._fonts[font].width(text, 1))
            parts.append(self._text(font, text, size, x, foot))
            foot += size * _LEADING
        return "".join(parts)

    def _draw_watermark(self) -> str:
        """Grey letters across the label, then a white field so that the symbol keeps its contrast."""
        if not self._watermark:
            return ""
        layout = self._layout
        size = 9 * layout.scale
        width = self._fonts[_BOLD].width(self._watermark, size)
        across = layout.qr_mm + (layout.label_width - layout.qr_mm - width) / 2
        text = self._text(_BOLD, self._watermark, size, 0, 0)
        turned = f"q 0.85 g 0.966 0.259 -0.259 0.966 {across:.3f} {layout.label_height * 0.3:.3f} cm\n{text}Q\n"
        field = _INSET * layout.scale
        return f"{turned}1 g {field:.3f} {layout.label_height - field:.3f} {layout.qr_mm} {-layout.qr_mm} re f 0 g\n"

    def _text(self, font: str, text: str, size: float, x: float, y: float) -> str:
        return f"BT /{font} {size:.3f} Tf {x:.3f} {y:.3f} Td <{self._fonts[font].encode(text).hex()}> Tj ET\n"

    def _fit(self, font: str, text: str, size: float, width: float) -> str:
        """Return `text`, without its last words and with an ellipsis if it is too wide."""
        words = text.split()
        while len(words) > 1 and self._fonts[font].width(text, size) > width:
            words.pop()
            text = " ".join(words) + ELLIPSIS
        while text and self._fonts[font].width(text, size) > width:
            text = text.removesuffix(ELLIPSIS)[:-1] + ELLIPSIS
        return text

    def _wrap(self, font: str, text: str, size: float, width: float) -> tuple[float, list[str]]:
        """Return a size and one or two lines: smaller letters first, then an ellipsis."""
        for factor in _SHRINK:
            line, rest = self._break(font, text, size * factor, width)
            if line and self._fonts[font].width(rest, size * factor) <= width:
                break
        return size * factor, [part for part in (line, self._fit(font, rest, size * factor, width)) if part]

    def _break(self, font: str, text: str, size: float, width: float) -> tuple[str, str]:
        """Return as many whole words as fit one line, and the rest."""
        words = text.split()
        count = len(words)
        while count and self._fonts[font].width(" ".join(words[:count]), size) > width:
            count -= 1
        return " ".join(words[:count]), " ".join(words[count:])


def _dot(length: float) -> float:
    """Return `length` moved to the nearest printer dot."""
    return round(length / DOT_MM) * DOT_MM


def _cut_marks(layout: SheetLayout) -> Iterator[str]:
    """Yield short lines in the margins at every edge of the labels."""
    near, far = CUT_MARK_AWAY_MM, CUT_MARK_AWAY_MM + CUT_MARK_MM
    right = layout.corner(layout.columns - 1)[0] + layout.label_width
    bottom = layout.corner(layout.per_page - 1)[1]
    top = layout.page_height - layout.top
    yield "0.1 w\n"
    for column in range(layout.columns):
        start = layout.corner(column)[0]
        for x in (start, start + layout.label_width):
            yield _line(x, top + near, x, top + far) + _line(x, bottom - near, x, bottom - far)
    for row in range(layout.rows):
        start = layout.corner(row * layout.columns)[1]
        for y in (start, start + layout.label_height):
            yield _line(layout.left - near, y, layout.left - far, y) + _line(right + near, y, right + far, y)
    yield "S\n"


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l\n"
