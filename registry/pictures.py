"""The one door to Pillow: pictures that people send become small clean JPEG files.

Drawing anew drops place, camera and hidden content (EXIF, XMP, a second file behind the first).
The size in pixels is read from the header before anything is decoded: a file of 20 KB may unpack
to gigabytes. JPEG, because the national portal takes JPG and PNG only.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from typing import IO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from registry.errors import PictureRefused

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_UPLOAD = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 1280  # pixels; fills a laptop's screen
SMALL_SIDE = 640  # pixels; fills a phone's screen on the scan page
MAX_BYTES = 40_000  # what the scan page's weight budget leaves for its one picture

_QUALITIES = (80, 65, 50, 35)


def prepare(upload: IO[bytes]) -> ContentFile[bytes]:
    """Return the uploaded picture as a clean JPEG of at most 1280 px, named by its content. Raises PictureRefused."""
    return _file(_jpeg(_opened(_read(upload)), 82))


def prepare_small(upload: IO[bytes]) -> ContentFile[bytes]:
    """Return the uploaded picture as `small_jpeg` draws it, named by its content. Raises PictureRefused."""
    return _file(small_jpeg(_read(upload)))


def small_jpeg(data: bytes) -> bytes:
    """Return the picture drawn again as a JPEG of at most 40 KB and 640 px, upright, without EXIF.

    Raises PictureRefused for a file that is no JPEG, PNG or WebP, is damaged, or has more than
    40 million pixels.
    """
    picture, side = _opened(data), SMALL_SIDE
    while True:
        smaller = _shrunk(picture, side)
        for quality in _QUALITIES:
            if len(drawn := _jpeg(smaller, quality)) <= MAX_BYTES:
                return drawn
        side = side * 3 // 4  # ends: at 100 px even pure noise is within the limit


def _read(upload: IO[bytes]) -> bytes:
    upload.seek(0)
    data = upload.read(MAX_UPLOAD + 1)
    if len(data) > MAX_UPLOAD:
        raise PictureRefused(_("The picture is larger than 10 MB; send a smaller one."))
    return data


def _opened(data: bytes) -> Image.Image:
    """Return the picture upright, in RGB and at most 1280 px."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is stricter
            with Image.open(io.BytesIO(data), formats=FORMATS) as source:
                if source.width * source.height > MAX_PIXELS:
                    raise PictureRefused(
                        _("The picture has %(width)d × %(height)d pixels; send one with at most 40 million.")
                        % {"width": source.width, "height": source.height}
                    )
                source.draft("RGB", (MAX_SIDE, MAX_SIDE))
                return _on_white(_shrunk(_in_true_colours(ImageOps.exif_transpose(source)), MAX_SIDE))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PictureRefused(_("The file is not a picture that can be read; send a JPG, PNG or WebP photo.")) from error


def _in_true_colours(picture: Image.Image) -> Image.Image:
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    smaller = picture.copy()
    smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
    return smaller


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in RGB; what was transparent becomes white."""
    if picture.mode == "RGB":
        return picture
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=quality, optimize=True, progressive=True)
    return output.getvalue()


def _file(data: bytes) -> ContentFile[bytes]:
    return ContentFile(data, name=f"{hashlib.sha256(data).hexdigest()[:24]}.jpg")
