"""Symbols in bulk are those of `qrcode`, bit for bit, for every version and length that can be."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from stamps.codes.serials import Keyring, encode_many, printed_prefix
from stamps.printing import qr, symbols

CHARACTERS = qr.CHARACTERS
PREFIX = printed_prefix("tx.vidu.example", "09506000134352")
RING = Keyring({"0": bytes(range(32))}, "0")
LONGEST = {1: 20, 2: 38, 3: 61, 4: 90, 5: 122, 6: 154}  # ISO/IEC 18004, level M, alphanumeric


def rows(*texts):
    return np.array([list(text.encode("ascii")) for text in texts], np.uint8)


def reference(text, mask):
    """What the library draws when it is asked without our help."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask)
    code.add_data(text, optimize=0)
    code.make()
    return np.array(code.modules, np.uint8)


def drawn(encoder, *endings):
    return list(encoder.modules(encoder.draw(rows(*endings))))


@settings(max_examples=60, deadline=None)
@given(data=st.data(), version=st.sampled_from(sorted(LONGEST)), mask=st.sampled_from(symbols.MASKS))
def test_a_symbol_is_the_one_that_qrcode_draws(data, version, mask):
    length = data.draw(st.integers(LONGEST.get(version - 1, 4) + 1, LONGEST[version]))
    ending = data.draw(st.integers(1, min(length, 14)))
    text = data.draw(st.text(CHARACTERS, min_size=length, max_size=length))
    text = "A" + text[1:]  # digits alone would be another mode
    assume("0" * 20 not in text)  # qrcode 8.2 fails when a whole block is zeros
    encoder = symbols.Encoder(text[:-ending], ending, mask=mask)

    assert encoder.side == 17 + 4 * version
    assert np.array_equal(drawn(encoder, text[-ending:])[0], reference(text, mask))


@pytest.mark.parametrize("length", [*range(20, 91), 121, 122, 123, 153, 154])
def test_every_length_of_an_address_gives_the_symbol_of_qrcode(length):
    prefix = ("HTTPS://TX.VIDU.EXAMPLE/" + "0123456789ABCDEF" * 9)[: length - 14]
    ending = "0647ZTZYHS17W0"

    assert np.array_equal(drawn(symbols.Encoder(prefix, 14, mask=3), ending)[0], reference(prefix + ending, 3))


def test_a_thousand_serials_have_the_symbols_of_qrcode():
    serials = encode_many("09506000134352", 0, 1000, RING)
    encoder = symbols.encoder(PREFIX, 14)
    made = list(encoder.modules(encoder.draw(serials)))

    masks = [mask for mask in symbols.MASKS if np.array_equal(reference(PREFIX + text(serials[0]), mask), made[0])]
    assert len(masks) == 1
    for place in range(0, 1000, 20):
        assert np.array_equal(made[place], reference(PREFIX + text(serials[place]), masks[0]))


def text(row):
    return bytes(row).decode("ascii")


@pytest.mark.parametrize(
    "prefix", ["https://tx.vidu.example/01/09506000134352/21/", "HTTPS://" + "A" * 150], ids=["small_letters", "long"]
)
def test_other_addresses_are_drawn_by_qrcode_itself(prefix):
    endings = ["0647ZTZYHS17W0", "0779GPW2N8RKSQ"]

    made = drawn(symbols.Encoder(prefix, 14, mask=2), *endings)

    for each, end in zip(made, endings, strict=True):
        assert np.array_equal(each, reference(prefix + end, 2))


def test_a_character_that_the_symbol_cannot_carry_is_a_mistake():
    with pytest.raises(ValueError, match="not alphanumeric"):
        symbols.Encoder(PREFIX, 14, mask=0).draw(rows("0647ztzyhs17w0"))


def test_no_serial_gives_no_symbol():
    assert symbols.Encoder(PREFIX, 14, mask=0).draw(np.empty((0, 14), np.uint8)).shape == (0, 29 * 5)


def test_the_mask_of_a_file_is_as_good_as_any_other():
    sample = encode_many("09506000134352", 5_000, 60, RING)

    def mean(encoder):
        return np.mean([qr.penalty(each) for each in encoder.modules(encoder.draw(sample))])

    means = [mean(symbols.Encoder(PREFIX, 14, mask=mask)) for mask in symbols.MASKS]
    assert mean(symbols.encoder(PREFIX, 14)) <= min(means) * 1.03


def test_every_byte_goes_unescaped_into_a_pdf_string():
    made = symbols.encoder(PREFIX, 14).draw(encode_many("09506000134352", 0, 500, RING))

    assert made.min() >= 0x80
