"""Stamps and sheets for the tests of this folder."""

import io
import zlib

import numpy as np
import pypdfium2
import zxingcpp

from stamps.codes.serials import Keyring, encode_many, printed_prefix
from stamps.printing.labels import Face
from stamps.printing.layouts import A4_65
from stamps.printing.sheets import Stamps, write_sheet

GTIN = "09506000134352"
OWN_CODE = "T5200007003C"
RING = Keyring({"0": bytes(range(32))}, "0")
HOST = "tx.vidu.example"


def make_face(code=GTIN, host=HOST, product="Chôm chôm Ia Grai", producer="HTX Ia Tô (giả lập)", **options):
    return Face(printed_prefix(host, code), product, producer, **options)


def make_stamps(count, code=GTIN, start=0, *, pins=False):
    digits = np.arange(10**7 + start, 10**7 + start + count)
    rows = np.array([list(str(number).encode()) for number in digits], np.uint8).reshape(count, 8)
    return Stamps(encode_many(code, start, count, RING), rows if pins else None)


def addresses(count, code=GTIN, host=HOST, start=0):
    prefix = printed_prefix(host, code)
    return [prefix + bytes(row).decode() for row in encode_many(code, start, count, RING)]


def write(count, layout=A4_65, code=GTIN, **options):
    """Return the file and its count."""
    output = io.BytesIO()
    face = make_face(code, **options)
    found = write_sheet(output, face, [make_stamps(count, code, pins=face.hidden_code)], layout, title="Tem chôm chôm")
    return output.getvalue(), found


def picture(data, page=0, dpi=300):
    with pypdfium2.PdfDocument(data) as document:
        # A hair less than dpi: a page of whole dots must not become one dot larger.
        return np.array(document[page].render(scale=dpi / 72 * (1 - 1e-6), grayscale=True).to_numpy()).squeeze()


def text_of(data, page=0):
    with pypdfium2.PdfDocument(data) as document:
        return document[page].get_textpage().get_text_bounded()


def decoded(image):
    return [found.text for found in zxingcpp.read_barcodes(image)]


def streams(data):
    """Return the unpacked page contents of a file."""
    found = []
    for part in data.split(b"stream\n")[1::2]:
        try:
            found.append(zlib.decompress(part.rpartition(b"\nend")[0]))
        except zlib.error:
            continue
    return [content for content in found if b"/M Do" in content]
