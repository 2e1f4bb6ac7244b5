"""Drawing one label: the symbol, and the words, logo, host and field around it.

What all labels of a file share is drawn once, as a form; what differs from stamp to stamp is a
template of PDF operators with holes of fixed length, so that a page is filled by array work.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import mean, pstdev

from django.utils.translation import gettext as _

from stamps.codes.serials import ALPHABET, LENGTH, grouped
from stamps.errors import LayoutRefused
from stamps.printing import colours, symbols
from stamps.printing.colours import BLACK, WHITE, Colour
from stamps.printing.layouts import SheetLayout, in_words
from stamps.printing.logos import Box, placed
from stamps.printing.pdf import Form, Picture
from stamps.printing.pdf_fonts import Font
from stamps.printing.typesetting import BOLD, CAP_HEIGHT, LEADING, REGULAR, Typesetter

ROW_FONT, LOGO, WORDS = "Q", "L", "W"
PIN_LENGTH = 8
HOLE = "\0"

# Proportions of a label, drawn for a symbol of 16 mm and scaled with it.
_INSET, _MARGIN, _GAP = 0.5, 1.2, 0.4
_NAME, _PRODUCER, _HINT, _HOST, _SERIAL = 2.1, 1.6, 1.4, 1.6, 2.3
_SERIAL_BASE, _SERIAL_DROP = 1.75, 2.95
_LOGO = 5.0
_PIN, _CAPTION, _FIELD_WIDTH, _FIELD_HEIGHT = 2.6, 1.3, 15.0, 3.4


@dataclass(frozen=True)
class Face:
    """What all stamps of one file show alike.

    `prefix` is the printed address up to the serial. With `hidden_code` every label has a field for a
    scratch layer over the PIN that comes with its serial. `paper` is the colour of the stock and is not
    printed. Raises TooLittleContrast.
    """

    prefix: str
    product_name: str
    producer_name: str
    logo: Picture | None = None
    hidden_code: bool = False
    ink: Colour = BLACK
    paper: Colour = WHITE
    watermark: str | None = None

    def __post_init__(self) -> None:
        colours.check_contrast(self.ink, self.paper)

    @property
    def host(self) -> str:
        """The host as people read it."""
        return self.prefix.split("/")[2].lower()

    @property
    def sample_uri(self) -> str:
        """An address as long as every stamp's."""
        return self.prefix + "0" * LENGTH


