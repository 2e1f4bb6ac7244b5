"""FF1 format-preserving encryption over the AES of `cryptography`.

Source: NIST SP 800-38G, "Recommendation for Block Cipher Modes of Operation: Methods for
Format-Preserving Encryption", Algorithms 7 and 8; the sample data of NIST are its tests.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from numpy.typing import NDArray

ROUNDS = 10
BLOCK = 16  # bytes
# Revision 1 of the standard asks for a million possible texts at least; fewer could be listed.
MIN_DOMAIN = 1_000_000

# In bulk a half must leave room for one more byte in 64 bits, so that its remainder can be taken.
MAX_BULK_BITS = 56

Encrypt = Callable[[bytes], bytes]
Numbers = NDArray[np.uint64]


def block_cipher(key: bytes) -> Encrypt:
    """Return AES on single blocks of 16 bytes under one prepared key; not to be shared by threads."""
    return Cipher(AES(key), ECB()).encryptor().update  # noqa: S305


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

    def encrypt_many(self, numerals: NDArray[np.uint8], tweak: bytes = b"") -> NDArray[np.uint8]:
        """Encrypt every row as `encrypt` does, a round over all rows at a time.

        Raises ValueError as `encrypt` does, and for halves of more than 56 bits.
        """
        count, length = numerals.shape
        middle = length // 2
        sizes = (middle, length - middle)
        moduli = [self._radix**size for size in sizes]
        self._check_many(numerals, moduli[1])
        halves = [self._numbers(numerals[:, :middle]), self._numbers(numerals[:, middle:])]
        scramble = self._bulk_round_function(count, length, tweak, moduli[1])
        for step in range(ROUNDS):
            side = step % 2
            halves[side] = _remainder(halves[side] + scramble(step, halves[1 - side], moduli[side]), moduli[side])
        made = np.empty_like(numerals)
        for half, places in zip(halves, (range(middle), range(middle, length)), strict=True):
            for place in reversed(places):
                made[:, place] = _remainder(half, self._radix)
                half = half // np.uint64(self._radix)
        return made

    def _check_many(self, numerals: NDArray[np.uint8], modulus: int) -> None:
        self._check_length(numerals.shape[1])
        if modulus.bit_length() > MAX_BULK_BITS:
            raise ValueError(f"{numerals.shape[1]} numerals of radix {self._radix}: too many for bulk work")
        if numerals.size and int(numerals.max()) >= self._radix:
            raise ValueError(f"numerals must be from 0 to {self._radix - 1}")

    def _numbers(self, numerals: NDArray[np.uint8]) -> Numbers:
        numbers = np.zeros(len(numerals), np.uint64)
        for column in numerals.T:
            numbers = numbers * np.uint64(self._radix) + column
        return numbers

    def _bulk_round_function(
        self, count: int, length: int, tweak: bytes, modulus: int
    ) -> Callable[[int, Numbers, int], Numbers]:
        """Return the function of step, halves and modulus; with halves this short a round is one AES block."""
        width, wanted = _widths(modulus)
        start, tail = self._start(length, tweak, width)
        encrypt = self._cipher.encryptor().update_into
        shared = np.frombuffer(_xor(start, tail + bytes(width + 1)), ">u8").astype(np.uint64)
        blocks = np.empty((count, 2), ">u8")
        blocks[:, 0] = shared[0]
        out = bytearray(count * BLOCK + BLOCK - 1)  # the margin that update_into asks for
        mac = np.frombuffer(out, np.uint8, count * BLOCK).reshape(count, BLOCK)

        def scramble(step: int, halves: Numbers, modulus: int) -> Numbers:
            blocks[:, 1] = halves ^ (shared[1] ^ np.uint64(step << 8 * width))
            encrypt(blocks.view(np.uint8).data, out)
            if _is_power_of_two(modulus):  # the last 64 bits decide
                words = mac.view(">u8").astype(np.uint64)
                shift = np.uint64(8 * (wanted - 8))
                return words[:, 0] << shift | words[:, 1] >> (np.uint64(64) - shift) if shift else words[:, 0]
            rest = np.zeros(count, np.uint64)
            for column in mac[:, :wanted].T:
                rest = _remainder(rest * np.uint64(256) + column, modulus)
            return rest

        return scramble

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
        self._check_length(len(numerals))
        if not all(0 <= numeral < self._radix for numeral in numerals):
            raise ValueError(f"numerals must be from 0 to {self._radix - 1}")

    def _check_length(self, length: int) -> None:
        if self._radix**length < MIN_DOMAIN:
            raise ValueError(f"{length} numerals of radix {self._radix}: too few, they could be listed")

    def _start(self, length: int, tweak: bytes, width: int) -> tuple[bytes, bytes]:
        """Return the chain over the blocks that all rounds share, and the beginning of the next block."""
        head = bytes([1, 2, 1]) + self._radix.to_bytes(3, "big") + bytes([ROUNDS, length // 2 % 256])
        head += length.to_bytes(4, "big") + len(tweak).to_bytes(4, "big") + tweak
        head += bytes(-(len(tweak) + width + 1) % BLOCK)
        whole = len(head) // BLOCK * BLOCK
        return _chain(self._cipher.encryptor().update, bytes(BLOCK), head[:whole]), head[whole:]

    def _round_function(self, length: int, tweak: bytes, modulus: int) -> Callable[[int, int], int]:
        """Return the function of step and half. What all ten steps share is chained once, here."""
        encrypt = self._cipher.encryptor().update  # one per call: a context must not be shared by threads
        width, wanted = _widths(modulus)
        start, tail = self._start(length, tweak, width)

        def scramble(step: int, half: int) -> int:
            mac = _chain(encrypt, start, tail + bytes([step]) + half.to_bytes(width, "big"))
            blocks = [mac, *(encrypt(_xor(mac, i.to_bytes(BLOCK, "big"))) for i in range(1, -(-wanted // BLOCK)))]
            return int.from_bytes(b"".join(blocks)[:wanted], "big")

        return scramble


def _remainder(numbers: Numbers, modulus: int) -> Numbers:
    """Return the remainders; a mask is several times cheaper than a division."""
    return numbers & np.uint64(modulus - 1) if _is_power_of_two(modulus) else numbers % np.uint64(modulus)


def _is_power_of_two(number: int) -> bool:
    return number & (number - 1) == 0


def _widths(modulus: int) -> tuple[int, int]:
    """Return how many bytes a half takes, and how many bytes a round makes of it (b and d of the standard)."""
    width = ((modulus - 1).bit_length() + 7) // 8
    return width, (width + 3) // 4 * 4 + 4


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
