"""FF1 gives the nine samples of NIST SP 800-38G and turns back everything it makes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stamps.codes.ff1 import FF1

CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
KEY_128 = "2B7E151628AED2A6ABF7158809CF4F3C"
KEY_192 = KEY_128 + "EF4359D8D580AA4F"
KEY_256 = KEY_192 + "7F036D6F04FC6A94"
TWEAK_10 = "39383736353433323130"
TWEAK_36 = "3737373770717273373737"


NIST = pytest.mark.parametrize(
    ("key", "radix", "tweak", "plain", "secret"),
    [
        pytest.param(KEY_128, 10, "", "0123456789", "2433477484", id="sample_1"),
        pytest.param(KEY_128, 10, TWEAK_10, "0123456789", "6124200773", id="sample_2"),
        pytest.param(KEY_128, 36, TWEAK_36, "0123456789abcdefghi", "a9tv40mll9kdu509eum", id="sample_3"),
        pytest.param(KEY_192, 10, "", "0123456789", "2830668132", id="sample_4"),
        pytest.param(KEY_192, 10, TWEAK_10, "0123456789", "2496655549", id="sample_5"),
        pytest.param(KEY_192, 36, TWEAK_36, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr", id="sample_6"),
        pytest.param(KEY_256, 10, "", "0123456789", "6657667009", id="sample_7"),
        pytest.param(KEY_256, 10, TWEAK_10, "0123456789", "1001623463", id="sample_8"),
        pytest.param(KEY_256, 36, TWEAK_36, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd", id="sample_9"),
    ],
)


@NIST
def test_it_gives_the_sample_of_nist(key, radix, tweak, plain, secret):
    ff1 = FF1(bytes.fromhex(key), radix)
    numerals = [CHARACTERS.index(char) for char in plain]

    made = ff1.encrypt(numerals, bytes.fromhex(tweak))

    assert "".join(CHARACTERS[numeral] for numeral in made) == secret
    assert ff1.decrypt(made, bytes.fromhex(tweak)) == numerals


@NIST
def test_in_bulk_it_gives_the_sample_of_nist(key, radix, tweak, plain, secret):
    rows = np.array([[CHARACTERS.index(char) for char in plain]] * 3, np.uint8)

    made = FF1(bytes.fromhex(key), radix).encrypt_many(rows, bytes.fromhex(tweak))

    assert ["".join(CHARACTERS[numeral] for numeral in row) for row in made] == [secret] * 3


@given(
    size=st.sampled_from([(2, 20), (2, 31), (10, 13), (10, 20), (16, 19), (32, 13), (32, 20), (36, 7), (36, 20)]),
    data=st.data(),
)
def test_in_bulk_it_gives_what_it_gives_one_by_one(size, data):
    radix, length = size
    texts = st.lists(st.integers(0, radix - 1), min_size=length, max_size=length)
    rows = data.draw(st.lists(texts, min_size=1, max_size=5))
    tweak = data.draw(st.binary(max_size=40))
    ff1 = FF1(bytes(range(32)), radix)

    assert ff1.encrypt_many(np.array(rows, np.uint8), tweak).tolist() == [ff1.encrypt(row, tweak) for row in rows]


@pytest.mark.parametrize(
    ("radix", "row", "reason"),
    [(10, [1] * 5, "too few"), (32, [0] * 12 + [32], "from 0 to 31"), (36, [0] * 24, "too many for bulk")],
)
def test_in_bulk_it_refuses_what_it_cannot_encrypt(radix, row, reason):
    with pytest.raises(ValueError, match=reason):
        FF1(bytes(32), radix).encrypt_many(np.array([row], np.uint8))


@given(radix=st.integers(2, 36), data=st.data(), tweak=st.binary(max_size=40))
def test_decrypting_turns_encrypting_back(radix, data, tweak):
    numerals = data.draw(st.lists(st.integers(0, radix - 1), min_size=20, max_size=200))
    ff1 = FF1(bytes(range(32)), radix)

    assert ff1.decrypt(ff1.encrypt(numerals, tweak), tweak) == numerals


def test_another_tweak_gives_another_text():
    ff1 = FF1(bytes(range(32)), 32)

    assert ff1.encrypt([0] * 13, b"a") != ff1.encrypt([0] * 13, b"b")


def test_it_refuses_a_text_short_enough_to_be_listed():
    with pytest.raises(ValueError, match="5 numerals of radix 10"):
        FF1(bytes(32), 10).encrypt([1, 2, 3, 4, 5])


@pytest.mark.parametrize("foreign", [-1, 32])
def test_it_refuses_a_numeral_outside_the_radix(foreign):
    with pytest.raises(ValueError, match="from 0 to 31"):
        FF1(bytes(32), 32).encrypt([0] * 12 + [foreign])


@pytest.mark.parametrize("radix", [1, 37])
def test_it_refuses_a_radix_outside_two_to_thirty_six(radix):
    with pytest.raises(ValueError, match="from 2 to 36"):
        FF1(bytes(32), radix)


def test_it_refuses_a_key_that_is_not_an_aes_key():
    with pytest.raises(ValueError, match="Invalid key size"):
        FF1(bytes(31), 10)
