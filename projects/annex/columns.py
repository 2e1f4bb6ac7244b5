"""What the columns of a printed annex are: guessed from their titles, changed by whoever looks at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from projects.annex.grid import Line
from registry.search import fold

HEADER_WITHIN = 20
# Key → how the column is called on our pages.
COLUMNS: Mapping[str, Any] = MappingProxyType(
    {
        "number": _("Printed number"),
        "title": _("Content"),
        "objective": _("Objective"),
        "products": _("Expected deliverables"),
        "recipients": _("Who receives and applies"),
        "lead": _("Lead unit"),
        "partners": _("Partner units"),
        "period": _("Period"),
        "funding": _("Funding"),
        "note": _("Note"),
    }
)
# The words by which a title is known, folded; the first that fits wins, so the narrower stand first.
WORDS = (
    ("number", ("stt", "tt", "so tt", "so thu tu")),
    ("partners", ("phoi hop",)),
    ("lead", ("chu tri", "don vi thuc hien", "co quan thuc hien")),
    ("recipients", ("tiep nhan", "ap dung")),
    ("products", ("san pham", "ket qua")),
    ("objective", ("muc tieu",)),
    ("period", ("thoi gian", "thoi han", "tien do", "nam thuc hien")),
    ("funding", ("kinh phi", "nguon von")),
    ("note", ("ghi chu",)),
    ("title", ("noi dung", "nhiem vu", "hoat dong", "cong viec")),
)
EXACT = frozenset({"number"})


def guess(title: str) -> str:
    """Return the key of a column's title; "" for one that is not known."""
    words = fold(title)
    for key, known in WORDS:
        if words.strip(" .") in known if key in EXACT else any(word in words for word in known):
            return key
    return ""


def guess_all(titles: Sequence[str]) -> list[str]:
    """Return the keys of a row of titles; of two that seem the same the first keeps the key."""
    keys: list[str] = []
    for title in titles:
        key = guess(title) if len(title) <= 80 else ""
        keys.append("" if key in keys else key)
    return keys


def header_of(lines: Sequence[Line]) -> int | None:
    """Return the index of the row of titles: that of the first rows that knows most columns, at least two."""
    known = [sum(1 for key in guess_all(line.cells) if key) for line in lines[:HEADER_WITHIN]]
    best = max(range(len(known)), key=lambda index: known[index], default=None)
    return best if best is not None and known[best] >= 2 else None
