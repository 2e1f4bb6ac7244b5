"""Drawing charts for papers: bars with their numbers, in shades that a black-and-white printer keeps apart.

160 mm wide at 200 dots per inch, which fits between the margins of NĐ 30/2020 (210 - 30 - 15 mm).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from documents.errors import ContextRefused

FONTS = Path(__file__).parent / "fonts"
WIDTH_MM, DPI = 160, 200
MAX_BARS = 24  # more do not fit on a page under a heading
WHITE, PALE, FILLED, INK = 255, 236, 96, 0
SHADES = 16  # of grey in the file: enough for smooth letters, and a small file


def _px(mm: float) -> int:
    return round(mm * DPI / 25.4)


WIDTH, EDGE, LABELS, GAP = _px(WIDTH_MM), _px(1), _px(62), _px(2)
ROW, BAR, TEXT, LINE = _px(10), _px(5.5), _px(3.2), _px(4.1)


@dataclass(frozen=True)
class Picture:
    """A drawn chart: the PNG, its size in pixels, and what it shows in words."""

    png: bytes
    width: int
    height: int
    alt: str


def draw(chart: Mapping[str, Any], path: str) -> Picture:
    """Return the picture of a chart as the context holds it (the fields of `Chart` and `Bar` as a dict).

    `path` names it in errors. Raises ContextRefused when there is nothing to draw, or more than a page takes.
    """
    bars = chart["bars"]
    if not bars:
        raise ContextRefused(_("%(field)s has no bar to draw; leave the chart out.") % {"field": path})
    if len(bars) > MAX_BARS:
        raise ContextRefused(
            _("%(field)s has %(count)d bars, a page takes %(limit)d; put the smallest together.")
            % {"field": path, "count": len(bars), "limit": MAX_BARS}
        )
    image = Image.new("L", (WIDTH, 2 * EDGE + ROW * len(bars)), WHITE)
    pen = ImageDraw.Draw(image)
    longest = max(*(bar["size"] for bar in bars), 1)
    axis = EDGE + LABELS + GAP
    numbers = max(_font().getlength(bar["text"]) for bar in bars)
    room = max(WIDTH - EDGE - round(numbers) - GAP - axis, ROW)
    for number, bar in enumerate(bars):
        _row(pen, bar, EDGE + ROW * number, room, longest)
    pen.line((axis, EDGE, axis, image.height - EDGE), INK, 2)
    words = "; ".join(f"{bar['label']}: {bar['text']}" for bar in bars)
    alt = " ".join(f"Biểu đồ. {chart['title']}. {words}.".split())
    return Picture(_png(image), image.width, image.height, alt)


def _row(pen: ImageDraw.ImageDraw, bar: Mapping[str, Any], top: int, room: int, longest: int) -> None:
    """Draw one bar, at most `room` long, with its label on the left and its number on the right."""
    middle, left = top + ROW // 2, EDGE + LABELS + GAP
    lines = _wrapped(bar["label"], LABELS, 2)
    for place, line in enumerate(lines):
        y = middle + round((place - (len(lines) - 1) / 2) * LINE)
        pen.text((EDGE + LABELS, y), line, INK, _font(), anchor="rm")
    measure = bar["whole"] or longest
    end = left + round(room * min(bar["size"], measure) / measure)
    if bar["whole"]:
        pen.rectangle((left, middle - BAR // 2, left + room, middle + BAR // 2), PALE, INK, 2)
    if bar["size"] > 0:
        pen.rectangle((left, middle - BAR // 2, max(end, left + 3), middle + BAR // 2), FILLED, INK, 2)
    number_at = left + room if bar["whole"] else end
    pen.text((number_at + GAP, middle), bar["text"], INK, _font(), anchor="lm")


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """Break a label into at most so many lines; what does not fit ends in “…” (tables carry the full name)."""
    lines = [""]
    for word in text.split():
        if _fits(f"{lines[-1]} {word}".strip(), width):
            lines[-1] = f"{lines[-1]} {word}".strip()
        else:
            lines.append(word)
    lines = [line for line in lines if line]
    cut = len(lines) > most
    return [_shortened(line, width, cut=cut and place == most - 1) for place, line in enumerate(lines[:most])]


def _shortened(line: str, width: int, *, cut: bool) -> str:
    if not cut and _fits(line, width):
        return line
    while line and not _fits(line + "…", width):
        line = line[:-1]
    return line + "…"


def _fits(text: str, width: int) -> bool:
    return len(text) < 200 and _font().getlength(text) <= width


@cache
def _font() -> ImageFont.FreeTypeFont:
    """The font that the program brings along: not every machine has one with Vietnamese letters."""
    return ImageFont.truetype(FONTS / "NotoSans-Regular.ttf", TEXT, layout_engine=ImageFont.Layout.BASIC)


def _png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.point(_shade).save(target, "PNG", optimize=True, dpi=(DPI, DPI))
    return target.getvalue()


def _shade(value: int) -> int:
    """Return the nearest of the few shades."""
    return round(value / 255 * (SHADES - 1)) * 255 // (SHADES - 1)
