"""Texts that fit one SMS: plain letters, at most 160 characters.

With Vietnamese marks an SMS takes 70 characters a part and costs as much as two or three
(3GPP TS 23.038: 160 characters of the 7-bit alphabet, 70 of UCS-2).
"""

from __future__ import annotations

import re
import unicodedata

MAX_SHORT = 160  # characters of one SMS in the 7-bit alphabet
CUT = "..."
# đ is a letter of its own in Unicode, not a d with a mark. Brackets and the like take two places in an SMS.
_PLAIN = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "–": "-",
        "—": "-",
        "−": "-",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "…": "...",
        "·": "-",
        "•": "-",
        "×": "x",
        "[": "(",
        "]": ")",
        "{": "(",
        "}": ")",
        "|": "/",
        "\\": "/",
        "~": "-",
        "^": "",
        "`": "'",
    }
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def without_marks(text: str) -> str:
    """Return the text in plain ASCII letters, blanks single: "Đề án – Gia Lai" is "De an - Gia Lai"."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    plain = decomposed.encode("ascii", "ignore").decode("ascii")
    return " ".join(_CONTROL.sub(" ", plain).split())


def short(text: str, limit: int = MAX_SHORT) -> str:
    """Return the text without marks and at most `limit` characters long, cut after a whole word."""
    plain = without_marks(text)
    if len(plain) <= limit:
        return plain
    room = limit - len(CUT)
    head = plain[: room + 1].rsplit(" ", 1)[0] if " " in plain[: room + 1] else plain[:room]
    return head.rstrip(" ,;:-(") + CUT
