"""Label sheets: every printed symbol decodes, sizes are real, and the same order gives the same file."""

import hashlib
import io
import re
import tracemalloc

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from django.utils import translation

from stamps.errors import NotPrintable, StampTooSmall
from stamps.printing import typesetting
from stamps.printing.labels import Face
from stamps.printing.layouts import A4_24, A4_65
from stamps.printing.sheets import Stamps, write_sheet
from tests.stamps.samples import (
    GTIN,
    OWN_CODE,
    addresses,
    decoded,
    make_face,
    make_stamps,
    picture,
    streams,
    text_of,
    write,
)

URI = addresses(1)[0]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("layout", "code", "watermark"),
    [
        pytest.param(A4_65, GTIN, None, id="65_gtin"),
        pytest.param(A4_65, OWN_CODE, "MẪU", id="65_own_code_watermark"),
        pytest.param(A4_24, GTIN, "MẪU", id="24_gtin_watermark"),
    ],
)
def test_every_symbol_on_the_sheet_decodes_to_its_address(layout, code, watermark):
    data, _ = write(layout.per_page, layout, code, watermark=watermark)

    assert sorted(decoded(picture(data))) == sorted(addresses(layout.per_page, code))


def test_pages_and_labels_are_counted_and_the_last_page_may_be_short():
    data, count = write(67)

    assert (count.pages, count.labels) == (2, 67)
    assert sorted(decoded(picture(data, 1))) == sorted(addresses(2, start=65))


def test_the_label_shows_names_host_and_serial_in_vietnamese():
    data, _ = write(1)

    text = text_of(data)

    for part in ("Chôm chôm Ia Grai", "HTX Ia Tô (giả lập)", "tx.vidu.example", "0647-ZTZY-HS17-W0", "Tem chôm chôm"):
        assert part in text


def test_every_vietnamese_letter_has_a_glyph():
    letters = "ĂÂĐÊÔƠƯăâđêôơư" + "ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ" + "áàãéèẽíìĩóòõúùũýỳỹ"
    font = typesetting.load_fonts()["B"]

    assert b"?" not in font.encode(letters + letters.lower())


def test_decomposed_letters_are_composed_before_printing():
    data, _ = write(1, product="Cho\u0302m cho\u0302m")

    assert "Chôm chôm" in text_of(data)


def test_a_letter_without_glyph_becomes_a_question_mark():
    data, _ = write(1, product="Trà 茶")

    assert "Trà ?" in text_of(data)


def test_a_long_name_is_shortened_between_words():
    data, _ = write(1, product="Mật ong hoa cà phê nguyên chất Đak Pơ đóng lọ thuỷ tinh loại đặc biệt")

    assert "nguyên chất" in text_of(data)
    assert re.search(r"\w+…", text_of(data))


def test_a_name_without_spaces_stays_inside_its_label():
    data, _ = write(1, product="x" * 200)

    right_edge = A4_65.left + A4_65.label_width
    assert picture(data, 0)[200:350, round(right_edge / 25.4 * 300) + 2 : 500 + 20].min() > 200


@pytest.mark.parametrize("watermark", [None, "MẪU MẪU MẪU"], ids=["plain", "watermark"])
def test_modules_have_the_promised_size_and_a_quiet_zone_of_four(watermark):
    module = A4_65.module_mm(URI)
    dots = 1200 / 25.4  # per mm
    data, _ = write(1, watermark=watermark)
    image = picture(data, 0, dpi=1200)[: round(31 * dots), : round(45 * dots)]
    found = zxingcpp.read_barcodes(image)[0].position
    left, top = found.top_left.x, found.top_left.y
    side, quiet = round(29 * module * dots), round(4 * module * dots) - 4

    assert module == pytest.approx(5 * 25.4 / 300)
    assert found.top_right.x - left == pytest.approx(side, abs=6)
    assert image[top - quiet : top - 4, left - quiet : left + side + quiet].min() == 255
    assert image[top + side + 4 : top + side + quiet, left - quiet : left + side].min() == 255
    assert image[top : top + side, left - quiet : left - 4].min() == 255
    assert image[top : top + side, left + side + 4 : left + side + quiet].min() == 255


def test_every_symbol_starts_on_a_dot_of_a_300_dpi_printer():
    data, _ = write(65)
    corners = re.findall(rb"q 1 0 0 1 (\S+) (\S+) cm", b"".join(streams(data)))

    places = np.array(corners, dtype=float)
    places[:, 1] = 297 - places[:, 1]  # a printer counts from the upper left
    dots = places * 300 / 25.4
    assert dots.shape == (65, 2)
    assert np.abs(dots - dots.round()).max() < 0.01


def test_a_host_too_long_for_the_label_is_refused_before_the_first_byte():
    output = io.BytesIO()

    with pytest.raises(StampTooSmall, match=r"0,39 mm; GS1 asks for 0,396 mm. Choose a larger label") as caught:
        write_sheet(output, make_face(host="truyxuat.gialai.vn"), [make_stamps(1)], A4_65, title="T")

    assert "for a symbol of 16,3 mm or more" in str(caught.value)
    assert "the address has 62 characters" in str(caught.value)
    assert output.getvalue() == b""


def test_the_larger_label_takes_the_longer_host():
    data, _ = write(24, A4_24, host="truyxuat.gialai.vn")

    assert len(decoded(picture(data, 0))) == 24


def test_an_address_in_small_letters_is_refused():
    with pytest.raises(NotPrintable):
        write_sheet(io.BytesIO(), Face("https://a/", "a", "b"), [make_stamps(1)], A4_65, title="T")


def test_no_label_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="no label"):
        write(0)


def test_the_same_labels_give_the_same_bytes():
    first, second = write(70), write(70)

    assert first == second
    assert len(first[1].sha256) == 64


def test_the_digest_is_the_one_of_the_file():
    data, count = write(3)

    assert hashlib.sha256(data).hexdigest() == count.sha256


def test_the_page_is_a4_and_must_not_be_scaled():
    data, _ = write(1)

    with pypdfium2.PdfDocument(data) as document:
        width, height = document[0].get_size()
    assert (width / 72 * 25.4, height / 72 * 25.4) == pytest.approx((210, 297), abs=0.01)
    assert b"/PrintScaling/None" in data


class Counter(io.RawIOBase):
    """Takes bytes and forgets them."""

    def write(self, data):
        return len(data)


def test_memory_does_not_grow_with_the_pages():
    peaks = []
    for pages in (8, 64):
        chunks = (make_stamps(24, start=24 * page) for page in range(pages))
        tracemalloc.start()
        write_sheet(Counter(), make_face(), chunks, A4_24, title="T")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.2


@pytest.mark.parametrize(
    "stamps",
    [
        pytest.param(Stamps(np.zeros((1, 13), np.uint8)), id="short_serial"),
        pytest.param(make_stamps(1, pins=False), id="no_pin"),
    ],
)
def test_stamps_that_are_not_whole_are_a_mistake_of_the_caller(stamps):
    with pytest.raises(ValueError, match="a PIN of 8"):
        write_sheet(io.BytesIO(), make_face(hidden_code=True), [stamps], A4_65, title="T")


def test_the_text_below_a_symbol_is_its_own_serial():
    data, _ = write(65)

    written = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}", text_of(data))

    assert {serial.replace("-", "") for serial in written} == {uri[-14:] for uri in addresses(65)}


def test_who_copies_the_text_gets_no_letters_for_the_symbols():
    copied = text_of(write(65)[0])

    assert not {char for char in copied if "\x80" <= char <= "ÿ"} - set("·ôọ")
