"""What a label shows besides its code: logo, hidden code, colours; never inside the quiet zone."""

import io

import numpy as np
import pytest
import zxingcpp
from django.utils import translation
from PIL import Image, ImageDraw

from stamps.errors import LayoutRefused, PictureRefused, TooLittleContrast
from stamps.printing.colours import contrast
from stamps.printing.layouts import A4_24, A4_65, roll
from stamps.printing.logos import read_logo
from tests.stamps.samples import GTIN, addresses, decoded, make_face, make_stamps, picture, text_of, write


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def png(mode="RGBA", size=(300, 200), colour=(0, 110, 60), kind="PNG"):
    image = Image.new(mode, size)
    ImageDraw.Draw(image).ellipse((10, 10, size[0] - 10, size[1] - 10), fill=colour)
    output = io.BytesIO()
    image.save(output, kind)
    return output.getvalue()


@pytest.mark.parametrize(
    ("data", "components", "bits"),
    [
        pytest.param(png(), 3, 8, id="colour"),
        pytest.param(png("L", colour=120), 1, 8, id="grey"),
        pytest.param(png("1", colour=1), 1, 1, id="black_and_white"),
        pytest.param(png("RGB", kind="JPEG"), 3, 8, id="jpeg"),
    ],
)
def test_a_logo_keeps_no_more_than_its_colours(data, components, bits):
    logo = read_logo(data)

    assert (logo.components, logo.bits) == (components, bits)
    assert len(logo.data) == logo.height * -(-logo.width * components * bits // 8)


def test_a_large_logo_is_made_smaller():
    assert (read_logo(png(size=(1800, 1200))).width, read_logo(png(size=(1800, 1200))).height) == (600, 400)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"<svg/>", png()[:200]], ids=["none", "pdf", "svg", "half"])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(PictureRefused, match="Choose a PNG, JPEG or GIF file"):
        read_logo(data)


@pytest.mark.parametrize("layout", [A4_65, A4_24, roll(25, 33, across=3), roll(30, 50, qr_mm=22)])
def test_a_logo_is_drawn_and_the_codes_stay_readable(layout):
    logo = read_logo(png())
    plain, _ = write(layout.per_page, layout)
    data, _ = write(layout.per_page, layout, logo=logo)

    assert data.count(b"/Subtype/Image") == 1
    assert not np.array_equal(picture(plain), picture(data))
    assert sorted(decoded(picture(data))) == sorted(addresses(layout.per_page))


@pytest.mark.parametrize(
    "layout", [A4_65, A4_24, roll(30, 50, qr_mm=22), roll(60, 30)], ids=["a65", "a24", "below", "beside"]
)
@pytest.mark.parametrize("options", [{}, {"logo": read_logo(png()), "hidden_code": True, "watermark": "MẪU"}])
def test_nothing_is_printed_in_the_quiet_zone(layout, options):
    data, _ = write(1, layout, **options)
    dpi = 600
    page = picture(data, dpi=dpi)
    uri = addresses(1)[0]

    found = zxingcpp.read_barcodes(page)[0].position
    quiet = int(4 * layout.module_mm(uri) * dpi / 25.4) - 4
    left, top = found.top_left.x, found.top_left.y
    right, bottom = found.bottom_right.x + 2, found.bottom_right.y + 2
    around = page[top - quiet : bottom + quiet, left - quiet : right + quiet].copy()
    around[quiet - 3 : quiet + bottom - top + 3, quiet - 3 : quiet + right - left + 3] = 255

    assert top - quiet >= 0
    assert left - quiet >= 0
    assert around.min() == 255


def test_the_field_shows_the_hidden_code_of_each_stamp_under_its_caption():
    data, _ = write(3, roll(60, 30), hidden_code=True)

    for page in range(3):
        assert "Scratch to see the code" in text_of(data, page)
        assert bytes(make_stamps(3, pins=True).pins[page]).decode() in text_of(data, page)
    assert "Scratch" not in text_of(write(1)[0])


def test_a_name_that_fits_one_line_in_smaller_letters_is_not_shortened():
    data, _ = write(1, roll(50, 30, across=2), hidden_code=True, product="Cam tươi Bản Xanh")

    assert "Cam tươi Bản Xanh" in text_of(data, 0)


def test_a_label_too_low_for_the_hidden_code_is_refused_with_what_is_missing():
    with pytest.raises(LayoutRefused, match=r"\d(,\d)? mm are missing") as caught:
        write(1, roll(25, 33), hidden_code=True)

    assert caught.value.field == "label_height"


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        pytest.param((200, 0, 0), (255, 255, 255), id="red_on_white_is_blind_under_red_light"),
        pytest.param((255, 255, 255), (0, 0, 0), id="light_on_dark"),
        pytest.param((90, 90, 90), (200, 200, 200), id="grey_on_grey"),
        pytest.param((0, 0, 0), (0, 120, 0), id="black_on_green"),
    ],
)
def test_too_little_contrast_is_refused(ink, paper):
    with pytest.raises(TooLittleContrast, match="a code needs 70 %, dark on light"):
        make_face(ink=ink, paper=paper)


@pytest.mark.parametrize(("ink", "paper"), [((0, 70, 40), (255, 255, 255)), ((0, 0, 0), (250, 240, 220))])
def test_dark_ink_on_light_paper_is_printed_and_decodes(ink, paper):
    data, _ = write(65, ink=ink, paper=paper)

    assert sorted(decoded(picture(data))) == sorted(addresses(65, GTIN))


def test_contrast_is_the_lesser_of_white_and_red_light():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(1)
    assert contrast((255, 0, 0), (255, 255, 255)) == pytest.approx(0)
    assert contrast((255, 255, 255), (0, 0, 0)) < 0


def test_what_is_no_colour_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="from 0 to 255"):
        make_face(ink=(0, 0, 256))
