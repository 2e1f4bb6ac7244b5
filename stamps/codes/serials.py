"""Serials of stamps: a running index, enciphered so that nobody can guess or count them.

A serial is 14 characters of Crockford's base 32: the key version in clear, then 13 characters that
are FF1 over six zeros and the index. The zeros authenticate: a guessed serial deciphers to them
with probability 2**-30, and its index must then still lie in an issued range. Issuing needs no
row per stamp, two stamps never collide, and a serial is bound to its product by key and tweak.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from gs1.keys import InvalidKey, normalise_gtin
from registry.trace_codes import is_own_code
from stamps.codes.ff1 import FF1
from stamps.errors import (
    ForgedSerial,
    InvalidProductCode,
    InvalidSerial,
    SerialsExhausted,
    StampsNotConfigured,
    UnknownKeyVersion,
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are misread
LENGTH = 14
MAX_INDEX = 2**35 - 1
KEY_BYTES = 32

_ZEROS = [0] * 6
_INDEX_NUMERALS = 7
_LETTERS = np.frombuffer(ALPHABET.encode("ascii"), np.uint8)
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


@dataclass(frozen=True)
class Keyring:
    """Master secrets by key version, and the version that new serials get.

    Old versions stay in the ring so that stamps already printed can be read.
    """

    keys: Mapping[str, bytes] = field(repr=False)
    version: str

    def __post_init__(self) -> None:
        for version, key in self.keys.items():
            if version not in _VALUES:
                raise ValueError(f"key version {version!r}: must be one character of {ALPHABET}")
            if len(key) != KEY_BYTES:
                raise ValueError(f"key of version {version!r}: has {len(key)} bytes, expected {KEY_BYTES}")
        if self.version not in self.keys:
            raise ValueError(f"key version {self.version!r}: has no key in the ring")

    def with_version(self, version: str) -> "Keyring":
        """Return the ring that makes serials of another version: a batch keeps the one it was issued with.

        Raises StampsNotConfigured if that key is no longer there.
        """
        if version not in self.keys:
            raise StampsNotConfigured(_missing(f"STAMPS_KEYS lacks version {version}, which printed stamps have"))
        return replace(self, version=version)


def keyring_from_settings() -> Keyring:
    """Return the keyring of this installation; raises StampsNotConfigured naming the setting."""
    keys: dict[str, str] = settings.STAMPS_KEYS
    if not keys:
        raise StampsNotConfigured(_missing("STAMPS_KEYS is empty"))
    if not settings.LOCAL and any(len(set(key)) < 8 for key in keys.values()):
        raise StampsNotConfigured(_missing("STAMPS_KEYS holds a key for trials only"))
    try:
        return Keyring({version: bytes.fromhex(key) for version, key in keys.items()}, settings.STAMPS_KEY_VERSION)
    except ValueError as error:
        raise StampsNotConfigured(_missing(f"STAMPS_KEYS or STAMPS_KEY_VERSION is wrong: {error}")) from None


def _missing(reason: str) -> str:
    return (
        f"{reason}. Set STAMPS_KEYS to version:key pairs, such as 0:<64 hexadecimal digits>, and STAMPS_KEY_VERSION "
        "to the version for new stamps. Make a key with: python -c 'import secrets; print(secrets.token_hex(32))'. "
        "Keep every old version: stamps printed with it cannot be read without it."
    )


def encode(code: str, index: int, keyring: Keyring) -> str:
    """Return the serial of the stamp number `index` of the product `code`.

    `index` is the running number over all products, from 0 to MAX_INDEX; `code` is a GTIN of 14
    digits or one of our own codes. Raises SerialsExhausted beyond MAX_INDEX, InvalidProductCode,
    and ValueError for a negative index.
    """
    _check_index(index)
    version = keyring.version
    numerals = [index >> 5 * place & 31 for place in reversed(range(_INDEX_NUMERALS))]
    body = _cipher(keyring.keys[version], check_code(code)).encrypt(_ZEROS + numerals, tweak_of(code, version))
    return version + "".join(ALPHABET[numeral] for numeral in body)


def encode_many(code: str, start: int, count: int, keyring: Keyring) -> NDArray[np.uint8]:
    """Return the serials of the numbers from `start` on: one row of 14 ASCII characters for each.

    They are those of `encode`, at more than a million a second. Raises the same errors.
    """
    _check_index(start)
    _check_index(start + max(count, 1) - 1)
    version, numbers = keyring.version, np.arange(start, start + count, dtype=np.uint64)
    numerals = np.zeros((count, LENGTH - 1), np.uint8)
    for place in range(_INDEX_NUMERALS):
        numerals[:, LENGTH - 2 - place] = numbers >> np.uint64(5 * place) & np.uint64(31)
    made = np.empty((count, LENGTH), np.uint8)
    made[:, 0] = ord(version)
    body = _cipher(keyring.keys[version], check_code(code)).encrypt_many(numerals, tweak_of(code, version))
    made[:, 1:] = _LETTERS[body]
    return made


def _check_index(index: int) -> None:
    if index < 0:
        raise ValueError(f"index {index}: must not be negative")
    if index > MAX_INDEX:
        raise SerialsExhausted(
            _("Stamp number %(index)s is beyond the last, %(last)s. Ask the maker of the system for longer serials.")
            % {"index": index, "last": MAX_INDEX}
        )


def decode(code: str, serial: str, keyring: Keyring) -> int:
    """Return the index of a serial of the product `code`.

    Whether that index was ever issued is for the caller to ask. Raises InvalidSerial for a text
    that cannot be a serial, UnknownKeyVersion, ForgedSerial, and InvalidProductCode.
    """
    serial = normalise(serial)
    version = serial[0]
    key = keyring.keys.get(version)
    if key is None:
        raise UnknownKeyVersion(
            _("Serial %(serial)s begins with %(version)s, which was never printed here. Check the first character.")
            % {"serial": grouped(serial), "version": version}
        )
    body = [_VALUES[char] for char in serial[1:]]
    numerals = _cipher(key, check_code(code)).decrypt(body, tweak_of(code, version))
    if numerals[: len(_ZEROS)] != _ZEROS:
        raise ForgedSerial(
            _("Serial %(serial)s was not made here for product %(code)s. Compare it with the stamp, letter by letter.")
            % {"serial": grouped(serial), "code": code}
        )
    index = 0
    for numeral in numerals[len(_ZEROS) :]:
        index = index << 5 | numeral
    return index


@lru_cache(maxsize=1024)
def _cipher(master: bytes, code: str) -> FF1:
    return FF1(product_key(master, code), len(ALPHABET))


def product_key(master: bytes, code: str) -> bytes:
    """Return the key of one product's serials, derived from the master secret of a key version."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"stamp" + code.encode("ascii")).derive(master)


