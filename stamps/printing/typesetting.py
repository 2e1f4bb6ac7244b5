"""Setting words on a label: in one of two weights, smaller when they are long, shortened at last."""

from collections.abc import Mapping

from documents.pictures import FONTS
from stamps.printing.pdf_fonts import Font, load_font

REGULAR, BOLD = "R", "B"
ELLIPSIS = "…"
CAP_HEIGHT, LEADING = 0.714, 1.2

_SHRINK = (1.0, 0.9, 0.8)  # a long name is set smaller before it is shortened
_SMALLEST_MM = 1.28  # what a printer of 300 dpi still draws so that people read it


def load_fonts() -> dict[str, Font]:
    """Return the fonts by the name that page operators use."""
    return {REGULAR: load_font(FONTS / "NotoSans-Regular.ttf"), BOLD: load_font(FONTS / "NotoSans-Bold.ttf")}


class Typesetter:
    """Measures and writes text with the fonts of one file."""

    def __init__(self, fonts: Mapping[str, Font]) -> None:
        self._fonts = fonts

    def width(self, font: str, text: str, size: float) -> float:
        """Return the width of the text in the unit of `size`."""
        return self._fonts[font].width(text, size)

    def text(self, font: str, text: str, size: float, x: float, y: float) -> str:
        """Return the operators that write `text` from x on the baseline y."""
        return f"BT /{font} {size:.3f} Tf {x:.3f} {y:.3f} Td <{self._fonts[font].encode(text).hex()}> Tj ET\n"

    def fit(self, font: str, text: str, size: float, width: float) -> str:
        """Return `text`, without its last words and with an ellipsis if it is too wide."""
        words = text.split()
        while len(words) > 1 and self.width(font, text, size) > width:
            words.pop()
            text = " ".join(words) + ELLIPSIS
        while text and self.width(font, text, size) > width:
            text = text.removesuffix(ELLIPSIS)[:-1] + ELLIPSIS
        return text

    def size_for(self, font: str, text: str, size: float, width: float) -> float:
        """Return `size`, or the size at which the text is `width` wide if that is less."""
        return min(size, width / self.width(font, text, 1))

    def wrap(self, font: str, text: str, size: float, width: float, *, lines: int = 2) -> tuple[float, list[str]]:
        """Return a size and one or two lines: smaller letters first, then an ellipsis."""
        if lines == 1:
            least = min(size * _SHRINK[-1], _SMALLEST_MM)
            set_in = max(self.size_for(font, text, size, width), least) if text else size
            return set_in, [self.fit(font, text, set_in, width)]
        for factor in _SHRINK:
            line, rest = self._break(font, text, size * factor, width)
            if line and self.width(font, rest, size * factor) <= width:
                break
        return size * factor, [part for part in (line, self.fit(font, rest, size * factor, width)) if part]

    def _break(self, font: str, text: str, size: float, width: float) -> tuple[str, str]:
        """Return as many whole words as fit one line, and the rest."""
        words = text.split()
        count = len(words)
        while count and self.width(font, " ".join(words[:count]), size) > width:
            count -= 1
        return " ".join(words[:count]), " ".join(words[count:])
