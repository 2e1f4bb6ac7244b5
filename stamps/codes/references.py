"""Reference numbers of reports: short enough to be read out on the phone, and no guess from one to the next."""

from __future__ import annotations

import re
import secrets

# Without 0 O, 1 I L, U V: nothing that is taken for something else when written by hand or read out.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LETTERS = 6
PREFIX = "TX-"
_SHAPE = re.compile(rf"(?:TX)?([{ALPHABET}]{{{LETTERS}}})")


def new_reference() -> str:
    """Return a reference such as "TX-7K3M9Q", one of 29⁶ ≈ 595 million."""
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))


def read_reference(text: str) -> str:
    """Return the reference in what a person typed, in any case, with or without "TX-"; "" if there is none.

    >>> read_reference(" tx 7k3m9q")
    'TX-7K3M9Q'
    """
    found = _SHAPE.fullmatch(re.sub(r"[\s\-–—]", "", text[:40]).upper())
    return PREFIX + found[1] if found else ""
