"""Whether a symbol in coloured ink on coloured paper can be scanned.

Source: ISO/IEC 15415, "Symbol contrast": the difference between the lightest and the darkest
reflectance; 70 % and more is grade 4 (A), 55 % grade 3 (B). Reflectance is estimated from sRGB
(IEC 61966-2-1), for white light, which phones see, and for red, in which scanners at a till read:
red ink on white is plain to the eye and nothing to them.
"""

from django.utils.translation import gettext as _

from stamps.errors import TooLittleContrast

Colour = tuple[int, int, int]  # sRGB, each part from 0 to 255

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
MIN_CONTRAST = 0.70
_LIGHT = (0.2126, 0.7152, 0.0722)


def contrast(ink: Colour, paper: Colour) -> float:
    """Return the symbol contrast, the lesser one of white and red light; negative is light on dark."""
    dark, light = [_linear(part) for part in ink], [_linear(part) for part in paper]
    white = sum(weight * (after - before) for weight, before, after in zip(_LIGHT, dark, light, strict=True))
    return min(white, light[0] - dark[0])


def check_contrast(ink: Colour, paper: Colour) -> None:
    """Raise TooLittleContrast below 70 %, and ValueError for what is no colour."""
    if not all(len(colour) == 3 and all(0 <= part <= 255 for part in colour) for colour in (ink, paper)):
        raise ValueError("a colour is three numbers from 0 to 255")
    found = contrast(ink, paper)
    if found < MIN_CONTRAST:
        raise TooLittleContrast(
            _(
                "Ink %(ink)s on paper %(paper)s has a contrast of %(found)s %%; a code needs %(least)s %%, dark on "
                "light, also under red light. Choose a darker ink without red, such as black or dark green, or a "
                "lighter paper."
            )
            % {
                "ink": _hex(ink),
                "paper": _hex(paper),
                "found": int(max(found, 0) * 100),
                "least": int(MIN_CONTRAST * 100),
            }
        )


def operators(colour: Colour) -> str:
    """Return the PDF operators that fill and draw with the colour; black stays pure, in one ink."""
    if colour == BLACK:
        return "0 g 0 G\n"
    parts = " ".join(f"{part / 255:.4f}" for part in colour)
    return f"{parts} rg {parts} RG\n"


def _linear(part: int) -> float:
    value = part / 255
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
