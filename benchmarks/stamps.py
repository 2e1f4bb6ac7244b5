"""Ratios of the stamp room: how many times faster than the obvious way, measured within one run."""

import io
from collections.abc import Callable
from time import perf_counter

from qrcode import QRCode
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from stamps import qr
from stamps.serials import Keyring, encode, grouped, printed_uri
from stamps.sheets import A4_65, Label, write_sheet

_GTIN = "09506000134352"
_RING = Keyring({"0": bytes(range(32))}, "0")


def measure() -> dict[str, float]:
    """Return how many times faster our way is; about three seconds on two shared cores."""
    labels = _labels(65)
    return {
        "qr_fixed_mask_vs_default": _ratio(lambda: _default_symbols(labels), lambda: _symbols(labels)),
        "sheet_vs_naive_rects": _ratio(
            lambda: _naive_sheet(labels), lambda: write_sheet(io.BytesIO(), labels, A4_65, title="bench")
        ),
    }


def _labels(count: int) -> list[Label]:
    serials = [encode(_GTIN, index, _RING) for index in range(count)]
    return [
        Label(printed_uri("tx.vidu.example", _GTIN, serial), serial, "Product", "Producer (demo)") for serial in serials
    ]


def _ratio(slow: Callable[[], object], fast: Callable[[], object]) -> float:
    return min(_seconds(slow) for _ in range(2)) / min(_seconds(fast) for _ in range(3))


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _symbols(labels: list[Label]) -> list[qr.Matrix]:
    return [qr.matrix(label.uri) for label in labels]


def _default_symbols(labels: list[Label]) -> None:
    for label in labels:
        code = QRCode()
        code.add_data(label.uri)
        code.make()


def _naive_sheet(labels: list[Label]) -> None:
    """One rectangle object per dark module and three strings per label; the symbols are ours in both."""
    canvas = Canvas(io.BytesIO(), invariant=1)
    for number, label in enumerate(labels):
        place = number % A4_65.per_page
        if number and not place:
            canvas.showPage()
        x, y = A4_65.corner(place)
        module = A4_65.module_mm(label.uri)
        for row, modules in enumerate(qr.matrix(label.uri)):
            for column, dark in enumerate(modules):
                if dark:
                    canvas.rect(
                        (x + column * module) * mm, (y - row * module) * mm, module * mm, module * mm, stroke=0, fill=1
                    )
        for line, text in enumerate((label.product_name, label.producer_name, grouped(label.serial))):
            canvas.drawString((x + 16) * mm, (y - 3 * line) * mm, text)
    canvas.save()
