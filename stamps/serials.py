"""Serials of stamps: a running index, enciphered so that nobody can guess or count them.

A serial is 14 characters of Crockford's base 32: the key version in clear, then 13 characters that
are FF1 over six zeros and the index. The zeros authenticate: a guessed serial deciphers to them
with probability 2**-30, and its index must then still lie in an issued range. Issuing needs no
row per stamp, two stamps never collide, and a serial is bound to its product by key and tweak.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from gs1.keys import InvalidKey, is_digits, normalise_gtin
from stamps.errors import (
    ForgedSerial,
    InvalidProductCode,
    InvalidSerial,
    SerialsExhausted,
    StampsNotConfigured,
    UnknownKeyVersion,
)
from stamps.ff1 import FF1

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are misread
LENGTH = 14
MAX_INDEX = 2**35 - 1
KEY_BYTES = 32

_ZEROS = [0] * 6
_INDEX_NUMERALS = 7
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})

# Our own product codes: "T", two digits of the province, five of the producer, three of the
# product, one check character. The letter keeps them apart from every GTIN; 12 characters keep
# the printed address of a 17-character host within QR version 3.
OWN_CODE_PREFIX = "T"
_OWN_CODE_LENGTH = 12
# The check character is the ten digits modulo 31. 31 is prime and 10**k is 1 modulo 31 only every
# 15th k, so every single wrong digit and every swap of two digits is caught.
_OWN_CODE_MODULUS = 31


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
    if index < 0:
        raise ValueError(f"index {index}: must not be negative")
    if index > MAX_INDEX:
        raise SerialsExhausted(
            _("Stamp number %(index)s is beyond the last, %(last)s. Ask the maker of the system for longer serials.")
            % {"index": index, "last": MAX_INDEX}
        )
    version = keyring.version
    numerals = [index >> 5 * place & 31 for place in reversed(range(_INDEX_NUMERALS))]
    body = _cipher(keyring.keys[version], check_code(code)).encrypt(_ZEROS + numerals, _tweak(code, version))
    return version + "".join(ALPHABET[numeral] for numeral in body)


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
    numerals = _cipher(key, check_code(code)).decrypt(body, _tweak(code, version))
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
    """Return the cipher of one product; every product has its own key derived from the master."""
    return FF1(HKDF(SHA256(), KEY_BYTES, salt=None, info=b"stamp" + code.encode("ascii")).derive(master), len(ALPHABET))


def _tweak(code: str, version: str) -> bytes:
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


def own_code(province_code: str, producer_number: int, product_number: int) -> str:
    """Return our product code for a product without GTIN, 12 characters such as "T5200007003C".

    `province_code` is the two digits of the administrative unit list, `producer_number` is 1 to
    99 999 within the province, `product_number` 1 to 999 within the producer. Raises ValueError.
    """
    if not (is_digits(province_code) and len(province_code) == 2):
        raise ValueError(f"province code {province_code!r}: must be two digits")
    if not (1 <= producer_number <= 99_999 and 1 <= product_number <= 999):
        raise ValueError(f"producer {producer_number} or product {product_number}: out of range")
    digits = f"{province_code}{producer_number:05}{product_number:03}"
    return OWN_CODE_PREFIX + digits + _own_check(digits)


def _own_check(digits: str) -> str:
    return ALPHABET[int(digits) % _OWN_CODE_MODULUS]


def check_code(code: str) -> str:
    """Return `code` if it is a GTIN of 14 digits or one of our own codes; raises InvalidProductCode."""
    if is_own_code(code) or _is_gtin14(code):
        return code
    raise InvalidProductCode(
        _("Product code “%(code)s” is neither a GTIN of 14 digits nor a code of ours. Check it in the product record.")
        % {"code": code[:40]}
    )


def is_own_code(code: str) -> bool:
    """Return whether `code` is a product code issued here, its check character included."""
    prefix, digits, check = code[:1], code[1:-1], code[-1:]
    shaped = prefix == OWN_CODE_PREFIX and len(code) == _OWN_CODE_LENGTH and is_digits(digits)
    return shaped and check == _own_check(digits)


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
    code, serial = check_code(product_code), normalise(serial)
    path = f"/VN/TX/{code}/S/{serial}" if is_own_code(code) else f"/01/{code}/21/{serial}"
    return f"HTTPS://{host.upper()}{path}"
