"""Nothing is released that does not decode: whole files, samples of long ones, and what is wrong is named."""

import re

import pytest
from django.utils import translation

from stamps.errors import SheetUnreadable
from stamps.printing.layouts import A4_24, A4_65, roll
from stamps.printing.verification import verify_sheet
from tests.stamps.samples import addresses, make_stamps, write


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def expected(start, count):
    return addresses(count, start=start)


@pytest.mark.parametrize("layout", [A4_65, A4_24, roll(40, 22, across=3)])
def test_a_good_sheet_is_read_as_a_whole(layout):
    data, _ = write(150, layout, watermark="MẪU")

    assert verify_sheet(data, expected, layout, labels=150) == (-(-150 // layout.per_page), 150)


def test_a_file_on_the_disk_is_read_too(tmp_path):
    path = tmp_path / "sheet.pdf"
    path.write_bytes(write(10)[0])

    assert verify_sheet(path, expected, A4_65, labels=10).labels == 10


def test_of_a_long_file_a_sample_of_pages_is_read_with_the_first_and_the_last():
    data, _ = write(400, roll(40, 22))
    asked = []

    def addresses_asked(start, count):
        asked.append(start)
        return expected(start, count)

    assert verify_sheet(data, addresses_asked, roll(40, 22), labels=400, sample=50) == (50, 50)
    assert asked == sorted(set(asked))
    assert (asked[0], asked[-1]) == (0, 399)
    again, asked = asked, []
    verify_sheet(data, addresses_asked, roll(40, 22), labels=400, sample=50)
    assert asked == again


def test_other_stamps_than_expected_are_named_with_their_page():
    data, _ = write(130)

    def wrong(start, count):
        found = expected(start, count)
        return found if start == 0 else ["HTTPS://TX.VIDU.EXAMPLE/01/09506000134352/21/0000000000000A", *found[1:]]

    with pytest.raises(SheetUnreadable, match=r"Page 2: 1 of 65 codes .* 21/0000000000000A|Page 2: 1 of 65") as caught:
        verify_sheet(data, wrong, A4_65, labels=130)
    assert "0000000000000A" in str(caught.value)
    assert "and 1 do not belong there" in str(caught.value)


def test_missing_pages_are_noticed():
    with pytest.raises(SheetUnreadable, match="has 1 pages where 2 are needed"):
        verify_sheet(write(65)[0], expected, A4_65, labels=66)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.6 torn"], ids=["empty", "torn"])
def test_what_is_no_pdf_is_refused(data):
    with pytest.raises(SheetUnreadable, match="no readable PDF"):
        verify_sheet(data, expected, A4_65, labels=1)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SheetUnreadable, match="not there"):
        verify_sheet(tmp_path / "none.pdf", expected, A4_65, labels=1)


# --- hidden codes ----------------------------------------------------------------------------
def pins(start, count):
    return [bytes(row).decode() for row in make_stamps(count, start=start, pins=True).pins]


LAYOUTS = [A4_24, roll(40, 30, across=2), roll(70, 25), roll(30, 60)]


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_hidden_codes_are_read_back_from_their_own_labels(layout):
    data, _ = write(50, layout, hidden_code=True, watermark="MẪU")

    assert verify_sheet(data, expected, layout, labels=50, hidden=pins).labels == 50


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_a_hidden_code_of_another_stamp_keeps_the_sheet_back_and_is_not_named(layout):
    data, _ = write(50, layout, hidden_code=True)

    def swapped(start, count):
        """Each stamp's neighbour's, the last one's first."""
        return pins(start + 1, count) if start + count < 50 else pins(0, count)

    with pytest.raises(SheetUnreadable, match="do not carry their own hidden code") as caught:
        verify_sheet(data, expected, layout, labels=50, hidden=swapped)
    assert not re.search(r"\d{8}", str(caught.value).replace("-", ""))


def test_a_sheet_without_the_hidden_codes_it_should_have_is_kept_back():
    with pytest.raises(SheetUnreadable, match=r"Page 1: 24 of 24 stamps"):
        verify_sheet(write(30, A4_24)[0], expected, A4_24, labels=30, hidden=pins)
