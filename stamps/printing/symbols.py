"""QR symbols in bulk: hundreds of thousands a second, equal to those of `qrcode` bit for bit.

For one version, error correction, mode, length and mask a symbol is an affine map over GF(2) of the
data bits: Reed-Solomon and interleaving are linear, mask and function patterns are constant. So a
symbol is that of a first text, XOR what each changed pair of characters changes. What a data bit
changes is learned from `qrcode` by differencing; nothing of the standard is written a second time.
Source: ISO/IEC 18004, "Alphanumeric mode", "Error correction coding", "Data masking".
"""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from stamps.printing import qr

Codes = NDArray[np.uint8]

# A row is written as bytes of seven modules, the first one highest, and the eighth bit set: such
# bytes need no escaping in a PDF string, so every symbol of a file has the same length there.
ROW_BITS = 7
MARK = 0x80
MASKS = range(8)

_BASE = len(qr.CHARACTERS)
_PAIR_BITS, _SINGLE_BITS = 11, 6
_MAX_VERSION = 6
_CHUNK = 2048  # symbols at a time, so that they stay in the processor's cache
_SAMPLES = 16
_FOREIGN = 255
_FILLER = "X"
_VALUE_OF = np.full(256, _FOREIGN, np.uint8)
_VALUE_OF[np.frombuffer(qr.CHARACTERS.encode("ascii"), np.uint8)] = np.arange(_BASE)


class Encoder:
    """Draws the symbols of addresses with one beginning and endings of one length, with one mask.

    Addresses that are not alphanumeric, or that need a version above 6, are drawn one by one by `qrcode`.
    """

    def __init__(self, prefix: str, ending: int, *, mask: int) -> None:
        self._prefix = prefix
        self._mask = mask
        length = len(prefix) + ending
        compact = qr.is_compact(prefix)
        self._version = qr.version_for(length, compact=compact)
        self.side = 17 + 4 * self._version
        self.row_bytes = -(-self.side // ROW_BITS)
        self._tables: tuple[NDArray[np.uint64], ...] = ()
        if compact and self._version <= _MAX_VERSION:
            first = len(prefix) // 2
            self._tables = _tables(length, first)
            zeros = prefix[: 2 * first].ljust(length, "0")
            self._base = _words(qr.reference(zeros, version=self._version, mask=mask), mark=MARK)
            self._kept = _VALUE_OF[np.frombuffer(prefix[2 * first :].encode("ascii"), np.uint8)]

    def draw(self, endings: Codes) -> Codes:
        """Return the symbols of rows of ASCII characters: for each, row by row, its bytes of seven modules.

        Raises ValueError for a character that the symbol cannot carry.
        """
        made = np.empty((len(endings), self.side * self.row_bytes), np.uint8)
        for start in range(0, len(endings), _CHUNK):
            chunk = endings[start : start + _CHUNK]
            made[start : start + _CHUNK] = self._look_up(chunk) if self._tables else self._one_by_one(chunk)
        return made

    def modules(self, drawn: Codes) -> Iterator[qr.Modules]:
        """Yield what was drawn as squares of modules, 1 is dark."""
        for symbol in drawn:
            bits = np.unpackbits(symbol.reshape(self.side, self.row_bytes, 1), axis=2)[:, :, 1:]
            yield bits.reshape(self.side, -1)[:, : self.side]

    def _look_up(self, endings: Codes) -> Codes:
        values = np.empty((len(endings), len(self._kept) + endings.shape[1]), np.uint16)
        values[:, : len(self._kept)] = self._kept
        values[:, len(self._kept) :] = _VALUE_OF[endings]
        if values.size and values.max() >= _BASE:
            raise ValueError("an ending has a character that is not alphanumeric")
        words = np.repeat(self._base[np.newaxis], len(endings), axis=0)
        for place, table in enumerate(self._tables):
            index = values[:, 2 * place]
            if 2 * place + 1 < values.shape[1]:
                index = index * np.uint16(_BASE) + values[:, 2 * place + 1]
            words ^= table.take(index, axis=0)
        return words.view(np.uint8)[:, : self.side * self.row_bytes]

    def _one_by_one(self, endings: Codes) -> Codes:
        texts = (self._prefix + bytes(ending).decode("ascii") for ending in endings)
        drawn = (qr.reference(text, version=self._version, mask=self._mask) for text in texts)
        return np.stack([_bytes(modules, MARK) for modules in drawn])


@lru_cache(maxsize=64)
def encoder(prefix: str, ending: int) -> Encoder:
    """Return the encoder with the best mask for such addresses, judged on a sample and then fixed.

    The sample hangs on nothing but its arguments, so the same addresses always get the same mask.
    Choosing for each symbol would cost a thousand times the drawing and gain 2 % in penalty.
    """
    sample = _sample(ending)
    candidates = [Encoder(prefix, ending, mask=mask) for mask in MASKS]
    return min(candidates, key=lambda each: sum(map(qr.penalty, each.modules(each.draw(sample)))))


def _sample(ending: int) -> Codes:
    """Return endings that look like serials."""
    noise = sha256(b"mask").digest()
    while len(noise) < _SAMPLES * ending:
        noise += sha256(noise).digest()
    letters = np.frombuffer(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ", np.uint8)
    return letters[np.frombuffer(noise, np.uint8, _SAMPLES * ending) % len(letters)].reshape(_SAMPLES, ending)


@lru_cache(maxsize=16)
def _tables(length: int, first: int) -> tuple[NDArray[np.uint64], ...]:
    """Return for every pair from number `first` on what each of its values changes."""
    version = qr.version_for(length)
    return tuple(_table(version, length, 2 * place) for place in range(first, -(-length // 2)))


def _table(version: int, length: int, place: int) -> NDArray[np.uint64]:
    """Return the change by value of the pair (or last single character) at `place`."""
    size = min(2, length - place)
    bits = _PAIR_BITS if size > 1 else _SINGLE_BITS

    def symbol(value: int) -> NDArray[np.uint64]:
        part = (qr.CHARACTERS[value // _BASE] + qr.CHARACTERS[value % _BASE])[-size:]
        # Around it anything but zeros, at which `qrcode` stumbles when a whole block has no other bit.
        text = _FILLER * place + part + _FILLER * (length - place - size)
        return _words(qr.reference(text, version=version, mask=0))

    zero = symbol(0)
    table = np.zeros((1 << bits, len(zero)), np.uint64)
    for bit in range(bits):
        table[1 << bit : 2 << bit] = table[: 1 << bit] ^ zero ^ symbol(1 << bit)
    return table


def _words(modules: qr.Modules, mark: int = 0) -> NDArray[np.uint64]:
    codes = _bytes(modules, mark)
    return np.pad(codes, (0, -len(codes) % 8)).view(np.uint64)


def _bytes(modules: qr.Modules, mark: int) -> Codes:
    side = len(modules)
    padded = np.pad(modules, ((0, 0), (0, -side % ROW_BITS))).reshape(-1, ROW_BITS)
    codes: Codes = np.packbits(padded, axis=1).reshape(-1) // np.uint8(2) | np.uint8(mark)
    return codes
