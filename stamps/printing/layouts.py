"""Where stamps lie on a page, and how large: A4 sheets, rolls, any size in mm.

All lengths are millimetres. Source for the smallest module: GS1 General Specifications, symbol
specification table for QR codes with GS1 Digital Link at retail point of sale, X >= 0.396 mm.
"""

from dataclasses import dataclass, fields
from decimal import Decimal
from math import ceil, isfinite

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from stamps.errors import LayoutRefused, StampTooSmall
from stamps.printing import qr

MIN_MODULE_MM = 0.396
MM_PER_INCH = 25.4
MIN_LABEL_MM = 5.0
MAX_PAGE_MM = 1000.0
DPI_FROM, DPI_TO = 150, 2540
FOOTER_MM = 10.0  # margin below the labels that leaves room for cut marks and a line of text
A4_WIDTH, A4_HEIGHT = 210.0, 297.0

# Proportions of a label, drawn for a symbol of 16 mm and scaled with it.
DRAWN_FOR_QR_MM = 16.0
_SERIAL_BELOW = 4.2  # inset, air, the height of its letters, margin
_WORDS_BELOW = 12.0
_ROUNDING = 1e-6


def in_words(length: float, digits: int = 1) -> str:
    """Return a length as people write it: with the language's comma, and no zeros after it."""
    return number_format(Decimal(f"{length:.{digits}f}").normalize(), force_grouping=True)


@dataclass(frozen=True)
class SheetLayout:
    """A page of equal labels; `qr_mm` is the side of the symbol with its quiet zone of four modules.

    Words go beside the symbol where the label is twice as wide as it, else below. `dpi` is the
    printer's: modules of whole dots have sharp edges. Raises LayoutRefused, naming the field.
    """

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
    page_width: float = A4_WIDTH
    page_height: float = A4_HEIGHT
    dpi: int = 300
    cut_marks: bool = True

    def __post_init__(self) -> None:
        self._check_numbers()
        self._check_fit(
            "label_width", self.left + self.columns * (self.label_width + self.gap_x) - self.gap_x, self.page_width
        )
        self._check_fit(
            "label_height", self.top + self.rows * (self.label_height + self.gap_y) - self.gap_y, self.page_height
        )
        if not (self.is_beside or self._is_below):
            raise LayoutRefused(
                _(
                    "A symbol of %(qr)s mm leaves no room for the words on a label of %(width)s × %(height)s mm. "
                    "A label needs %(wide)s × %(low)s mm for words beside it, or %(narrow)s × %(high)s mm "
                    "for words below."
                )
                % {
                    "qr": in_words(self.qr_mm),
                    "width": in_words(self.label_width),
                    "height": in_words(self.label_height),
                    "wide": in_words(2 * self.qr_mm),
                    "low": in_words(self.qr_mm + _SERIAL_BELOW * self.scale),
                    "narrow": in_words(self.qr_mm + self.scale),
                    "high": in_words(self.qr_mm + _WORDS_BELOW * self.scale),
                },
                field="qr_mm",
            )

    def _check_numbers(self) -> None:
        least = {"columns": 1, "rows": 1, "label_width": MIN_LABEL_MM, "label_height": MIN_LABEL_MM, "dpi": DPI_FROM}
        least["qr_mm"] = 1.0  # whatever is too small for a phone is refused in words of its own
        most = {"page_width": MAX_PAGE_MM, "page_height": MAX_PAGE_MM, "dpi": DPI_TO}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in ("name", "cut_marks"):
                continue
            low, high = least.get(field.name, 0), most.get(field.name, MAX_PAGE_MM)
            if not (isfinite(value) and low <= value <= high):
                raise LayoutRefused(
                    _("%(value)s is not possible here: give a number from %(low)s to %(high)s.")
                    % {
                        "value": in_words(value, 2) if isfinite(value) else value,
                        "low": in_words(low),
                        "high": in_words(high),
                    },
                    field=field.name,
                )

    def _check_fit(self, field: str, used: float, there: float) -> None:
        if used > there + _ROUNDING:
            raise LayoutRefused(
                _(
                    "The labels with margin and gaps take %(used)s mm and do not fit the page of %(there)s mm. "
                    "Choose fewer or smaller labels."
                )
                % {"used": in_words(used), "there": in_words(there)},
                field=field,
            )

    @property
    def scale(self) -> float:
        """How much larger than drawn the parts of a label are."""
        return self.qr_mm / DRAWN_FOR_QR_MM

    @property
    def is_beside(self) -> bool:
        """Whether the words stand beside the symbol; otherwise below."""
        high = self.qr_mm + _SERIAL_BELOW * self.scale <= self.label_height + _ROUNDING
        return high and 2 * self.qr_mm <= self.label_width + _ROUNDING

    @property
    def _is_below(self) -> bool:
        high = self.qr_mm + _WORDS_BELOW * self.scale <= self.label_height + _ROUNDING
        return high and self.qr_mm + self.scale <= self.label_width + _ROUNDING

    @property
    def per_page(self) -> int:
        """Labels on a full page."""
        return self.columns * self.rows

    @property
    def dot_mm(self) -> float:
        """One dot of the printer."""
        return MM_PER_INCH / self.dpi

    @property
    def bottom(self) -> float:
        """Margin below the last row."""
        return self.page_height - self.top - self.rows * (self.label_height + self.gap_y) + self.gap_y

    @property
    def has_footer(self) -> bool:
        """Whether a line for the people who handle the sheets fits below the labels; on a roll it does not."""
        return self.bottom >= FOOTER_MM

    def on_dot(self, length: float) -> float:
        """Return `length` moved to the nearest printer dot."""
        return round(length / self.dot_mm) * self.dot_mm

    def dots_per_module(self, uri: str) -> int | None:
        """Return the whole printer dots of a module of `uri`; None if its edges fall between dots.

        Raises as `module_mm`.
        """
        dots = self.module_mm(uri) / self.dot_mm
        return round(dots) if abs(dots - round(dots)) < 1e-6 else None

    def module_mm(self, uri: str) -> float:
        """Return the module width for `uri`, whole printer dots where that stays large enough.

        Raises StampTooSmall below 0.396 mm, NotPrintable for an address that has no compact symbol.
        """
        side = qr.modules_of(uri) + 2 * qr.QUIET_MODULES
        module = self.qr_mm / side
        if module < MIN_MODULE_MM:
            raise StampTooSmall(
                _(
                    "On %(layout)s a module of this code would be %(module)s mm; GS1 asks for %(least)s mm. "
                    "Choose a larger label, for a symbol of %(needed)s mm or more, or a shorter host name "
                    "(the address has %(length)s characters)."
                )
                % {
                    "layout": self.name,
                    "module": in_words(module, 3),
                    "least": in_words(MIN_MODULE_MM, 3),
                    "needed": in_words(side * MIN_MODULE_MM + 0.05),
                    "length": len(uri),
                }
            )
        whole_dots = int(module / self.dot_mm + 1e-9) * self.dot_mm
        return whole_dots if whole_dots >= MIN_MODULE_MM else module

    def corner(self, place: int) -> tuple[float, float]:
        """Return the lower left corner of the label at `place`, counted by rows from the top left."""
        row, column = divmod(place, self.columns)
        x = self.left + column * (self.label_width + self.gap_x)
        y = self.page_height - self.top - row * (self.label_height + self.gap_y) - self.label_height
        return x, y


