"""Pictures in a paper: drawn from the charts of its data and set into the package of the .docx.

A template says `{{ paper.….picture }}` where the data class has a `Chart`. Source of the markup: ECMA-376
part 1, 20.4.2.8 (inline drawing) and 20.2 (picture); part 2 for relationships and content types.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from documents.docx.shape import PICTURE, is_chart
from documents.pictures import DPI, Picture, draw

RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_EMU = 914_400 // DPI  # of one pixel
_FIRST_ID = 900_000  # of drawings: far above those that Word gives to a template's own
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_PNG_TYPE = re.compile(rb"""Extension=["']png["']""", re.IGNORECASE)
_DRAWING = (
    "</w:t><w:drawing>"
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="{id}" name="{name}" descr="{alt}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="{id}" name="{name}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    '<w:t xml:space="preserve">'
)


@dataclass(frozen=True)
class Drawing:
    """What `picture` is to a template: markup when it is printed, words to everything else (a filter, say)."""

    markup: str
    alt: str

    def __str__(self) -> str:
        return self.alt


@dataclass(frozen=True)
class Placed:
    """A picture under the name by which the text refers to it; a name of ours, which no template uses."""

    name: str
    picture: Picture

    @property
    def part(self) -> str:
        """Where it lies in the package, from the folder of the text."""
        return f"media/{self.name}.png"


def place(context: dict[str, Any], paths: Iterable[str]) -> list[Placed]:
    """Draw every chart whose picture the template prints and put the picture's markup beside its data.

    `context` is changed: each chart there gets a `picture`. Raises ContextRefused like `draw`.
    """
    placed: list[Placed] = []
    for path in sorted(path.removesuffix(f".{PICTURE}") for path in paths if path.endswith(f".{PICTURE}")):
        for where, chart in _found(context, path.split("."), ""):
            name = f"txngPicture{len(placed) + 1}"
            placed.append(Placed(name, draw(chart, where)))
            chart[PICTURE] = _drawing(placed[-1], _FIRST_ID + len(placed))
    return placed


def parts_with(placed: Iterable[Placed], *, text: bytes, parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts of the package that are new or changed by the pictures which the filled text shows."""
    shown = [one for one in placed if f'r:embed="{one.name}"'.encode() in text]
    if not shown:
        return {}
    links = "".join(f'<Relationship Id="{one.name}" Type="{_IMAGE}" Target="{one.part}"/>' for one in shown)
    types = parts[TYPES]
    if not _PNG_TYPE.search(types):
        types = types.replace(b"</Types>", b'<Default Extension="png" ContentType="image/png"/></Types>')
    relations = parts[RELATIONS].replace(b"</Relationships>", links.encode() + b"</Relationships>")
    return {TYPES: types, RELATIONS: relations} | {f"word/{one.part}": one.picture.png for one in shown}


def _found(value: Any, steps: list[str], where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the charts at a path (`paper.groups[].chart`); a place that is empty (None) has none."""
    if not steps:
        if is_chart(value):
            yield where.removeprefix("."), value
        return
    name, is_list = steps[0].removesuffix("[]"), steps[0].endswith("[]")
    inner = value.get(name) if isinstance(value, dict) else None
    if not is_list:
        yield from _found(inner, steps[1:], f"{where}.{name}")
    for number, item in enumerate(inner if is_list and isinstance(inner, list) else []):
        yield from _found(item, steps[1:], f"{where}.{name}[{number}]")


def _drawing(placed: Placed, number: int) -> Drawing:
    picture = placed.picture
    size = {"cx": picture.width * _EMU, "cy": picture.height * _EMU}
    alt = escape(picture.alt)  # with the quotation marks: it stands in an attribute
    return Drawing(_DRAWING.format(id=number, name=placed.name, alt=alt, **size), picture.alt)
