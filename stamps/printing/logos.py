"""A logo on the labels: a small picture, kept in the file once."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from stamps.errors import PictureRefused
from stamps.printing.pdf import Picture

MAX_SIDE = 600  # pixels: 1200 dpi on the half inch that a label gives it
MAX_PIXELS = 40_000_000  # of the file that was given; more is a trap or a poster


def read_logo(data: bytes) -> Picture:
    """Return a PNG, JPEG or GIF as a logo: black and white, grey or RGB, on white, at most 600 pixels wide or high.

    Raises PictureRefused.
    """
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "GIF"]) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise PictureRefused(
                    _("The picture has %(width)s × %(height)s pixels. Choose one of at most %(most)s pixels a side.")
                    % {"width": opened.width, "height": opened.height, "most": 6000}
                )
            mode = opened.mode
            rgba = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PictureRefused(_("The picture cannot be read. Choose a PNG, JPEG or GIF file.")) from error
    flat = Image.new("RGBA", rgba.size, "white")
    flat.alpha_composite(rgba)
    flat.thumbnail((MAX_SIDE, MAX_SIDE))
    return _picture(flat.convert("RGB"), is_bilevel=mode == "1")


def _picture(image: Image.Image, *, is_bilevel: bool) -> Picture:
    red, green, blue = image.split()
    if red.tobytes() != green.tobytes() or green.tobytes() != blue.tobytes():
        return Picture(image.width, image.height, components=3, bits=8, data=image.tobytes())
    if is_bilevel:
        return Picture(image.width, image.height, components=1, bits=1, data=red.convert("1", dither=None).tobytes())
    return Picture(image.width, image.height, components=1, bits=8, data=red.tobytes())


@dataclass(frozen=True)
class Box:
    """A rectangle on a label, in millimetres from its lower left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y + self.height


def placed(name: str, picture: Picture, box: Box) -> str:
    """Return the operators that draw the picture in the upper right corner of the box, unstretched."""
    ratio = min(box.width / picture.width, box.height / picture.height)
    width, height = picture.width * ratio, picture.height * ratio
    x, y = box.x + box.width - width, box.top - height
    return f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{name} Do Q\n"
