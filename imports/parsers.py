"""Parsers of single cells: each takes what the spreadsheet holds and returns our value or raises ValueError."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable

from gs1 import keys

Cell = str | int | float | bool | dt.date

_STARS = re.compile(r"([1-5])(?: ?sao)?\Z|([★*]{1,5})\Z", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z")
_INTEGER = re.compile(r"-?(?:\d{1,3}(?:[. ]\d{3})+|\d+)\Z")
_PHONE = re.compile(r"0(?:[35789]\d{8}|2\d{9})\Z")
_TAX_CODE = re.compile(r"\d{10}(?:-\d{3})?\Z|\d{12}\Z")


def text(cell: Cell) -> str:
    """Text in Unicode NFC with single spaces: old files mix composed and decomposed Vietnamese."""
    if isinstance(cell, dt.date):
        return cell.strftime("%d/%m/%Y")
    return " ".join(unicodedata.normalize("NFC", str(cell)).split())


def words(longest: int) -> Callable[[Cell], str]:
    """Return a parser of text of at most `longest` characters, the room that a table has."""

    def parse(cell: Cell) -> str:
        value = text(cell)
        if len(value) > longest:
            raise ValueError(cell)
        return value

    return parse


def is_blank(cell: Cell) -> bool:
    """Whether the cell is empty or holds only spaces."""
    return isinstance(cell, str) and not cell.strip()


def integer(cell: Cell) -> int:
    """A whole number; text may group thousands with dots or spaces as Vietnamese offices write them."""
    if isinstance(cell, bool | dt.date):
        raise ValueError(cell)
    if isinstance(cell, int):
        return cell
    if not _INTEGER.match(text(cell)) or isinstance(cell, float):
        raise ValueError(cell)
    return int(re.sub(r"[. ]", "", text(cell)))


def stars(cell: Cell) -> int:
    """OCOP stars 1–5, written 3, "3 sao" or "★★★"."""
    match = _STARS.match(text(cell))
    if not match:
        raise ValueError(cell)
    return int(match[1]) if match[1] else len(match[2])


def date(cell: Cell) -> dt.date:
    """A date cell, or text dd/mm/yyyy; the month never comes first."""
    if isinstance(cell, dt.date):
        return cell
    match = _DATE.match(text(cell))
    if not match:
        raise ValueError(cell)
    day, month, year = (int(part) for part in match.groups())
    return dt.date(year, month, day)


def gtin(cell: Cell) -> str:
    """A GTIN as 14 digits.

    A numeric cell has lost its leading zeros: they are put back up to the next GTIN length, and
    the check digit decides whether that is a GTIN at all.
    """
    code = re.sub(r"[ .-]", "", text(cell))
    if isinstance(cell, int) and code.isdigit() and 6 < len(code) <= 14:
        code = code.zfill(next(length for length in (8, 12, 13, 14) if length >= len(code)))
    try:
        return keys.normalise_gtin(code)
    except keys.InvalidKey as error:
        raise ValueError(cell) from error


def phone(cell: Cell) -> str:
    """A Vietnamese phone number starting with 0; the zero a numeric cell lost is put back."""
    digits = re.sub(r"[ .()-]", "", text(cell))
    digits = re.sub(r"^(?:\+84|0084|84(?=\d{9,10}\Z))", "0", digits)
    if digits[:1] in "235789" and len(digits) in (9, 10):
        digits = "0" + digits
    if not _PHONE.match(digits):
        raise ValueError(cell)
    return digits


def tax_code(cell: Cell) -> str:
    """A tax code: 10 digits, 10-3 for a branch, or the 12 digits of a person; a lost zero is put back."""
    code = re.sub(r"\s", "", text(cell))
    if isinstance(cell, int) and len(code) in (9, 11):
        code = "0" + code
    if not _TAX_CODE.match(code):
        raise ValueError(cell)
    return code
