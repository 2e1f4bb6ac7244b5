"""Label sheets: stamps as a vector PDF, for print houses and office printers.

Symbols are text in a font of row patterns, so a page is a few strings for each stamp and stays
vector. Pages are written one after the other in constant memory, and a file left half-way by a
killed process is taken up where its last chunk ended.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from stamps.codes.serials import LENGTH, grouped
from stamps.printing import colours
from stamps.printing.labels import HOLE, LOGO, PIN_LENGTH, ROW_FONT, WORDS, Face, LabelDrawing
from stamps.printing.layouts import SheetLayout
from stamps.printing.pdf import Form, PdfWriter, Shared, Sink
from stamps.printing.typesetting import REGULAR, Typesetter, load_fonts

CUT_MARK_MM = 2.5
CUT_MARK_AWAY_MM = 0.5
_MARKS = "M"
_FOOTER_SIZE, _FOOTER_BASE = 2.0, 5.0
_GROUP = 4

Rows = NDArray[np.uint8]


class Stamps(NamedTuple):
    """Some stamps in the order of their numbers, a row of ASCII characters each.

    `serials` has 14 columns (`serials.encode_many`), `pins` 8 digits where the face has a hidden code.
    """

    serials: Rows
    pins: Rows | None = None


class SheetCount(NamedTuple):
    """What a file holds: pages, labels, and its SHA-256 for the agreement with the print house."""

    pages: int
    labels: int
    sha256: str


class SheetWriter:
    """One file of stamps in the making: `write` as often as needed, then `close`.

    The same face, layout, title, language and stamps give the same bytes, whatever the chunks and
    however often the work was resumed. Raises StampTooSmall, NotPrintable or LayoutRefused before the
    first byte.
    """

    def __init__(self, output: Sink, face: Face, layout: SheetLayout, *, title: str) -> None:
        drawing = _Drawing(face, layout, title)
        self._use(drawing, PdfWriter(output, title=title, shared=drawing.shared), labels=0)

    def _use(self, drawing: _Drawing, file: PdfWriter, labels: int) -> None:
        self._drawing, self._file, self._labels = drawing, file, labels

    @classmethod
    def resume(
        cls,
        output: Sink,
        face: Face,
        layout: SheetLayout,
        *,
        title: str,
        state: Mapping[str, Any],
        done: Iterable[bytes],
    ) -> SheetWriter:
        """Go on after `state` was taken: the next stamps are those after `state["labels"]`.

        `done` yields what was written so far, in order: the file itself or its earlier chunks. It is read
        up to `state["position"]` to check and continue the hash; the caller cuts off what follows it.
        Raises ValueError when those bytes are not the ones written or face, layout or title have changed.
        """
        drawing = _Drawing(face, layout, title)
        if state["layout"] != drawing.fingerprint:
            raise ValueError("the layout of the sheet has changed: start it again")
        writer = cls.__new__(cls)
        file = PdfWriter.resume(output, title=title, shared=drawing.shared, state=state, done=done)
        writer._use(drawing, file, labels=int(state["labels"]))
        return writer

    def state(self) -> dict[str, Any]:
        """Return what `resume` needs, as plain JSON. Keep it in the transaction that records the chunk."""
        return {**self._file.state(), "labels": self._labels, "layout": self._drawing.fingerprint}

    def write(self, stamps: Stamps) -> None:
        """Append pages. Every call but the last must bring whole pages: a short page ends the file.

        Raises ValueError for rows of a wrong shape, and for stamps after a short page.
        """
        size = self._drawing.layout.per_page
        if self._labels % size and len(stamps.serials):
            raise ValueError("a short page ends the file: write whole pages before it")
        values = self._drawing.values(stamps)
        for start in range(0, len(values), size):
            number = self._file.pages + 1
            content = self._drawing.page(number, values[start : start + size])
            self._file.add_page(self._drawing.layout.page_width, self._drawing.layout.page_height, content)
        self._labels += len(values)

    def close(self) -> SheetCount:
        """End the file. Raises ValueError when it has no label."""
        if not self._labels:
            raise ValueError("there is no label to print")
        return SheetCount(self._file.pages, self._labels, self._file.close())


def write_sheet(output: Sink, face: Face, chunks: Iterable[Stamps], layout: SheetLayout, *, title: str) -> SheetCount:
    """Write a whole file in one go; chunks but the last are whole pages. Raises as `SheetWriter`."""
    writer = SheetWriter(output, face, layout, title=title)
    for chunk in chunks:
        writer.write(chunk)
    return writer.close()


class _Drawing:
    """Turns rows of stamps into pages of one file."""

    def __init__(self, face: Face, layout: SheetLayout, title: str) -> None:
        self.layout, self._face, self._title = layout, face, title
        fonts = load_fonts()
        label = LabelDrawing(layout, face, fonts)
        self._encoder = label.encoder
        self._set = Typesetter(fonts)
        marks = "".join(_cut_marks(layout)) if layout.cut_marks else ""
        self.shared = Shared(
            fonts=fonts,
            row_font=ROW_FONT,
            pictures={LOGO: face.logo} if face.logo else {},
            forms={WORDS: label.form, _MARKS: Form(layout.page_width, layout.page_height, marks)},
        )
        self._start = f"/{_MARKS} Do {colours.operators(face.ink)}".encode("ascii")
        self._template, self._ends = _page_template(layout, label.template())
        self._holes = np.flatnonzero(self._template == ord(HOLE))
        self.fingerprint = hashlib.sha256(repr((layout, bytes(self._template))).encode()).hexdigest()[:16]

    def values(self, stamps: Stamps) -> Rows:
        """Return for each stamp what fills the holes of its label."""
        count = len(stamps.serials)
        pins = stamps.pins if self._face.hidden_code else np.empty((count, 0), np.uint8)
        width = PIN_LENGTH if self._face.hidden_code else 0
        if stamps.serials.shape != (count, LENGTH) or pins is None or pins.shape != (count, width):
            raise ValueError("each stamp needs a serial of 14 characters and, under a scratch layer, a PIN of 8")
        return np.hstack([_grouped(stamps.serials), pins, self._encoder.draw(stamps.serials)])

    def page(self, number: int, values: Rows) -> bytes:
        content = self._template[: self._ends[len(values) - 1]].copy()
        content[self._holes[: values.size]] = values.reshape(-1)
        footer = self._footer(number, values) if self.layout.has_footer else b""
        return self._start + footer + content.tobytes()

    def _footer(self, number: int, values: Rows) -> bytes:
        """One line for people who handle the sheets: what it is, which page, first and last serial."""
        columns = len(grouped("0" * LENGTH))
        text = _("%(title)s · page %(page)s · %(count)s stamps: %(first)s to %(last)s") % {
            "title": self._title,
            "page": number,
            "count": len(values),
            "first": bytes(values[0, :columns]).decode("ascii"),
            "last": bytes(values[-1, :columns]).decode("ascii"),
        }
        width = self.layout.page_width - 2 * self.layout.left
        line = self._set.fit(REGULAR, text, _FOOTER_SIZE, width)
        return self._set.text(REGULAR, line, _FOOTER_SIZE, self.layout.left, _FOOTER_BASE).encode("ascii")


def _grouped(serials: Rows) -> Rows:
    """Return the serials as `serials.grouped` writes them."""
    return np.insert(serials, range(_GROUP, LENGTH, _GROUP), ord("-"), axis=1)


def _page_template(layout: SheetLayout, label: bytes) -> tuple[Rows, list[int]]:
    """Return the operators of a full page with their holes, and where each of its labels ends."""
    parts: list[bytes] = []
    ends: list[int] = []
    for place in range(layout.per_page):
        x, y = layout.corner(place)
        # The label starts on a printer dot, counted from the upper left, and so does every module of its symbol.
        x, y = layout.on_dot(x), layout.page_height - layout.on_dot(layout.page_height - y)
        parts.append(f"q 1 0 0 1 {x:.4f} {y:.4f} cm\n".encode("ascii") + label + b"Q\n")
        ends.append(len(parts[-1]) + (ends[-1] if ends else 0))
    return np.frombuffer(b"".join(parts), np.uint8), ends


def _cut_marks(layout: SheetLayout) -> Iterator[str]:
    """Yield short lines in the margins at every edge of the labels."""
    near, far = CUT_MARK_AWAY_MM, CUT_MARK_AWAY_MM + CUT_MARK_MM
    right = layout.corner(layout.columns - 1)[0] + layout.label_width
    bottom = layout.corner(layout.per_page - 1)[1]
    top = layout.page_height - layout.top
    yield "0.1 w\n"
    for column in range(layout.columns):
        start = layout.corner(column)[0]
        for x in (start, start + layout.label_width):
            yield _line(x, top + near, x, top + far) + _line(x, bottom - near, x, bottom - far)
    for row in range(layout.rows):
        start = layout.corner(row * layout.columns)[1]
        for y in (start, start + layout.label_height):
            yield _line(layout.left - near, y, layout.left - far, y) + _line(right + near, y, right + far, y)
    yield "S\n"


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l\n"
