"""Reading a sheet back before it is released: the one door to PDFium and zxing-cpp.

Pages are rendered as a printer would and every symbol on them is decoded, so whatever went wrong
in serials, encoder, layout or file shows here and not on a shelf. Hidden codes are no symbols: they are
taken from the text of the page, each from its own label, beside the serial that it belongs to. One page
is in memory at a time. PDFium is not made for threads: call this from one thread of a process only.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
import zxingcpp
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from stamps.codes.serials import LENGTH, grouped
from stamps.errors import SheetUnreadable
from stamps.printing.layouts import MM_PER_INCH, SheetLayout

SAMPLE = 10_000  # stamps; a file of no more is read as a whole
POINTS_PER_INCH = 72
_PIXELS_PER_MODULE = 5
_OUTER = 2  # first and last page are always read

# The addresses, or the hidden codes, of so many stamps from a place on, counted from 0 in the order of the file.
Addresses = Callable[[int, int], list[str]]
HiddenCodes = Callable[[int, int], list[str]]
Picture = NDArray[np.uint8]


class Verified(NamedTuple):
    """How much of a sheet was read back and found right."""

    pages: int
    labels: int


def verify_sheet(
    source: Path | bytes,
    addresses: Addresses,
    layout: SheetLayout,
    *,
    labels: int,
    hidden: HiddenCodes | None = None,
    sample: int = SAMPLE,
) -> Verified:
    """Return how much was read back: every page up to `sample` stamps, above that pages chosen at random.

    Raises as `read_pages`.
    """
    chosen = pages_to_read(layout, labels=labels, sample=sample)
    return Verified(len(chosen), read_pages(source, addresses, layout, labels=labels, pages=chosen, hidden=hidden))


def pages_to_read(layout: SheetLayout, *, labels: int, sample: int = SAMPLE) -> list[int]:
    """Return the numbers, from 0, of the pages to read back of a sheet of so many stamps.

    The choice hangs on the number of labels alone, so a repeated check reads the same pages.
    """
    return _chosen(_pages(layout, labels), sample // layout.per_page, seed=labels)


def labels_on(layout: SheetLayout, *, labels: int, pages: Iterable[int]) -> int:
    """Return how many of a sheet's stamps are on the pages."""
    return sum(min(layout.per_page, labels - number * layout.per_page) for number in pages)


def read_pages(
    source: Path | bytes,
    addresses: Addresses,
    layout: SheetLayout,
    *,
    labels: int,
    pages: Sequence[int],
    hidden: HiddenCodes | None = None,
) -> int:
    """Read the pages of a sheet back; return how many stamps are on them.

    With `hidden` every label must also carry its own hidden code. Raises SheetUnreadable naming the page and
    the first stamp that is missing, foreign or unreadable; no hidden code is ever named.
    """
    with _opened(source) as document:
        if len(document) != _pages(layout, labels):
            raise SheetUnreadable(
                _("The sheet has %(found)s pages where %(expected)s are needed. Make it again.")
                % {"found": len(document), "expected": _pages(layout, labels)}
            )
        for number in pages:
            start = number * layout.per_page
            expected = addresses(start, min(layout.per_page, labels - start))
            _compare(number + 1, expected, decode(picture_of(document, number, layout, expected[0])))
            if hidden is not None:
                _compare_hidden(document, number, layout, expected, hidden(start, len(expected)))
    return labels_on(layout, labels=labels, pages=pages)


def decode(picture: Picture) -> list[str]:
    """Return the texts of all QR symbols in a grey picture, in no order."""
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(picture, formats=formats, try_rotate=False, try_invert=False)
    return [each.text for each in found]


def picture_of(document: pypdfium2.PdfDocument, number: int, layout: SheetLayout, uri: str) -> Picture:
    """Return a page in grey, a module of `uri` five pixels wide."""
    # A hair less: a page of 296.0000001 dots would be stretched to 297, and its modules blurred.
    dpi = _PIXELS_PER_MODULE * MM_PER_INCH / layout.module_mm(uri) * (1 - 1e-6)
    page = document[number]
    try:
        bitmap = page.render(scale=dpi / POINTS_PER_INCH, grayscale=True)
        picture: Picture = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy()
        bitmap.close()
    finally:
        page.close()
    return picture


def words_of(document: pypdfium2.PdfDocument, number: int, layout: SheetLayout, count: int) -> list[set[str]]:
    """Return the words on each of the first `count` labels of a page, in their order."""
    page = document[number]
    try:
        text = page.get_textpage()
        words = [set(text.get_text_bounded(*_box(layout, place)).split()) for place in range(count)]
        text.close()
    finally:
        page.close()
    return words


def _box(layout: SheetLayout, place: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a label in points."""
    x, y = layout.corner(place)
    point = POINTS_PER_INCH / MM_PER_INCH
    return x * point, y * point, (x + layout.label_width) * point, (y + layout.label_height) * point


def _pages(layout: SheetLayout, labels: int) -> int:
    return -(-labels // layout.per_page)


def _opened(source: Path | bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source)
    except (pypdfium2.PdfiumError, FileNotFoundError) as error:
        raise SheetUnreadable(_("The sheet is not there or no readable PDF. Make it again.")) from error


def _chosen(pages: int, most: int, *, seed: int) -> list[int]:
    most = max(most, _OUTER)
    if pages <= most:
        return list(range(pages))
    inner = random.Random(seed).sample(range(1, pages - 1), most - _OUTER)  # noqa: S311  a sample, not a secret
    return sorted([0, *inner, pages - 1])


def _compare(page: int, expected: list[str], found: list[str]) -> None:
    missing, foreign = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    if not missing and not foreign:
        return
    raise SheetUnreadable(
        _(
            "Page %(page)s: %(missing)s of %(count)s codes cannot be read, such as %(example)s, and %(foreign)s do not "
            "belong there. The sheet may not be released; make it again or choose larger labels."
        )
        % {
            "page": page,
            "missing": missing.total(),
            "count": len(expected),
            "example": next(iter(missing or foreign)),
            "foreign": foreign.total(),
        }
    )


def _compare_hidden(
    document: pypdfium2.PdfDocument, number: int, layout: SheetLayout, addresses: Sequence[str], codes: Sequence[str]
) -> None:
    found = words_of(document, number, layout, len(codes))
    serials = [grouped(address[-LENGTH:]) for address in addresses]
    wrong = [
        serial
        for serial, code, words in zip(serials, codes, found, strict=True)
        if serial not in words or code not in words
    ]
    if wrong:
        raise SheetUnreadable(
            _(
                "Page %(page)s: %(wrong)s of %(count)s stamps, such as %(example)s, do not carry their own hidden code "
                "beside their serial. The sheet may not be released; make it again."
            )
            % {"page": number + 1, "wrong": len(wrong), "count": len(codes), "example": wrong[0]}
        )
