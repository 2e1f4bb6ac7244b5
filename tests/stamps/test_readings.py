"""What people type is read without a fault: references of reports and hidden codes."""

from __future__ import annotations

import pytest

from stamps.codes.pins import DIGITS, is_pin, pin_of
from stamps.codes.references import read_reference
from stamps.codes.serials import Keyring

RING = Keyring({"0": bytes(range(32))}, "0")
CODE = "09506000134352"
PIN = pin_of(CODE, "0ABCDEFGHJKMNP", RING)


@pytest.mark.parametrize(
    "text", ["TX-7K3M9Q", "tx7k3m9q", "7k3m9q", "TX–7K3M9Q", "TX—7K3 M9Q", " \t7k3-m9q\n", "\u00a0TX-7K3M9Q"]
)
def test_a_reference_is_read_as_people_write_it(text: str) -> None:
    assert read_reference(text) == "TX-7K3M9Q"


@pytest.mark.parametrize("text", ["", "TX-", "7K3M9", "7K3M9QQ", "7K3M9O", "XT-7K3M9Q", " " * 40 + "7K3M9Q"])
def test_what_is_no_reference_is_none(text: str) -> None:
    assert read_reference(text) == ""


@pytest.mark.parametrize("text", [f"{PIN[:4]}\u00a0{PIN[4:]}", f"{PIN[:2]}-{PIN[2:]}", f" {PIN} "])
def test_a_hidden_code_is_read_with_the_spaces_that_a_phone_puts_in(text: str) -> None:
    assert is_pin(text, CODE, "0ABCDEFGHJKMNP", RING)


@pytest.mark.parametrize("text", ["", "tám số", "".join(chr(0xFEE0 + ord(digit)) for digit in PIN), PIN + "0"])
def test_any_other_text_is_not_the_hidden_code(text: str) -> None:
    assert not is_pin(text, CODE, "0ABCDEFGHJKMNP", RING)


def test_a_hidden_code_keeps_its_zeros() -> None:
    pins = [pin_of(CODE, f"0ABCDEFGHJKM{first}{last}", RING) for first in "0123456789ABC" for last in "0123456789ABC"]

    assert {len(pin) for pin in pins} == {DIGITS}
    assert any(pin.startswith("0") for pin in pins)


def test_the_hidden_codes_of_one_key_never_change() -> None:
    # Printed below the scratch layer: a change here makes every one of them wrong.
    assert PIN == "46000506"
