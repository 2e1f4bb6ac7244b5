"""Deciphering serials as cheaply as Python can: `serials.decode` for those who do it thousands of times a second.

The same FF1 with everything that does not change between two serials of a product done once: key,
first blocks of the chain, the context of the cipher. What is left is one AES block per round. A forged
serial takes the same steps as a true one.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import lru_cache

from stamps.codes import serials
from stamps.codes.ff1 import BLOCK, ROUNDS, Encrypt, block_cipher
from stamps.errors import ForgedSerial

REMEMBERED = 65_536  # decoded serials; about 15 MB
CODES = 1_024  # prepared ciphers in each thread

_RADIX, _LENGTH = 32, 13
_LEFT, _RIGHT = 2**30 - 1, 2**35 - 1  # 6 numerals that must be zero, 7 numerals of index
_RIGHT_BITS, _HALF_BYTES = 35, 5
_TO_DIGITS = str.maketrans(serials.ALPHABET, "0123456789abcdefghijklmnopqrstuv")  # as `int` reads base 32

Prepared = tuple[Encrypt, tuple[tuple[int, int], ...]]


class _OfThread(threading.local):
    """What one thread has prepared: contexts of a cipher must not be shared."""

    def __init__(self) -> None:
        self.ciphers: dict[tuple[str, str], Prepared] = {}


class Decoder:
    """Reads serials with the master secrets of a keyring; one for all threads.

    Only true serials are remembered, so guesses cannot push them out of memory.
    """

    def __init__(self, keys: Mapping[str, bytes], remembered: int = REMEMBERED) -> None:
        self._keys = dict(keys)
        self._own = _OfThread()
        self.index_of = lru_cache(maxsize=remembered)(self.decipher)

    def knows(self, version: str) -> bool:
        """Whether there is a key of this version."""
        return version in self._keys

    def decipher(self, code: str, serial: str) -> int:
        """Return the index of a normalised serial of a code whose batches exist here; raises ForgedSerial."""
        encrypt, steps = self._cipher(code, serial[0])
        body = int(serial[1:].translate(_TO_DIGITS), _RADIX)
        left, right = body >> _RIGHT_BITS, body & _RIGHT
        for odd, even in steps:  # rounds 9 and 8, 7 and 6, …
            mac = encrypt((odd ^ left).to_bytes(BLOCK, "big"))
            right = (right - int.from_bytes(mac[7:12], "big")) & _RIGHT
            mac = encrypt((even ^ right).to_bytes(BLOCK, "big"))
            left = (left - int.from_bytes(mac[7:12], "big")) & _LEFT
        if left:
            raise ForgedSerial
        return right

    def _cipher(self, code: str, version: str) -> Prepared:
        own = self._own.ciphers
        kept = own.get((code, version))
        if kept is None:
            if len(own) >= CODES:
                own.clear()
            kept = own[code, version] = _prepare(serials.product_key(self._keys[version], code), code, version)
        return kept


def _prepare(key: bytes, code: str, version: str) -> Prepared:
    """Chain what all rounds share (SP 800-38G, algorithm 8, steps 1 to 6.i), and lay the round numbers over it."""
    encrypt, tweak = block_cipher(key), serials.tweak_of(code, version)
    head = bytes([1, 2, 1]) + _RADIX.to_bytes(3, "big") + bytes([ROUNDS, _LENGTH // 2])
    head += _LENGTH.to_bytes(4, "big") + len(tweak).to_bytes(4, "big") + tweak
    head += bytes(-(len(tweak) + _HALF_BYTES + 1) % BLOCK)
    if len(head) % BLOCK != BLOCK - _HALF_BYTES - 1 or len(tweak) > BLOCK:
        raise ValueError(f"{code!r}: not the length of a product code")
    state = 0
    for place in range(0, len(head) - BLOCK + 1, BLOCK):
        state = int.from_bytes(
            encrypt((state ^ int.from_bytes(head[place : place + BLOCK], "big")).to_bytes(BLOCK, "big")), "big"
        )
    # The last block holds zeros, the round in its eleventh byte, and the other half.
    rounds = [state ^ step << 8 * _HALF_BYTES for step in range(ROUNDS)]
    return encrypt, tuple((rounds[step], rounds[step - 1]) for step in range(ROUNDS - 1, 0, -2))
