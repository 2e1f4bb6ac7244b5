"""Reading a .docx into pages: what the checker looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from documents.docx import package
from documents.format.pages import TWIPS_PER_MM, Block, Cell, Paragraph, Row, Run, Section, Table, lines
from documents.format.styles import Styles, has_lines, is_on, read_styles, value

W = package.W
RELATIONS = "word/_rels/document.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EMU_PER_MM = 36_000
_MARKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_ALIGN = {"start": "left", "end": "right", "distribute": "both"}
_DEFAULT_SIZE = 10.0  # ECMA-376: where nothing names a size


def read_sections(docx: bytes) -> list[Section]:
    """Return the sections of a .docx in order. Raises TemplateRefused when it is not a sound, plain .docx."""
    parts = package.read(docx)
    return list(_Reader(parts).sections())


class _Reader:
    """Reads one file; what a section does not name it takes from the section before."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts
        self.styles: Styles = read_styles(parts)
        self.targets = _targets(parts)

    def sections(self) -> Iterator[Section]:
        body = package.parse_xml(self.parts[package.BODY]).find(W + "body")
        blocks: list[Block] = []
        shown: dict[str, tuple[Paragraph, ...]] = {}
        width = 0.0
        ends = list(body.iter(W + "sectPr"))
        for element in _blocks(body):
            width = _text_width(ends[0]) if ends else width
            blocks.append(self._block(element, width))
            end = element.find(f"{W}pPr/{W}sectPr") if element.tag == W + "p" else None
            if end is not None:
                shown = {**shown, **self._shown(end)}
                yield _section(end, shown, tuple(blocks))
                blocks, ends = [], ends[1:]
        if ends:
            yield _section(ends[0], {**shown, **self._shown(ends[0])}, tuple(blocks))

    def _block(self, element: Any, width: float) -> Block:
        return self._table(element) if element.tag == W + "tbl" else self._paragraph(element, width)

    def _table(self, element: Any) -> Table:
        style = element.find(f"{W}tblPr/{W}tblStyle")
        own = element.find(f"{W}tblPr/{W}tblBorders")
        named = style is not None and self.styles.is_bordered(style.get(W + "val", ""))
        cells = any(has_lines(borders) for borders in element.iter(W + "tcBorders"))
        grid = [int(column.get(W + "w") or 0) for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
        rows = tuple(self._row(row, grid) for row in element.iterfind(W + "tr"))
        return Table(rows=rows, is_bordered=cells or (has_lines(own) if own is not None else named))

    def _row(self, element: Any, grid: list[int]) -> Row:
        cells, column = [], 0
        for cell in element.iterfind(W + "tc"):
            places = [] if cell.find(W + "tcPr") is None else [cell.find(W + "tcPr")]
            span = int(value(places, "gridSpan") or 1)
            width = int(float(value(places, "tcW", "w") or 0)) or sum(grid[column : column + span])
            paragraphs = tuple(self._paragraph(line, width) for line in cell.iter(W + "p"))
            cells.append(Cell(paragraphs=paragraphs, width=width, span=span))
            column += span
        properties = element.find(W + "trPr")
        return Row(cells=tuple(cells), is_heading=properties is not None and is_on([properties], "tblHeader"))

    def _paragraph(self, element: Any, width: float) -> Paragraph:
        properties = element.find(W + "pPr")
        places = self.styles.of_paragraph(properties)
        runs = tuple(self._run(run, properties) for run in element.iter(W + "r"))
        size = max((run.size for run in runs if run.text.strip()), default=_DEFAULT_SIZE)
        align = value(places, "jc") or "left"
        hanging = int(value(places, "ind", "hanging") or 0)
        return Paragraph(
            runs=runs,
            align=_ALIGN.get(align, align),
            first_line=-hanging or int(value(places, "ind", "firstLine") or 0),
            before=int(value(places, "spacing", "before") or 0),
            after=int(value(places, "spacing", "after") or 0),
            spacing=lines(
                int(value(places, "spacing", "line") or 240), value(places, "spacing", "lineRule") or "auto", size
            ),
            starts_page=is_on(places, "pageBreakBefore"),
            line_mm=_line(element, places, width),
            fields=tuple(_fields(element)),
        )

    def _run(self, element: Any, paragraph: Any) -> Run:
        places = self.styles.of_run(element.find(W + "rPr"), paragraph)
        text = "".join(
            (piece.text or "") if piece.tag == W + "t" else _MARKS[piece.tag]
            for piece in element.iter(W + "t", *_MARKS)
        )
        half_points = value(places, "sz")
        return Run(
            text=text,
            size=float(half_points) / 2 if half_points else _DEFAULT_SIZE,
            bold=is_on(places, "b"),
            italic=is_on(places, "i"),
            capitals=is_on(places, "caps"),
            fonts=frozenset(self.styles.fonts(places)),
            colour=value(places, "color") or "auto",
        )

    def _shown(self, properties: Any) -> dict[str, tuple[Paragraph, ...]]:
        """Return the headers and footers a section names: "header default", "header first", "footer default"."""
        found = {}
        for kind in ("header", "footer"):
            for reference in properties.iterfind(f"{W}{kind}Reference"):
                part = self.targets.get(reference.get(_ID), "")
                if part in self.parts:
                    root = package.parse_xml(self.parts[part])
                    key = f"{kind} {reference.get(W + 'type', 'default')}"
                    found[key] = tuple(self._paragraph(line, 0) for line in root.iter(W + "p"))
        return found


def _section(properties: Any, shown: dict[str, tuple[Paragraph, ...]], blocks: tuple[Block, ...]) -> Section:
    places = [properties]
    size = {side: int(value(places, "pgSz", side) or 0) for side in ("w", "h")}
    margin = {side: int(value(places, "pgMar", side) or 0) for side in ("top", "bottom", "left", "right")}
    return Section(
        width=size["w"],
        height=size["h"],
        **margin,
        is_framed=has_lines(properties.find(W + "pgBorders")),
        hides_first=is_on(places, "titlePg"),
        restarts=value(places, "pgNumType", "start") == "1",
        header=shown.get("header default", ()),
        first_header=shown.get("header first", ()),
        footer=(*shown.get("footer default", ()), *shown.get("footer first", ())),
        blocks=blocks,
    )


def _blocks(container: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in reading order, through content controls."""
    for child in container:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent"):
            yield from _blocks(child)


def _text_width(properties: Any) -> float:
    width = int(value([properties], "pgSz", "w") or 0)
    return width - sum(int(value([properties], "pgMar", side) or 0) for side in ("left", "right"))


def _line(element: Any, places: list[Any], width: float) -> float:
    """Return the length in mm of the line that a paragraph draws: its border, or a shape anchored in it."""
    borders = next((place.find(W + "pBdr") for place in places if place.find(W + "pBdr") is not None), None)
    if has_lines(borders):
        sides = sum(int(value(places, "ind", side) or 0) for side in ("left", "right"))
        return max(width - sides, 0) / TWIPS_PER_MM
    shapes = [
        int(extent.get("cx", 0)) / _EMU_PER_MM
        for extent in element.iter("{*}extent")
        if int(extent.get("cy", 0)) <= _EMU_PER_MM
    ]
    return max(shapes, default=0.0)


def _fields(element: Any) -> Iterable[str]:
    for code in element.iter(W + "instrText", W + "fldSimple"):
        text = (code.text if code.tag == W + "instrText" else code.get(W + "instr")) or ""
        yield from text.split()[:1]


def _targets(parts: dict[str, bytes]) -> dict[str, str]:
    if RELATIONS not in parts:
        return {}
    root = package.parse_xml(parts[RELATIONS])
    return {one.get("Id"): "word/" + one.get("Target", "").removeprefix("/word/") for one in root}
