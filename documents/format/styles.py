"""What a paragraph or a run really looks like: its own properties, else its style's, else the file's defaults.

Source: ECMA-376 part 1, 17.7.2 (style hierarchy).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from documents.docx import package

W = package.W
STYLES, THEME = "word/styles.xml", "word/theme/theme1.xml"
_DEPTH = 12  # a chain of styles that goes round ends here
_LATIN = ("ascii", "hAnsi")
_OFF = ("0", "false", "off")


@dataclass(frozen=True)
class Styles:
    """The styles of one file, with the fonts of its theme."""

    by_id: dict[str, Any] = field(default_factory=dict)
    defaults: Any = None  # w:docDefaults
    normal: str = ""
    theme: dict[str, str] = field(default_factory=dict)

    def of_paragraph(self, properties: Any) -> list[Any]:
        """Return the elements in which a paragraph's properties are looked up, nearest first."""
        own = [] if properties is None else [properties]
        chain = [style.find(W + "pPr") for style in self._chain(_reference(properties, "pStyle") or self.normal)]
        return [*own, *_found(chain), *_found([self._default("pPrDefault/pPr")])]

    def of_run(self, properties: Any, paragraph: Any) -> list[Any]:
        """Return the elements in which a run's properties are looked up, nearest first."""
        own = [] if properties is None else [properties]
        named = _reference(properties, "rStyle")
        chain = list(self._chain(named)) if named else []
        chain += self._chain(_reference(paragraph, "pStyle") or self.normal)
        return [*own, *_found(style.find(W + "rPr") for style in chain), *_found([self._default("rPrDefault/rPr")])]

    def fonts(self, places: list[Any]) -> set[str]:
        """Return the fonts of Latin text (Vietnamese is Latin) that hold in these places."""
        return {font for script in _LATIN if (font := self._font(places, script))}

    def is_bordered(self, name: str) -> bool:
        """Whether tables of this style have lines."""
        return any(has_lines(style.find(f"{W}tblPr/{W}tblBorders")) for style in self._chain(name))

    def _font(self, places: list[Any], script: str) -> str:
        for place in places:
            fonts = place.find(W + "rFonts")
            if fonts is None:
                continue
            if themed := fonts.get(f"{W}{script}Theme"):
                return self.theme.get("major" if themed.startswith("major") else "minor", str(themed))
            if named := fonts.get(W + script):
                return str(named)
        return ""

    def _chain(self, name: str | None) -> Iterator[Any]:
        for _step in range(_DEPTH):
            style = self.by_id.get(name or "")
            if style is None:
                return
            yield style
            based = style.find(W + "basedOn")
            name = None if based is None else based.get(W + "val")

    def _default(self, path: str) -> Any:
        steps = "/".join(W + step for step in path.split("/"))
        return None if self.defaults is None else self.defaults.find(steps)


def read_styles(parts: dict[str, bytes]) -> Styles:
    """Return the styles of a file's parts; a file without any has none."""
    if STYLES not in parts:
        return Styles()
    root = package.parse_xml(parts[STYLES])
    by_id = {style.get(W + "styleId"): style for style in root.iter(W + "style")}
    normal = [
        name
        for name, style in by_id.items()
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on")
    ]
    return Styles(by_id, root.find(W + "docDefaults"), normal[0] if normal else "", _theme(parts))


def value(places: list[Any], path: str, attribute: str = "val") -> str | None:
    """Return an attribute of the nearest property: `value(places, "jc")`, `value(places, "spacing", "before")`."""
    for place in places:
        found = place.find(W + path)
        if found is not None and found.get(W + attribute) is not None:
            return str(found.get(W + attribute))
    return None


def is_on(places: list[Any], name: str) -> bool:
    """Whether a yes/no property such as `b` holds."""
    for place in places:
        found = place.find(W + name)
        if found is not None:
            return found.get(W + "val") not in _OFF
    return False


def has_lines(borders: Any) -> bool:
    """Whether a borders element draws any line."""
    if borders is None:
        return False
    return any(side.get(W + "val") not in (None, "nil", "none") for side in borders)


def _theme(parts: dict[str, bytes]) -> dict[str, str]:
    if THEME not in parts:
        return {}
    root = package.parse_xml(parts[THEME])
    fonts = {kind: root.find(f".//{{*}}{kind}Font/{{*}}latin") for kind in ("major", "minor")}
    return {kind: font.get("typeface", "") for kind, font in fonts.items() if font is not None}


def _reference(properties: Any, kind: str) -> str | None:
    found = None if properties is None else properties.find(W + kind)
    return None if found is None else found.get(W + "val")


def _found(elements: Any) -> list[Any]:
    return [element for element in elements if element is not None]