def largest_symbol(label_width: float, label_height: float) -> float:
    """Return the side of the largest symbol that leaves room for the words, beside it or below."""
    beside = min(label_width / 2, label_height / (1 + _SERIAL_BELOW / DRAWN_FOR_QR_MM))
    below = min(label_width / (1 + 1 / DRAWN_FOR_QR_MM), label_height / (1 + _WORDS_BELOW / DRAWN_FOR_QR_MM))
    return int(max(beside, below) * 100) / 100


def a4(columns: int, rows: int, *, margin: float = 10.7, gap: float = 2.5, dpi: int = 300) -> SheetLayout:
    """Return an A4 sheet of so many labels, as large as margins and gaps leave. Raises LayoutRefused."""
    width = (A4_WIDTH - 2 * margin - (columns - 1) * gap) / max(columns, 1)
    height = (A4_HEIGHT - 2 * margin - (rows - 1) * gap) / max(rows, 1)
    for field, count, length in (("columns", columns, width), ("rows", rows, height)):
        if length < MIN_LABEL_MM:
            raise LayoutRefused(
                _("With %(count)d of them, %(length)s mm are left for a label; choose fewer.")
                % {"count": count, "length": in_words(max(length, 0))},
                field=field,
            )
    name = f"A4, {columns * rows} × {in_words(width)} × {in_words(height)} mm"
    symbol = largest_symbol(width, height)
    return SheetLayout(name, columns, rows, width, height, margin, margin, gap, gap, symbol, dpi=dpi)


def roll(
    label_width: float,
    label_height: float,
    *,
    across: int = 1,
    gap: float = 3.0,
    qr_mm: float | None = None,
    dpi: int = 300,
) -> SheetLayout:
    """Return a roll of `across` labels abreast; a page is one row with the gap that follows it, in whole dots.

    No cut marks, as rolls are die-cut. Without `qr_mm` the symbol is as large as the words allow.
    Raises LayoutRefused.
    """
    name = _("roll, %(across)s × %(width)s × %(height)s mm") % {
        "across": across,
        "width": in_words(label_width, 2),
        "height": in_words(label_height, 2),
    }
    dot = MM_PER_INCH / max(dpi, 1)
    return SheetLayout(
        name,
        columns=across,
        rows=1,
        label_width=label_width,
        label_height=label_height,
        left=0,
        top=0,
        gap_x=gap,
        gap_y=gap,
        qr_mm=largest_symbol(label_width, label_height) if qr_mm is None else qr_mm,
        page_width=ceil((across * (label_width + gap) - gap) / dot - _ROUNDING) * dot,
        page_height=ceil((label_height + gap) / dot - _ROUNDING) * dot,
        dpi=dpi,
        cut_marks=False,
    )


A4_65 = SheetLayout("A4, 65 × 38,1 × 21,2 mm", 5, 13, 38.1, 21.2, left=4.75, top=10.7, gap_x=2.5, gap_y=0, qr_mm=16)
A4_24 = SheetLayout("A4, 24 × 63,5 × 33,9 mm", 3, 8, 63.5, 33.9, left=7.25, top=12.9, gap_x=2.5, gap_y=0, qr_mm=26)