def tweak_of(code: str, version: str) -> bytes:
    """Return what binds a serial to its product and key version (the tweak of FF1)."""
    return (code + version).encode("ascii")


def normalise(text: str) -> str:
    """Return what a person typed as a serial: upper case, O as 0, I and L as 1, no hyphens or spaces.

    Raises InvalidSerial if that is not 14 characters of the alphabet.
    """
    serial = text.upper().translate(_READ_AS)
    if len(serial) != LENGTH or not text.isascii() or not all(char in _VALUES for char in serial):
        raise InvalidSerial(
            _("“%(text)s” is not a serial. A serial has %(length)s letters and digits; copy them from below the code.")
            % {"text": text[:40], "length": LENGTH}
        )
    return serial


def grouped(serial: str) -> str:
    """Return the serial as printed for people: groups of four, so that it can be read aloud."""
    return "-".join(serial[place : place + 4] for place in range(0, LENGTH, 4))


def check_code(code: str) -> str:
    """Return `code` if it is a GTIN of 14 digits or one of our own codes; raises InvalidProductCode."""
    if is_own_code(code) or _is_gtin14(code):
        return code
    raise InvalidProductCode(
        _("Product code “%(code)s” is neither a GTIN of 14 digits nor a code of ours. Check it in the product record.")
        % {"code": code[:40]}
    )


def _is_gtin14(code: str) -> bool:
    try:
        return normalise_gtin(code) == code
    except InvalidKey:
        return False


def printed_uri(host: str, product_code: str, serial: str) -> str:
    """Return the address printed in the code, all upper case so that the symbol stays small.

    A GTIN gives a GS1 Digital Link; our own code gives a path that can never be read as one
    (ISO/IEC 18975: unique by the host). Raises InvalidProductCode and InvalidSerial.
    """
    return printed_prefix(host, product_code) + normalise(serial)


def printed_prefix(host: str, product_code: str) -> str:
    """Return the part of the printed address that all stamps of a product share: all but the serial."""
    code = check_code(product_code)
    path = f"/VN/TX/{code}/S/" if is_own_code(code) else f"/01/{code}/21/"
    return f"HTTPS://{host.upper()}{path}"
