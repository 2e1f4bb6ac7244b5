"""Amounts in words, as contracts print them beside the figures."""

from __future__ import annotations

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
BILLION = 10**9
GROUPS = ((10**6, "triệu"), (10**3, "nghìn"), (1, ""))


def in_digits(number: int) -> str:
    """Return a number as amounts are written: "100.000.000", "0"."""
    return f"{number:,}".replace(",", ".")


def in_words(number: int) -> str:
    """Return a number as it is read: "một trăm linh năm triệu". ValueError for one below 0."""
    if number < 0:
        raise ValueError(f"no amount is below 0: {number}")
    return " ".join(_read(number, follows=False)) or DIGITS[0]


def _read(number: int, *, follows: bool) -> list[str]:
    """Return the words of a number; one that `follows` others says its empty hundreds too. [] for 0."""
    words: list[str] = []
    if number >= BILLION:
        words += [*_read(number // BILLION, follows=follows), "tỷ"]
    for size, name in GROUPS:
        part = number % BILLION // size % 1000
        if part:
            words += _hundreds(part, follows=follows or bool(words)) + ([name] if name else [])
    return words


def _hundreds(part: int, *, follows: bool) -> list[str]:
    hundreds, tens, ones = part // 100, part // 10 % 10, part % 10
    has_hundreds = bool(hundreds) or follows
    words = [DIGITS[hundreds], "trăm"] if has_hundreds else []
    if tens:
        words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    elif ones and has_hundreds:
        words.append("linh")
    if ones:
        words.append("mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 and tens else DIGITS[ones])
    return words
