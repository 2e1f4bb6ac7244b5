"""FF1 format-preserving encryption over the AES of `cryptography`.

Source: NIST SP 800-38G, "Recommendation for Block Cipher Modes of Operation: Methods for
Format-Preserving Encryption", Algorithms 7 and 8; the sample data of NIST are its tests.
"""

from collections.abc import Callable, Iterable, Sequence

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

ROUNDS = 10
BLOCK = 16  # bytes
# Revision 1 of the standard asks for a million possible texts at least; fewer could be listed.
MIN_DOMAIN = 1_000_000

Encrypt = Callable[[bytes], bytes]


class FF1:
    """A permutation of the sequences of numerals of one length, chosen by key and tweak.

    `key` is an AES key of 16, 24 or 32 bytes; numerals are whole numbers from 0 to `radix` - 1,
    most significant first; `radix` is 2 to 36.
    """

    def __init__(self, key: bytes, radix: int) -> None:
        if not 2 <= radix <= 36:
            raise ValueError(f"radix {radix}: must be from 2 to 36")
        # One block at a time: the standard builds its own chain on the bare cipher.
        self._cipher = Cipher(AES(key), ECB())  # noqa: S305
        self._radix = radix

    def encrypt(self, numerals: Sequence[int], tweak: bytes = b"") -> list[int]:
        """Return as many numerals as given. Raises ValueError for a short text or a foreign numeral."""
        return self._run(numerals, tweak, rounds=range(ROUNDS), sign=1)

    def decrypt(self, numerals: Sequence[int], tweak: bytes = b"") -> list[int]:
        """Undo `encrypt` with the same tweak; every text of the length has an answer."""
        return self._run(numerals, tweak, rounds=reversed(range(ROUNDS)), sign=-1)

    def _run(self, numerals: Sequence[int], tweak: bytes, *, rounds: Iterable[int], sign: int) -> list[int]:
        """Even rounds change the left half, odd rounds the right one: the standard's swap, without moving."""
        self._check(numerals)
        middle = len(numerals) // 2
        sizes = (middle, len(numerals) - middle)
        halves = [_number(numerals[:middle], self._radix), _number(numerals[middle:], self._radix)]
        moduli = [self._radix**size for size in sizes]
        scramble = self._round_function(len(numerals), tweak, moduli[1])
        for step in rounds:
            side = step % 2
            halves[side] = (halves[side] + sign * scramble(step, halves[1 - side])) % moduli[side]
        return _numerals(halves[0], self._radix, sizes[0]) + _numerals(halves[1], self._radix, sizes[1])

    def _check(self, numerals: Sequence[int]) -> None:
        if self._radix ** len(numerals) < MIN_DOMAIN:
            raise ValueError(f"{len(numerals)} numerals of radix {self._radix}: too few, they could be listed")
        if not all(0 <= numeral < self._radix for numeral in numerals):
            raise ValueError(f"numerals must be from 0 to {self._radix - 1}")

    def _round_function(self, length: int, tweak: bytes, modulus: int) -> Callable[[int, int], int]:
        """Return the function of step and half. What all ten steps share is chained once, here."""
        encrypt = self._cipher.encryptor().update  # one per call: a context must not be shared by threads
        width = ((modulus - 1).bit_length() + 7) // 8
        wanted = (width + 3) // 4 * 4 + 4
        head = bytes([1, 2, 1]) + self._radix.to_bytes(3, "big") + bytes([ROUNDS, length // 2 % 256])
        head += length.to_bytes(4, "big") + len(tweak).to_bytes(4, "big") + tweak
        head += bytes(-(len(tweak) + width + 1) % BLOCK)
        whole = len(head) // BLOCK * BLOCK
        start, tail = _chain(encrypt, bytes(BLOCK), head[:whole]), head[whole:]

        def scramble(step: int, half: int) -> int:
            mac = _chain(encrypt, start, tail + bytes([step]) + half.to_bytes(width, "big"))
            blocks = [mac, *(encrypt(_xor(mac, i.to_bytes(BLOCK, "big"))) for i in range(1, -(-wanted // BLOCK)))]
            return int.from_bytes(b"".join(blocks)[:wanted], "big")

        return scramble


def _chain(encrypt: Encrypt, state: bytes, data: bytes) -> bytes:
    """Return the last block of the CBC chain over `data`, which is whole blocks."""
    for place in range(0, len(data), BLOCK):
        state = encrypt(_xor(state, data[place : place + BLOCK]))
    return state


def _xor(left: bytes, right: bytes) -> bytes:
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")).to_bytes(BLOCK, "big")


def _number(numerals: Sequence[int], radix: int) -> int:
    number = 0
    for numeral in numerals:
        number = number * radix + numeral
    return number


def _numerals(number: int, radix: int, size: int) -> list[int]:
    numerals = [0] * size
    for place in reversed(range(size)):
        number, numerals[place] = divmod(number, radix)
    return numerals
