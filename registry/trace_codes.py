"""Our own product codes, for products without a GTIN (ISO/IEC 18975: unique by the host that resolves them).

"T", two digits of the province, five of the producer, three of the product, one check character.
The letter keeps them apart from every GTIN; 12 characters keep the printed address of a
17-character host within QR version 3.
"""

from gs1.keys import is_digits

PREFIX = "T"
LENGTH = 12
MOST_PRODUCERS, MOST_PRODUCTS = 99_999, 999  # of a province, of a producer: what a code has digits for
_CHECK_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are misread
# The check character is the ten digits modulo 31. 31 is prime and 10**k is 1 modulo 31 only every
# 15th k, so every single wrong digit and every swap of two digits is caught.
_MODULUS = 31


def own_code(province_code: str, producer_number: int, product_number: int) -> str:
    """Return our code of a product, 12 characters such as "T5200007003C".

    `province_code` is the two digits of the administrative unit list, `producer_number` is 1 to
    99 999 within the province, `product_number` 1 to 999 within the producer. Raises ValueError.
    """
    if not (is_digits(province_code) and len(province_code) == 2):
        raise ValueError(f"province code {province_code!r}: must be two digits")
    if not (1 <= producer_number <= MOST_PRODUCERS and 1 <= product_number <= MOST_PRODUCTS):
        raise ValueError(f"producer {producer_number} or product {product_number}: out of range")
    digits = f"{province_code}{producer_number:05}{product_number:03}"
    return PREFIX + digits + _check(digits)


def is_own_code(code: str) -> bool:
    """Return whether `code` is a product code issued here, its check character included."""
    prefix, digits, check = code[:1], code[1:-1], code[-1:]
    return prefix == PREFIX and len(code) == LENGTH and is_digits(digits) and check == _check(digits)


def _check(digits: str) -> str:
    return _CHECK_ALPHABET[int(digits) % _MODULUS]
