"""Serials: nobody can guess them, everybody can type them, and old keys still read old stamps."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from registry.trace_codes import is_own_code, own_code
from stamps.codes.serials import (
    ALPHABET,
    MAX_INDEX,
    Keyring,
    decode,
    encode,
    encode_many,
    grouped,
    keyring_from_settings,
    normalise,
    printed_prefix,
    printed_uri,
)
from stamps.errors import (
    ForgedSerial,
    InvalidProductCode,
    InvalidSerial,
    SerialsExhausted,
    StampsNotConfigured,
    UnknownKeyVersion,
)

GTIN = "09506000134352"
OTHER_GTIN = "09520123456788"
KEY = bytes(range(32))
RING = Keyring({"0": KEY}, "0")
SERIALS = st.text(ALPHABET, min_size=13, max_size=13).map(lambda body: f"0{body}")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@given(index=st.integers(0, MAX_INDEX))
def test_a_serial_deciphers_to_its_index(index):
    assert decode(GTIN, encode(GTIN, index, RING), RING) == index


def text_of(rows):
    return [bytes(row).decode("ascii") for row in rows]


@pytest.mark.parametrize("code", [GTIN, "T5200007003C"], ids=["gtin", "own_code"])
@given(start=st.integers(0, MAX_INDEX - 20), count=st.integers(0, 20))
def test_serials_in_bulk_are_those_made_one_by_one(code, start, count):
    made = encode_many(code, start, count, RING)

    assert text_of(made) == [encode(code, index, RING) for index in range(start, start + count)]


def test_the_last_serial_can_be_made_in_bulk_and_none_beyond_it():
    assert text_of(encode_many(GTIN, MAX_INDEX - 1, 2, RING)) == [encode(GTIN, MAX_INDEX - i, RING) for i in (1, 0)]
    with pytest.raises(SerialsExhausted):
        encode_many(GTIN, MAX_INDEX, 2, RING)


def test_the_printed_address_is_what_all_stamps_share_and_the_serial():
    serial = encode(GTIN, 5, RING)

    assert printed_prefix("tx.vidu.example", GTIN) + serial == printed_uri("tx.vidu.example", GTIN, serial)


def test_the_serials_of_one_key_never_change():
    # Printed stamps depend on these values: a change here makes every stamp unreadable.
    made = [encode(GTIN, index, RING) for index in (0, 1, MAX_INDEX)]

    assert made == ["0647ZTZYHS17W0", "0779GPW2N8RKSQ", "0TQBM18GN034KR"]


def test_a_serial_has_fourteen_characters_of_the_alphabet():
    serial = encode(GTIN, 12345, RING)

    assert len(serial) == 14
    assert set(serial) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_neighbouring_stamps_share_no_pattern():
    serials = [encode(GTIN, index, RING) for index in range(1000)]

    assert len(set(serials)) == 1000
    assert max(sum(serial[place] == "0" for serial in serials) for place in range(1, 14)) < 70


@given(serial=SERIALS)
def test_a_guessed_serial_is_forged(serial):
    with pytest.raises(ForgedSerial, match="was not made here for product 09506000134352"):
        decode(GTIN, serial, RING)


def test_the_serial_of_one_product_is_forged_on_another():
    with pytest.raises(ForgedSerial):
        decode(OTHER_GTIN, encode(GTIN, 7, RING), RING)


@given(data=st.data())
def test_one_wrong_character_is_caught(data):
    serial = encode(GTIN, 7, RING)
    place = data.draw(st.integers(1, 13))
    wrong = data.draw(st.sampled_from([char for char in ALPHABET if char != serial[place]]))

    with pytest.raises(ForgedSerial):
        decode(GTIN, serial[:place] + wrong + serial[place + 1 :], RING)


def test_an_old_key_version_still_reads_old_stamps():
    old = encode(GTIN, 7, RING)
    ring = Keyring({"0": KEY, "1": bytes(32)}, "1")

    assert encode(GTIN, 7, ring)[0] == "1"
    assert decode(GTIN, old, ring) == 7


def test_a_batch_keeps_the_key_version_it_was_issued_with():
    ring = Keyring({"0": KEY, "1": bytes(32)}, "1")

    assert encode(GTIN, 7, ring.with_version("0")) == encode(GTIN, 7, RING)


def test_a_lost_key_version_names_the_setting():
    with pytest.raises(StampsNotConfigured, match="STAMPS_KEYS lacks version 2"):
        RING.with_version("2")


def test_the_version_character_cannot_be_exchanged():
    ring = Keyring({"0": KEY, "1": KEY}, "0")

    with pytest.raises(ForgedSerial):
        decode(GTIN, "1" + encode(GTIN, 7, ring)[1:], ring)


def test_an_unknown_key_version_is_named():
    with pytest.raises(UnknownKeyVersion, match="begins with Z"):
        decode(GTIN, "Z" + encode(GTIN, 7, RING)[1:], RING)


def test_the_last_index_is_followed_by_an_error():
    with pytest.raises(SerialsExhausted, match="34359738367"):
        encode(GTIN, MAX_INDEX + 1, RING)


def test_a_negative_index_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="not be negative"):
        encode(GTIN, -1, RING)
    with pytest.raises(ValueError, match="not be negative"):
        encode_many(GTIN, -1, 5, RING)


@pytest.mark.parametrize("code", ["9506000134352", "09506000134353", "", "T5200007003D", "T5200007", "ô"])
def test_a_wrong_product_code_is_refused(code):
    with pytest.raises(InvalidProductCode, match="neither a GTIN"):
        encode(code, 7, RING)


def test_a_serial_may_be_typed_as_people_type():
    assert normalise(" o123-il5a bcde-fg ") == "0123115ABCDEFG"


@pytest.mark.parametrize(
    "text", ["", "0123", "0" * 15, "U1234567890123", "ô123456789012", "０1234567890123", "ßßßßßßß"]
)
def test_what_cannot_be_a_serial_is_refused(text):
    with pytest.raises(InvalidSerial, match="is not a serial"):
        decode(GTIN, text, RING)


@given(text=st.text())
def test_no_text_raises_anything_but_invalid_serial(text):
    with pytest.raises(InvalidSerial):
        decode(GTIN, text, RING)


def test_a_serial_is_printed_in_groups():
    assert grouped("0123456789ABCD") == "0123-4567-89AB-CD"


def test_our_own_code_is_a_letter_place_producer_product_and_check():
    assert own_code("52", 7, 3) == "T5200007003C"
    assert is_own_code("T5200007003C")


@given(province=st.integers(0, 99), producer=st.integers(1, 99_999), product=st.integers(1, 999), data=st.data())
def test_a_wrong_or_swapped_digit_of_our_own_code_is_caught(province, producer, product, data):
    code = own_code(f"{province:02}", producer, product)
    place, other = data.draw(st.tuples(st.integers(1, 10), st.integers(1, 10)))
    digit = data.draw(st.sampled_from("0123456789"))
    changed, swapped = list(code), list(code)
    changed[place] = digit
    swapped[place], swapped[other] = swapped[other], swapped[place]

    assert is_own_code("".join(changed)) == (changed == list(code))
    assert is_own_code("".join(swapped)) == (swapped == list(code))


@pytest.mark.parametrize("parts", [("5", 1, 1), ("5a", 1, 1), ("52", 0, 1), ("52", 100_000, 1), ("52", 1, 1000)])
def test_our_own_code_has_limits(parts):
    with pytest.raises(ValueError, match=r"must be|out of range"):
        own_code(*parts)


def test_a_product_with_gtin_prints_a_digital_link():
    uri = printed_uri("tx.vidu.example", GTIN, "0123-4567-89AB-CD")

    assert uri == "HTTPS://TX.VIDU.EXAMPLE/01/09506000134352/21/0123456789ABCD"


def test_a_product_without_gtin_prints_our_own_path():
    serial = encode("T5200007003C", 7, RING)

    assert decode("T5200007003C", serial, RING) == 7
    assert printed_uri("tx.vidu.example", "T5200007003C", serial).startswith(
        "HTTPS://TX.VIDU.EXAMPLE/VN/TX/T5200007003C/S/0"
    )


@pytest.mark.parametrize("code", [GTIN, "T5200007003C"])
def test_a_host_of_seventeen_characters_fits_the_smallest_symbol(code):
    assert len(printed_uri("h" * 17, code, "0" * 14)) <= 61


def test_keys_do_not_show_in_messages():
    assert KEY.hex() not in repr(RING)
    assert "\\x" not in repr(RING)


@pytest.mark.parametrize(
    ("keys", "version"),
    [({"O": KEY}, "O"), ({"00": KEY}, "00"), ({"0": b"short"}, "0"), ({"0": KEY + b"x"}, "0"), ({"0": KEY}, "1")],
)
def test_a_wrong_keyring_is_refused(keys, version):
    with pytest.raises(ValueError, match="key"):
        Keyring(keys, version)


def test_the_settings_give_the_keyring(settings):
    settings.STAMPS_KEYS = {"0": KEY.hex(), "1": bytes(32).hex()}
    settings.STAMPS_KEY_VERSION = "1"
    settings.LOCAL = True

    assert keyring_from_settings() == Keyring({"0": KEY, "1": bytes(32)}, "1")


@pytest.mark.parametrize(
    ("keys", "version", "reason"),
    [
        ({}, "0", "STAMPS_KEYS is empty"),
        ({"0": "zz"}, "0", "STAMPS_KEYS holds a key for trials only"),
        ({"0": "0123456789abcdefghij"}, "0", "STAMPS_KEYS or STAMPS_KEY_VERSION is wrong"),
        ({"0": KEY.hex()}, "1", "key version '1': has no key"),
        ({"0": "00" * 32}, "0", "for trials only"),
    ],
)
def test_missing_keys_name_the_setting_and_the_way_out(settings, keys, version, reason):
    settings.STAMPS_KEYS = keys
    settings.STAMPS_KEY_VERSION = version
    settings.LOCAL = False

    with pytest.raises(StampsNotConfigured, match=reason) as caught:
        keyring_from_settings()

    assert "secrets.token_hex(32)" in str(caught.value)
    assert KEY.hex() not in str(caught.value)
