"""Whatever is sent becomes a clean small JPEG, or is refused with the rule."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from registry.errors import PictureRefused
from registry.pictures import prepare, prepare_small, small_jpeg


def _photo(size: tuple[int, int], kind: str = "JPEG", **options: object) -> io.BytesIO:
    buffer = io.BytesIO()
    Image.new("RGB", size, "#b02a1f").save(buffer, kind, **options)
    return buffer


def _png_header(width: int, height: int) -> io.BytesIO:
    """A PNG of a few bytes that says it is huge."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IDAT")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_becomes_a_jpeg_of_1280_pixels(kind: str) -> None:
    clean = Image.open(prepare(_photo((2600, 1300), kind)))
    assert (clean.format, clean.size) == ("JPEG", (1280, 640))


def test_the_place_and_the_phone_are_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825)[2] = (13.0, 59.0, 0.0)
    file = prepare(_photo((40, 20), exif=exif.tobytes()))
    assert b"PhoneMaker" not in file.read()
    clean = Image.open(file)
    assert (dict(clean.getexif()), clean.size) == ({}, (20, 40))


def test_a_second_file_hidden_behind_the_picture_is_dropped() -> None:
    upload = _photo((8, 8))
    upload.seek(0, io.SEEK_END)
    upload.write(b"<script>alert(1)</script>")
    assert b"script" not in prepare(upload).read()


def test_the_small_picture_of_pure_noise_still_fits_40_kb() -> None:
    noise = Image.frombytes("RGB", (900, 700), random.Random(7).randbytes(900 * 700 * 3))  # noqa: S311  noise, no secret
    buffer = io.BytesIO()
    noise.save(buffer, "PNG")
    assert len(small_jpeg(buffer.getvalue())) <= 40_000
    assert prepare_small(buffer).size <= 40_000


def test_what_was_transparent_becomes_white() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(buffer, "PNG")
    assert Image.open(prepare(buffer)).getpixel((4, 4)) == (255, 255, 255)


def test_the_file_is_named_by_its_content_not_by_the_sender() -> None:
    upload = _photo((8, 8))
    upload.name = "../../etc/passwd.png"
    name = str(prepare(upload).name)
    assert name.endswith(".jpg")
    assert len(name) == 28


def test_more_than_40_million_pixels_are_refused_from_the_header() -> None:
    with pytest.raises(PictureRefused, match="13000 × 13000"):
        prepare(_png_header(13_000, 13_000))


@pytest.mark.parametrize("size", [60_000, 4_000_000])
def test_a_header_beyond_pillows_own_limit_is_refused_too(size: int) -> None:
    with pytest.raises(PictureRefused):
        prepare(_png_header(size, size))


def test_more_than_10_mb_are_refused() -> None:
    with pytest.raises(PictureRefused, match="10 MB"):
        prepare(io.BytesIO(b"\xff\xd8" + bytes(10 * 1024 * 1024)))


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(40), b"\xff\xd8\xff\xe0 cut off", b"BM"],
)
def test_what_is_no_jpeg_png_or_webp_is_refused(data: bytes) -> None:
    with pytest.raises(PictureRefused):
        prepare(io.BytesIO(data))


def test_a_gif_is_refused_although_pillow_could_read_it() -> None:
    with pytest.raises(PictureRefused):
        prepare(_photo((8, 8), "GIF"))


def test_a_picture_that_ends_early_is_refused() -> None:
    whole = _photo((400, 400), "PNG").getvalue()
    with pytest.raises(PictureRefused):
        prepare(io.BytesIO(whole[: len(whole) // 2]))
