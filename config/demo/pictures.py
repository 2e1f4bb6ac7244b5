"""Pictures of the demo's products: drawn, the same every time, and marked as illustrations.

A photograph would show somebody's real goods; a drawing with "ảnh minh họa" shows nobody's.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from documents.pictures import FONTS

WIDTH, HEIGHT = 800, 600
PAPER, INK, MUTED = "#fbfaf6", "#1f2a24", "#6a746d"
MARK = "ảnh minh họa"
NAME_SIZES = (54, 46, 38, 32)

Canvas = ImageDraw.ImageDraw
Motif = Callable[[Canvas, int, int, str, str], None]


def _round(canvas: Canvas, x: int, y: int, body: str, shade: str) -> None:
    """A fruit with its leaf."""
    canvas.ellipse((x - 62, y - 58, x + 62, y + 62), fill=body)
    canvas.arc((x - 44, y - 40, x + 44, y + 44), 200, 280, fill=PAPER, width=6)
    canvas.pieslice((x - 6, y - 96, x + 66, y - 40), 120, 260, fill=shade)


def _bean(canvas: Canvas, x: int, y: int, body: str, shade: str) -> None:
    """A coffee bean."""
    canvas.ellipse((x - 66, y - 44, x + 66, y + 44), fill=body)
    canvas.arc((x - 120, y - 18, x + 10, y + 60), 300, 20, fill=shade, width=8)
    canvas.arc((x - 10, y - 60, x + 120, y + 18), 120, 200, fill=shade, width=8)


def _grains(canvas: Canvas, x: int, y: int, body: str, shade: str) -> None:
    """A handful of small round grains."""
    for row, count in enumerate((2, 3, 2)):
        for place in range(count):
            left, top = x - 22 * count + 44 * place, y - 66 + 44 * row
            canvas.ellipse((left, top, left + 40, top + 40), fill=shade if (row + place) % 2 else body)


def _comb(canvas: Canvas, x: int, y: int, body: str, shade: str) -> None:
    """A piece of honeycomb."""
    for dx, dy in ((-46, -26), (46, -26), (0, 54)):
        canvas.regular_polygon((x + dx, y + dy, 50), 6, rotation=30, fill=body, outline=shade)


def _leaf(canvas: Canvas, x: int, y: int, body: str, shade: str) -> None:
    """A leaf with its rib."""
    canvas.chord((x - 198, y - 66, x + 66, y + 198), 270, 360, fill=body)
    canvas.chord((x - 66, y - 198, x + 198, y + 66), 90, 180, fill=body)
    canvas.line((x - 62, y - 62, x + 62, y + 62), fill=shade, width=5)


def _slices(canvas: Canvas, x: int, y: int, body: str, shade: str) -> None:
    """Dried slices, one over the other."""
    for step in range(3):
        box = (x - 70 + 28 * step, y - 56 + 18 * step, x + 14 + 28 * step, y + 28 + 18 * step)
        canvas.rounded_rectangle(box, radius=18, fill=body, outline=shade, width=4)


class Look(NamedTuple):
    """What stands for a product group."""

    motif: Motif
    body: str
    shade: str


LOOKS = {
    "qua-tuoi": Look(_round, "#b5473c", "#3f7d4f"),
    "ca-phe": Look(_bean, "#6b4a35", "#3d2a1f"),
    "hat-dieu": Look(_bean, "#c79a5b", "#8a6433"),
    "mat-ong": Look(_comb, "#e0aa3e", "#a87417"),
    "gao": Look(_grains, "#d9cfae", "#b8a873"),
    "ho-tieu": Look(_grains, "#3b3a36", "#6e6a5e"),
    "che": Look(_leaf, "#4f8a5b", "#2c5a38"),
    "duoc-lieu": Look(_leaf, "#7c8f4b", "#4d5c29"),
    "rau-qua-say": Look(_slices, "#c97f3d", "#8d5320"),
    "thit-che-bien": Look(_slices, "#8c4638", "#5a281e"),
}
PLAIN = Look(_grains, "#6f8f7c", "#47614f")


def draw(name: str, group: str) -> io.BytesIO:
    """Return a PNG of 800 × 600 px: a label with the group's sign, the product's name and the mark."""
    look = LOOKS.get(group, PLAIN)
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas = ImageDraw.Draw(picture)
    canvas.rounded_rectangle((40, 40, WIDTH - 40, HEIGHT - 40), radius=24, outline=look.shade, width=3)
    for x, y in ((220, 200), (400, 220), (580, 200)):
        look.motif(canvas, x, y, look.body, look.shade)
    canvas.line((200, 348, WIDTH - 200, 348), fill=look.shade, width=3)
    canvas.text((WIDTH / 2, 420), name, font=_fitting(name), fill=INK, anchor="mm")
    canvas.text((WIDTH / 2, 510), MARK, font=_font("Regular", 28), fill=MUTED, anchor="mm")
    output = io.BytesIO()
    picture.save(output, "PNG")
    output.seek(0)
    return output


def _fitting(name: str) -> ImageFont.FreeTypeFont:
    """Return the largest size at which the name fits the label."""
    fonts = [_font("Bold", size) for size in NAME_SIZES]
    return next((font for font in fonts if font.getlength(name) <= WIDTH - 140), fonts[-1])


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"NotoSans-{weight}.ttf", size)
