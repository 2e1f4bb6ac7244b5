"""Label sheets: every printed symbol decodes, sizes are real, and the same order gives the same file."""

import hashlib
import io
import re
import tracemalloc
import zlib
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from django.utils import translation

from stamps import sheets
from stamps.errors import NotPrintable, StampTooSmall
from stamps.serials import Keyring, encode, printed_uri
from stamps.sheets import A4_24, A4_65, Label, SheetLayout, write_sheet

GTIN = "09506000134352"
OWN_CODE = "T5200007003C"
RING = Keyring({"0": bytes(range(32))}, "0")
HOST = "tx.vidu.example"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def make_labels(count, code=GTIN, host=HOST, product="Chôm chôm Ia Grai", producer="HTX Ia Tô (giả lập)"):
    for index in range(count):
        serial = encode(code, index, RING)
        yield Label(printed_uri(host, code, serial), serial, product, producer)


def write(labels, layout=A4_65, **options):
    output = io.BytesIO()
    count = write_sheet(output, labels, layout, title="Tem chôm chôm", **options)
    return output.getvalue(), count


def picture(data, page, dpi=300):
    with pypdfium2.PdfDocument(data) as document:
        return np.array(document[page].render(scale=dpi / 72, grayscale=True).to_numpy()).squeeze()


def text_of(data, page=0):
    with pypdfium2.PdfDocument(data) as document:
        return document[page].get_textpage().get_text_bounded()


def decoded(image):
    return [found.text for found in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize(
    ("layout", "code", "watermark"),
    [
        pytest.param(A4_65, GTIN, None, id="65_gtin"),
        pytest.param(A4_65, OWN_CODE, "MẪU", id="65_own_code_watermark"),
        pytest.param(A4_24, GTIN, "MẪU", id="24_gtin_watermark"),
    ],
)
def test_every_symbol_on_the_sheet_decodes_to_its_address(layout, code, watermark):
    labels = list(make_labels(layout.per_page, code))

    data, _ = write(labels, layout, watermark=watermark)

    assert sorted(decoded(picture(data, 0))) == sorted(label.uri for label in labels)


def test_pages_and_labels_are_counted_and_the_last_page_may_be_short():
    labels = list(make_labels(67))

    data, count = write(labels)

    assert (count.pages, count.labels) == (2, 67)
    assert sorted(decoded(picture(data, 1))) == sorted(label.uri for label in labels[65:])


def test_the_label_shows_names_host_and_serial_in_vietnamese():
    data, _ = write(make_labels(1))

    text = text_of(data)

    for part in ("Chôm chôm Ia Grai", "HTX Ia Tô (giả lập)", "tx.vidu.example", "0647-ZTZY-HS17-W0", "Tem chôm chôm"):
        assert part in text


def test_every_vietnamese_letter_has_a_glyph():
    letters = "ĂÂĐÊÔƠƯăâđêôơư" + "ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ" + "áàãéèẽíìĩóòõúùũýỳỹ"
    font = sheets.load_font(sheets._FONTS / "NotoSans-Bold.ttf")

    assert b"?" not in font.encode(letters + letters.lower())


def test_decomposed_letters_are_composed_before_printing():
    data, _ = write(make_labels(1, product="Cho\u0302m cho\u0302m"))

    assert "Chôm chôm" in text_of(data)


def test_a_letter_without_glyph_becomes_a_question_mark():
    data, _ = write(make_labels(1, product="Trà 茶"))

    assert "Trà ?" in text_of(data)


def test_a_long_name_is_shortened_between_words():
    data, _ = write(make_labels(1, product="Mật ong hoa cà phê nguyên chất Đak Pơ đóng lọ thuỷ tinh loại đặc biệt"))

    assert "nguyên chất" in text_of(data)
    assert re.search(r"\w+…", text_of(data))


def test_a_name_without_spaces_stays_inside_its_label():
    data, _ = write(make_labels(1, product="x" * 200))

    right_edge = A4_65.left + A4_65.label_width
    assert picture(data, 0)[200:350, round(right_edge / 25.4 * 300) + 2 : 500 + 20].min() > 200


@pytest.mark.parametrize("watermark", [None, "MẪU MẪU MẪU"], ids=["plain", "watermark"])
def test_modules_have_the_promised_size_and_a_quiet_zone_of_four(watermark):
    label = next(make_labels(1))
    module = A4_65.module_mm(label.uri)
    dots = 1200 / 25.4  # per mm
    data, _ = write([label], watermark=watermark)
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
    data, _ = write(make_labels(65))
    streams = [zlib.decompress(stream) for stream in re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL)]
    corners = re.findall(rb"q 1 0 0 1 (\S+) (\S+) cm", b"".join(streams))

    dots = np.array(corners, dtype=float) * 300 / 25.4
    assert dots.shape == (65, 2)
    assert np.abs(dots - dots.round()).max() < 0.01


def test_a_host_too_long_for_the_label_is_refused_before_the_first_byte():
    output = io.BytesIO()

    with pytest.raises(StampTooSmall, match=r"0.390 mm; GS1 asks for 0.396 mm. Choose a larger label") as caught:
        write_sheet(output, make_labels(1, host="truyxuat.gialai.vn"), A4_65, title="T")

    assert "the address has 62 characters" in str(caught.value)
    assert output.getvalue() == b""


def test_the_larger_label_takes_the_longer_host():
    data, _ = write(make_labels(24, host="truyxuat.gialai.vn"), A4_24)

    assert len(decoded(picture(data, 0))) == 24


def test_an_address_in_small_letters_is_refused():
    with pytest.raises(NotPrintable):
        write([Label("https://a", "0" * 14, "a", "b")])


def test_no_label_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="no label"):
        write([])


def test_the_same_labels_give_the_same_bytes():
    first, second = write(make_labels(70)), write(make_labels(70))

    assert first == second
    assert len(first[1].sha256) == 64


def test_the_digest_is_the_one_of_the_file():
    data, count = write(make_labels(3))

    assert hashlib.sha256(data).hexdigest() == count.sha256


def test_the_page_is_a4_and_must_not_be_scaled():
    data, _ = write(make_labels(1))

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
    for pages in (1, 8):
        tracemalloc.start()
        write_sheet(Counter(), make_labels(24 * pages), A4_24, title="T")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.2


@pytest.mark.parametrize(
    "change", [{"columns": 6}, {"rows": 14}, {"qr_mm": 20.0}], ids=["too_wide", "too_high", "no_room_for_text"]
)
def test_a_layout_that_cannot_be_is_refused(change):
    with pytest.raises(ValueError, match=r"do not fit|no room"):
        replace(A4_65, **change)


def test_a_module_below_a_whole_dot_keeps_its_exact_size():
    layout = SheetLayout("test", 1, 1, 40, 22, left=10, top=10, gap_x=0, gap_y=0, qr_mm=15)

    assert layout.module_mm(next(make_labels(1)).uri) == pytest.approx(15 / 37)
