"""The hidden code under the scratch layer: eight digits that nobody can work out from what is printed in the open."""

from __future__ import annotations

import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stamps.codes.serials import KEY_BYTES, Keyring
from stamps.errors import StampsNotConfigured

DIGITS = 8
MAX_FAILED = 5


def pin_of(code: str, serial: str, keyring: Keyring) -> str:
    """Return the hidden code of a stamp, such as "04417739"; made again whenever asked for, kept nowhere.

    `serial` is the 14 characters without hyphens. Raises StampsNotConfigured when the key of its version is gone.
    """
    master = keyring.with_version(serial[0]).keys[serial[0]]
    digest = hmac.digest(_key(master), f"{code}/{serial}".encode("ascii"), "sha256")
    return f"{int.from_bytes(digest, 'big') % 10**DIGITS:0{DIGITS}}"


def is_pin(text: str, code: str, serial: str, keyring: Keyring) -> bool:
    """Whether the text is the stamp's hidden code, without spaces and hyphens; takes the same time for any text."""
    given = "".join(char for char in text if char not in " -\u00a0")
    try:
        wanted = pin_of(code, serial, keyring)
    except StampsNotConfigured:
        return False
    return hmac.compare_digest(given.encode("utf-8"), wanted.encode("ascii"))


@lru_cache(maxsize=32)
def _key(master: bytes) -> bytes:
    """A key of its own, so that hidden codes and serials cannot be turned into one another."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"pin").derive(master)
