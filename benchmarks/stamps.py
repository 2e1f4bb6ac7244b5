"""Ratios of the stamp room: how many times faster than the obvious way, measured within one run."""

import io
from collections.abc import Callable, Iterator
from time import process_time

from qrcode import QRCode
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from stamps.codes.serials import LENGTH, Keyring, encode, encode_many, grouped, printed_prefix
from stamps.printing import qr, symbols
from stamps.printing.labels import Face
from stamps.printing.layouts import A4_65
from stamps.printing.sheets import Stamps, write_sheet

_GTIN = "09506000134352"
_RING = Keyring({"0": bytes(range(32))}, "0")
_PREFIX = printed_prefix("tx.vidu.example", _GTIN)
_FACE = Face(_PREFIX, "Product", "Producer (demo)")
COUNT, NAIVE_COUNT = 65_000, 650  # the naive way is measured on a hundredth
_CHUNK = 150 * A4_65.per_page


def measure() -> dict[str, float]:
    """Return how many times less CPU our way takes; ours begins cold, with its tables to learn."""
    slow_symbols = _seconds(_default_symbols) * COUNT / NAIVE_COUNT
    slow_sheet = _seconds(_naive_sheet) * COUNT / NAIVE_COUNT
    return {
        "qr_fixed_mask_vs_default": slow_symbols * NAIVE_COUNT / COUNT / _seconds(_fixed_symbols),
        "serials_in_bulk_vs_one_by_one": _seconds(_one_by_one) * COUNT / NAIVE_COUNT / _best(_serials),
        "symbols_vs_qrcode": slow_symbols / _best(_symbols),
        "stamps_end_to_end_vs_naive": slow_sheet / _best(_sheet),
    }


def stages() -> dict[str, float]:
    """Return the CPU seconds of each stage for 65,000 stamps, for a look by hand."""
    made = {"serials": _best(_serials), "symbols, tables learned": _best(_symbols)}
    _symbols_warm = symbols.encoder(_PREFIX, LENGTH)
    rows = encode_many(_GTIN, 0, COUNT, _RING)
    return made | {"symbols, warm": _best(lambda: _symbols_warm.draw(rows)), "all with PDF, cold": _best(_sheet)}


def _best(work: Callable[[], object]) -> float:
    return min(_seconds(work) for _ in range(3))


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def _addresses() -> Iterator[str]:
    for index in range(NAIVE_COUNT):
        yield _PREFIX + encode(_GTIN, index, _RING)


def _serials() -> None:
    for start in range(0, COUNT, _CHUNK):
        encode_many(_GTIN, start, min(_CHUNK, COUNT - start), _RING)


def _one_by_one() -> None:
    for index in range(NAIVE_COUNT):
        encode(_GTIN, index, _RING)


def _symbols() -> None:
    _forget()
    encoder = symbols.encoder(_PREFIX, LENGTH)
    for start in range(0, COUNT, _CHUNK):
        encoder.draw(encode_many(_GTIN, start, min(_CHUNK, COUNT - start), _RING))


def _sheet() -> None:
    _forget()
    chunks = (Stamps(encode_many(_GTIN, start, min(_CHUNK, COUNT - start), _RING)) for start in range(0, COUNT, _CHUNK))
    write_sheet(io.BytesIO(), _FACE, chunks, A4_65, title="bench")


def _forget() -> None:
    symbols.encoder.cache_clear()
    symbols._tables.cache_clear()


def _fixed_symbols() -> None:
    for address in _addresses():
        qr.matrix(address)


def _default_symbols() -> None:
    for address in _addresses():
        _default_symbol(address)


def _default_symbol(address: str) -> list[list[bool]]:
    code = QRCode(border=0)
    code.add_data(address)
    code.make()
    modules: list[list[bool]] = code.modules
    return modules


def _naive_sheet() -> None:
    """A symbol by `qrcode` as it comes, one rectangle per dark module, and three strings per label."""
    canvas = Canvas(io.BytesIO(), invariant=1)
    for number, address in enumerate(_addresses()):
        place = number % A4_65.per_page
        if number and not place:
            canvas.showPage()
        x, y = A4_65.corner(place)
        module = A4_65.module_mm(address)
        for row, modules in enumerate(_default_symbol(address)):
            for column, dark in enumerate(modules):
                if dark:
                    canvas.rect(
                        (x + column * module) * mm, (y - row * module) * mm, module * mm, module * mm, stroke=0, fill=1
                    )
        for line, text in enumerate((_FACE.product_name, _FACE.producer_name, grouped(address[-LENGTH:]))):
            canvas.drawString((x + 16) * mm, (y - 3 * line) * mm, text)
    canvas.save()