class LabelDrawing:
    """The label of one file: `form` is what is shared, `template` what differs.

    Raises StampTooSmall, NotPrintable, and LayoutRefused where the field of the hidden code has no room.
    """

    def __init__(self, layout: SheetLayout, face: Face, fonts: Mapping[str, Font]) -> None:
        self._layout, self._face, self._set = layout, face, Typesetter(fonts)
        self._scale = layout.scale
        self._module = layout.module_mm(face.sample_uri)
        self.encoder = symbols.encoder(face.prefix, LENGTH)
        self._field: Box | None = None
        self.form = Form(layout.label_width, layout.label_height, self._draw_shared())

    @cached_property
    def _symbol(self) -> Box:
        """The dark part of the symbol: the quiet zone lies around it, inside the label."""
        layout, side = self._layout, self.encoder.side * self._module
        quiet = _INSET * self._scale + (layout.qr_mm - side) / 2
        x = layout.on_dot(quiet if layout.is_beside else (layout.label_width - side) / 2)
        return Box(x, layout.on_dot(layout.label_height - quiet) - side, side, side)

    @cached_property
    def _column(self) -> Box:
        """Where words may stand: level with the symbol beside its quiet zone, or below the serial."""
        layout, scale = self._layout, self._scale
        if layout.is_beside:
            x = _INSET * scale + layout.qr_mm
            return Box(x, self._symbol.y, layout.label_width - x - _MARGIN * scale, self._symbol.height)
        edge = _MARGIN * scale
        return Box(edge, edge, layout.label_width - 2 * edge, self._serial_base - _GAP * 2 * scale - edge)

    @cached_property
    def _serial_base(self) -> float:
        """The baseline of the serial, below the quiet zone."""
        below = self._layout.label_height - self._layout.qr_mm - _INSET * self._scale
        return max(_SERIAL_BASE * self._scale, below - _SERIAL_DROP * self._scale)

    def template(self) -> bytes:
        """Return the operators of one label, with a hole for each byte of serial, PIN and symbol, in this order."""
        symbol, layout = self._symbol, self._layout
        x = symbol.x if layout.is_beside else self._column.x
        size = min(_SERIAL * self._scale, (layout.label_width - x - _MARGIN * self._scale) / self._serial_width())
        parts = [f"/{WORDS} Do\n", _hole_text(size, x, self._serial_base, len(grouped("0" * LENGTH)))]
        if self._field:
            pin_size = _PIN * self._scale
            width = self._set.width(BOLD, "0" * PIN_LENGTH, pin_size)
            baseline = self._field.y + (self._field.height - CAP_HEIGHT * pin_size) / 2
            parts.append(
                _hole_text(pin_size, self._field.x + (self._field.width - width) / 2, baseline, PIN_LENGTH),
            )
        module = f"{self._module:.5f}"
        row = "(" + HOLE * self.encoder.row_bytes + ")'"
        parts.append(f"BT /{ROW_FONT} 1 Tf 1 TL {module} 0 0 {module} {symbol.x:.4f} {symbol.top:.4f} Tm\n")
        return "".join([*parts, row * self.encoder.side, " ET\n"]).encode("ascii")

    def _serial_width(self) -> float:
        """Return the width of a serial at size 1, four deviations above the mean of their letters."""
        widths = [self._set.width(BOLD, letter, 1) for letter in ALPHABET]
        most: float = LENGTH * mean(widths) + 4 * LENGTH**0.5 * pstdev(widths) + 3 * self._set.width(BOLD, "-", 1)
        return most

    def _draw_shared(self) -> str:
        column, scale = self._column, self._scale
        parts = [self._draw_watermark(), colours.operators(self._face.ink)]
        width = column.width
        if self._face.logo:
            side = min(_LOGO * scale, column.width / 2)
            corner = Box(column.x + width - side, column.top - side, side, side)
            parts.append(placed(LOGO, self._face.logo, corner))
            width -= side + 2 * _GAP * scale
        foot, host = self._draw_foot()
        for lines in (2, 1):
            names, lowest = self._draw_names(width, lines)
            room = lowest - foot
            if room >= self._field_needs:
                break
        else:
            self._refuse(room)
        if self._face.hidden_code:
            parts.append(self._draw_field(foot))
        return "".join([*parts, host, names])

    @property
    def _field_needs(self) -> float:
        """The height of the field with its caption; 0 without hidden code."""
        return (_FIELD_HEIGHT + _CAPTION * LEADING + _GAP) * self._scale if self._face.hidden_code else -_GAP

    def _refuse(self, room: float) -> None:
        raise LayoutRefused(
            _(
                "There is no room for the words and the hidden code: on labels of %(width)s × %(height)s mm "
                "%(missing)s mm are missing. Choose a higher label or a smaller symbol."
            )
            % {
                "width": in_words(self._layout.label_width),
                "height": in_words(self._layout.label_height),
                "missing": in_words(self._field_needs - room + 0.05),
            },
            field="label_height",
        )

    def _draw_names(self, width: float, lines: int) -> tuple[str, float]:
        """Return product and producer from the top of the column, and the lowest point they reach."""
        column, gap = self._column, _GAP * self._scale
        name = self._set.wrap(BOLD, self._face.product_name, _NAME * self._scale, width, lines=lines)
        maker = self._set.wrap(REGULAR, self._face.producer_name, _PRODUCER * self._scale, width, lines=lines)
        parts = []
        baseline = column.top + (LEADING - CAP_HEIGHT) * name[0]
        for font, (size, texts) in ((BOLD, name), (REGULAR, maker)):
            for text in texts:
                baseline -= size * LEADING
                parts.append(self._set.text(font, text, size, column.x, baseline))
            baseline -= gap
        return "".join(parts), baseline + gap - (LEADING - 1) * _PRODUCER * self._scale

    def _draw_foot(self) -> tuple[float, str]:
        """Return the host in clear, with a hint above it where there is room, and the point above them."""
        column, parts = self._column, []
        baseline = column.y
        lines = [(BOLD, self._face.host, _HOST)]
        if not self._face.hidden_code and self._layout.is_beside:
            lines.append((REGULAR, _("Scan to see the origin"), _HINT))
        for font, text, wanted in lines:
            size = self._set.size_for(font, text, wanted * self._scale, column.width)
            parts.append(self._set.text(font, text, size, column.x, baseline))
            baseline += size * LEADING
        return baseline, "".join(parts)

    def _draw_field(self, foot: float) -> str:
        """Draw the frame that a scratch layer will cover, with its caption; the PIN comes with each stamp."""
        scale, column = self._scale, self._column
        self._field = field = Box(column.x, foot, min(_FIELD_WIDTH * scale, column.width), _FIELD_HEIGHT * scale)
        caption = _("Scratch to see the code")
        size = self._set.size_for(REGULAR, caption, _CAPTION * scale, column.width)
        text = self._set.text(REGULAR, caption, size, column.x, field.top + _GAP * scale)
        return f"{text}0.15 w {field.x:.3f} {field.y:.3f} {field.width:.3f} {field.height:.3f} re S\n"

    def _draw_watermark(self) -> str:
        """Grey letters across the label, then a white field so that the symbol keeps its contrast."""
        if not self._face.watermark:
            return ""
        layout, column, symbol = self._layout, self._column, self._symbol
        size = self._set.size_for(BOLD, self._face.watermark, 9 * self._scale, column.width)
        width = self._set.width(BOLD, self._face.watermark, size)
        text = self._set.text(BOLD, self._face.watermark, size, 0, 0)
        x, y = column.x + (column.width - width) / 2, column.y + column.height * 0.2
        quiet = (layout.qr_mm - symbol.width) / 2
        turned = f"q 0.85 g 0.966 0.259 -0.259 0.966 {x:.3f} {y:.3f} cm\n{text}Q\n"
        left, bottom = symbol.x - quiet, symbol.y - quiet
        return f"{turned}1 g {left:.3f} {bottom:.3f} {layout.qr_mm} {layout.qr_mm} re f\n"


def _hole_text(size: float, x: float, y: float, length: int) -> str:
    return f"BT /{BOLD} {size:.3f} Tf {x:.3f} {y:.3f} Td ({HOLE * length}) Tj ET\n"
