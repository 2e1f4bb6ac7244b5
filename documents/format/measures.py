"""How long words are in Times New Roman: enough to judge a line drawn under them."""

from __future__ import annotations

import unicodedata

from documents.format.pages import Paragraph

_MM_PER_PT = 25.4 / 72
_WIDER = 0.1  # a horn (Ơ, Ư) makes a letter wider by about this share of the size
_HORN = "\u031b"
# Widths of Times New Roman Bold in thousandths of the size (Adobe's published metrics of Times-Bold).
_LETTERS = {
    "A": 722, "B": 667, "C": 722, "D": 722, "E": 667, "F": 611, "G": 778, "H": 778, "I": 389, "J": 500, "K": 778,
    "L": 667, "M": 944, "N": 722, "O": 778, "P": 611, "Q": 778, "R": 722, "S": 556, "T": 667, "U": 722, "V": 722,
    "W": 1000, "X": 722, "Y": 722, "Z": 667, "a": 500, "b": 556, "c": 444, "d": 556, "e": 444, "f": 333, "g": 500,
    "h": 556, "i": 278, "j": 333, "k": 556, "l": 278, "m": 833, "n": 556, "o": 500, "p": 556, "q": 556, "r": 444,
    "s": 389, "t": 333, "u": 556, "v": 500, "w": 722, "x": 500, "y": 500, "z": 444,
}  # fmt: skip
_OTHERS = {"Đ": 722, "đ": 556, " ": 250, ",": 250, ".": 250, "-": 333, "–": 500, "“": 500, "”": 500, "/": 278}
_WIDTHS = _LETTERS | _OTHERS
_USUAL = 500  # digits, and whatever else may come


def longest_line_mm(line: Paragraph, room_mm: float) -> float:
    """Return about how long the longest printed line of a bold paragraph is where `room_mm` is there for it."""
    size = max(line.sizes, default=0.0)
    longest = current = 0.0
    for word in line.text.split():
        width = _width(word) * size * _MM_PER_PT
        joined = current + _width(" ") * size * _MM_PER_PT + width if current else width
        current = joined if joined <= room_mm else width
        longest = max(longest, current)
    return min(longest, room_mm)


def _width(text: str) -> float:
    return sum(_letter(letter) for letter in unicodedata.normalize("NFC", text)) / 1000


def _letter(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    decomposed = unicodedata.normalize("NFD", letter)
    return _WIDTHS.get(decomposed[0], _USUAL) + (_WIDER * 1000 if _HORN in decomposed else 0)
