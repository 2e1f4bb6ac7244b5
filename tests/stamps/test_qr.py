"""QR symbols: small, right for every decoder, and safe to put into a page."""

import numpy as np
import pytest
import zxingcpp
from django.utils import translation
from qrcode import QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData

from stamps.errors import NotPrintable
from stamps.printing import qr

URI = "HTTPS://TX.VIDU.EXAMPLE/01/09506000134352/21/0647ZTZYHS17W0"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def decode(symbol):
    quiet = np.pad(np.array(symbol), qr.QUIET_MODULES)
    picture = np.kron(np.where(quiet, 0, 255), np.ones((4, 4))).astype(np.uint8)
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_a_symbol_decodes_to_its_address():
    assert decode(qr.matrix(URI)) == [URI]


@pytest.mark.parametrize("length", [1, 20, 38, 39, 61, 62, 90])
def test_every_length_decodes(length):
    uri = ("HTTPS://TX.VIDU.EXAMPLE/VN/TX/" + "0123456789ABCDEFGH" * 4)[:length]

    assert decode(qr.matrix(uri)) == [uri]


def test_the_fixed_symbol_is_the_one_that_qrcode_draws_with_this_mask():
    code = QRCode(border=0, mask_pattern=qr.MASK)
    code.add_data(QRData(URI.encode(), mode=MODE_ALPHA_NUM))
    code.make()

    assert qr.matrix(URI) == tuple(tuple(row) for row in code.modules)


@pytest.mark.parametrize(("length", "version"), [(20, 1), (21, 2), (38, 2), (39, 3), (61, 3), (62, 4), (90, 4)])
def test_the_version_is_the_smallest_of_level_m(length, version):
    assert qr.version_of("A" * length) == version
    assert len(qr.matrix("A" * length)) == qr.modules_of("A" * length) == 17 + 4 * version


def test_capitals_save_a_version():
    assert qr.version_of(URI) == 3


def test_small_letters_are_refused_with_the_way_out():
    with pytest.raises(NotPrintable, match=r"because of “ab”. Write the address in capitals"):
        qr.matrix("HTTPS://ab")


def test_an_address_beyond_version_four_is_refused():
    with pytest.raises(NotPrintable, match="has 91 characters, a stamp carries 90"):
        qr.matrix("A" * 91)


def test_runs_cover_exactly_the_dark_modules():
    symbol = qr.matrix(URI)

    covered = {(row, column + i) for row, column, length in qr.runs(symbol) for i in range(length)}

    assert covered == {(r, c) for r, row in enumerate(symbol) for c, dark in enumerate(row) if dark}


def test_the_svg_carries_its_size_a_title_and_no_style():
    svg = qr.svg(URI, 0.5)

    assert 'width="18.500mm" height="18.500mm"' in svg
    assert 'viewBox="0 0 37 37"' in svg
    assert f"{URI}</title>" in svg
    assert "style" not in svg
    assert "<script" not in svg
