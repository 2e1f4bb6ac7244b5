"""A decoder of another make reads what zxing-cpp reads, so that no symbol hangs on the kindness of one."""

import cv2
import numpy as np
import pytest
import zxingcpp

from stamps.codes.serials import LENGTH, printed_prefix
from stamps.printing import qr, symbols
from stamps.printing.layouts import A4_24, A4_65, roll
from tests.stamps.samples import GTIN, HOST, addresses, make_stamps, picture, write


def second_reading(image):
    """Return what OpenCV reads. Its detector overlooks one clean picture in some hundreds, but not at every size."""
    sizes = (cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) for factor in (1, 0.8, 2))
    return next(filter(None, (cv2.QRCodeDetector().detectAndDecode(size)[0] for size in sizes)), "")


def test_both_read_every_symbol_of_a_sample():
    encoder = symbols.encoder(printed_prefix(HOST, GTIN), LENGTH)
    drawn = encoder.draw(make_stamps(100, start=70_000).serials)
    for modules, address in zip(encoder.modules(drawn), addresses(100, start=70_000), strict=True):
        quiet = np.where(np.pad(modules, qr.QUIET_MODULES), 0, 255).astype(np.uint8)
        image = np.kron(quiet, np.ones((6, 6), np.uint8))

        assert [found.text for found in zxingcpp.read_barcodes(image)] == [address]
        assert second_reading(image) == address


@pytest.mark.parametrize("layout", [A4_65, A4_24, roll(40, 22, across=3)])
def test_the_second_reads_every_label_of_a_rendered_page(layout):
    page = picture(write(layout.per_page, layout)[0])
    dots, side, found = 300 / 25.4, layout.qr_mm + 1, []
    for place in range(layout.per_page):
        x, y = layout.corner(place)
        top = layout.page_height - y - layout.label_height
        cut = page[round(top * dots) : round((top + side) * dots), round(x * dots) : round((x + side) * dots)]
        found.append(second_reading(cut))

    assert found == addresses(layout.per_page)
