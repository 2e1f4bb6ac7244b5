"""Check digits and the identification keys GTIN, GLN and SSCC.

Source: GS1 General Specifications, "Standard check digit calculations for GS1 data structures"
and "Check character pair calculation" (GMN).
"""

GTIN_LENGTHS = (8, 12, 13, 14)
GLN_LENGTH = 13
SSCC_LENGTH = 18

# Check character pair: the value of a character is its place in this list (GS1 character set 82).
_SET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_PAIR_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83)


class InvalidKey(ValueError):
    """A GS1 key breaks a rule.

    `key` is "GTIN", "GLN" or "SSCC"; `rule` is "digits", "length" or "check-digit"; `value` is the
    text as given; `expected` is the right check digit, or the allowed lengths, or None.
    """

    def __init__(self, key: str, rule: str, value: str, message: str, expected: str | None = None) -> None:
        super().__init__(f"{key} {value!r}: {message}")
        self.key = key
        self.rule = rule
        self.value = value
        self.expected = expected


def is_digits(text: str) -> bool:
    """Return whether `text` is one or more of 0-9; other Unicode digits do not count."""
    return text.isascii() and text.isdigit()


def check_digit(body: str) -> int:
    """Return the check digit for a GS1 key without its last digit.

    `body` is digits only, any length. The rightmost digit of `body` weighs 3, the next 1, and so
    on, so leading zeros change nothing.

    Raises ValueError if `body` is empty or has a character that is not 0-9.

    >>> check_digit("950600013435")
    2
    """
    if not is_digits(body):
        raise ValueError(f"{body!r}: a check digit needs one or more digits 0-9")
    return -sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(body))) % 10


def check_pair(body: str) -> str:
    """Return the two check characters of a Global Model Number without its last two characters.

    Raises ValueError if `body` is empty, longer than 23 characters or outside character set 82.

    >>> check_pair("1987654Ad4X4bL5ttr2310c")
    '2K'
    """
    if not 0 < len(body) <= len(_PRIMES) or not set(body) <= set(_SET_82):
        raise ValueError(f"{body!r}: a check pair needs 1 to {len(_PRIMES)} characters of GS1 character set 82")
    total = sum(_SET_82.index(char) * prime for char, prime in zip(reversed(body), _PRIMES, strict=False)) % 1021
    return _PAIR_ALPHABET[total >> 5] + _PAIR_ALPHABET[total & 31]


def normalise_gtin(text: str) -> str:
    """Return the GTIN of 8, 12, 13 or 14 digits as 14 digits, filled with zeros on the left.

    Raises InvalidKey if `text` has another character or length, or a wrong check digit.

    >>> normalise_gtin("9506000134352")
    '09506000134352'
    """
    return _checked("GTIN", text, GTIN_LENGTHS).zfill(14)


def check_gln(text: str) -> str:
    """Return `text` if it is a Global Location Number (13 digits); raises InvalidKey otherwise."""
    return _checked("GLN", text, (GLN_LENGTH,))


def check_sscc(text: str) -> str:
    """Return `text` if it is a Serial Shipping Container Code (18 digits); raises InvalidKey otherwise."""
    return _checked("SSCC", text, (SSCC_LENGTH,))


def _checked(key: str, text: str, lengths: tuple[int, ...]) -> str:
    if not is_digits(text):
        raise InvalidKey(key, "digits", text, "may have only the digits 0-9")
    if len(text) not in lengths:
        allowed = ", ".join(map(str, lengths))
        raise InvalidKey(key, "length", text, f"has {len(text)} digits, expected {allowed}", allowed)
    expected = str(check_digit(text[:-1]))
    if text[-1] != expected:
        raise InvalidKey(key, "check-digit", text, f"check digit is {text[-1]}, expected {expected}", expected)
    return text
