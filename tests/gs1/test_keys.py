"""GS1 keys: check digits are right, and every wrong key is refused with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gs1.keys import InvalidKey, check_digit, check_gln, check_pair, check_sscc, normalise_gtin

DIGITS = st.text("0123456789", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("body", "digit"),
    [("950600013435", 2), ("0950600013435", 2), ("9520123456788"[:-1], 8), ("95201234567891234", 5), ("0", 0)],
)
def test_it_calculates_the_check_digit_of_gs1_examples(body, digit):
    assert check_digit(body) == digit


@pytest.mark.parametrize("body", ["", "12a", "\uff11\uff12", "1 2", "-1"])
def test_it_refuses_a_body_that_is_not_digits(body):
    with pytest.raises(ValueError, match="digits 0-9"):
        check_digit(body)


@given(body=DIGITS, data=st.data())
def test_changing_any_single_digit_is_caught(body, data):
    key = body + str(check_digit(body))
    place = data.draw(st.integers(0, len(key) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != key[place]]))
    wrong = key[:place] + other + key[place + 1 :]

    assert check_digit(wrong[:-1]) != int(wrong[-1])


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        pytest.param("9506000134352", "09506000134352", id="gtin_13"),
        pytest.param("09506000134352", "09506000134352", id="gtin_14"),
        pytest.param("02345673", "00000002345673", id="gtin_8"),
        pytest.param("416000336108", "00416000336108", id="gtin_12"),
    ],
)
def test_it_fills_a_shorter_gtin_to_fourteen_digits(text, gtin):
    assert normalise_gtin(text) == gtin


@given(body=st.text("0123456789", min_size=7, max_size=13).filter(lambda text: len(text) in (7, 11, 12, 13)))
def test_normalising_twice_changes_nothing(body):
    once = normalise_gtin(body + str(check_digit(body)))

    assert normalise_gtin(once) == once


def test_it_names_the_rule_and_the_expected_check_digit():
    with pytest.raises(InvalidKey, match="GTIN '9506000134353': check digit is 3, expected 2") as caught:
        normalise_gtin("9506000134353")

    assert (caught.value.key, caught.value.rule, caught.value.expected) == ("GTIN", "check-digit", "2")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("\uff19506000134352", "digits", id="fullwidth_digit"),
        pytest.param(" 9506000134352", "digits", id="space"),
        pytest.param("", "digits", id="empty"),
        pytest.param("950600013435", "check-digit", id="one_digit_lost"),
        pytest.param("95060001343", "length", id="eleven_digits"),
        pytest.param("109506000134352", "length", id="fifteen_digits"),
    ],
)
def test_it_refuses_a_wrong_gtin(text, rule):
    with pytest.raises(InvalidKey) as caught:
        normalise_gtin(text)

    assert (caught.value.rule, caught.value.value) == (rule, text)


def test_it_accepts_a_gln_and_an_sscc():
    assert check_gln("9520123456788") == "9520123456788"
    assert check_sscc("952012345678912345") == "952012345678912345"


@pytest.mark.parametrize("text", ["09520123456788", "9520123456789", "952012345678x"])
def test_it_refuses_a_wrong_gln(text):
    with pytest.raises(InvalidKey, match="GLN"):
        check_gln(text)


def test_it_refuses_a_wrong_sscc():
    with pytest.raises(InvalidKey, match="check digit is 6, expected 5"):
        check_sscc("952012345678912346")


def test_it_calculates_the_check_pair_of_the_gs1_example():
    assert check_pair("1987654Ad4X4bL5ttr2310c") == "2K"


@pytest.mark.parametrize("body", ["", "a b", "x" * 24])
def test_it_refuses_a_body_without_check_pair(body):
    with pytest.raises(ValueError, match="character set 82"):
        check_pair(body)
