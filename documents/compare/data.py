"""Comparing the data of two versions field by field, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from documents.compare.wording import Kind, Piece, compare_words
from documents.docx.shape import is_chart
from documents.labels import LETTERHEAD, PAPER, label_of

# What names a row, the surest first: rows of both versions are matched by it where it is filled in and unique.
KEYS = (
    "code",
    "number",
    "login",
    "first_serial",
    "name",
    "product",
    "title",
    "label",
    "item",
    "requirement",
    "subject",
    "stage",
    "time",
    "party",
    "producer",
    "speaker",
)
Steps = tuple[str, ...]


@dataclass(frozen=True)
class FieldChange:
    """One field, or one row of a list, that differs. `steps` lead to it: list, row, field."""

    kind: Kind
    steps: Steps
    before: str
    after: str
    # The field's own name at the top of the data: what a remark about it points to.
    field: str

    @property
    def label(self) -> str:
        """Where it is, in words."""
        return " › ".join(self.steps)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words of both."""
        return compare_words(self.before, self.after)


def compare_data(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """Return what differs between two versions' data: the paper's fields by label, then those of its frame."""
    found: list[FieldChange] = []
    for root in (PAPER, LETTERHEAD):
        ours, theirs = before.get(root) or {}, after.get(root) or {}
        for name in sorted({*ours, *theirs}, key=label_of):
            found += _value(ours.get(name), theirs.get(name), (label_of(name),), name, name)
    return found


def _value(before: Any, after: Any, steps: Steps, field: str, parent: str) -> Iterator[FieldChange]:
    if before == after or is_chart(before) or is_chart(after):  # a chart says what the tables beside it say
        return
    if isinstance(before, list) or isinstance(after, list):
        yield from _list(_listed(before), _listed(after), steps, field, parent)
    elif isinstance(before, dict) and isinstance(after, dict):
        for name in _names(before, after):
            yield from _value(before.get(name), after.get(name), (*steps, label_of(name, parent)), field, name)
    else:
        yield from _change(_said(before, parent), _said(after, parent), steps, field)


def _change(before: str, after: str, steps: Steps, field: str) -> Iterator[FieldChange]:
    if before != after:
        kind = Kind.CHANGED if before and after else Kind.REMOVED if before else Kind.ADDED
        yield FieldChange(kind, steps, before, after, field)


def _list(before: list[Any], after: list[Any], steps: Steps, field: str, parent: str) -> Iterator[FieldChange]:
    key = _key_of(before, after)
    if key is None:
        yield from _by_position(before, after, steps, field, parent)
        return
    ours, theirs = {row[key]: row for row in before}, {row[key]: row for row in after}
    for name in [*ours, *(name for name in theirs if name not in ours)]:
        here = (*steps, str(name))
        if name in ours and name in theirs:
            yield from _value(ours[name], theirs[name], here, field, parent)
        else:
            yield from _change(_said(ours.get(name), parent), _said(theirs.get(name), parent), here, field)
    if [name for name in ours if name in theirs] != [name for name in theirs if name in ours]:
        yield from _change(", ".join(map(str, ours)), ", ".join(map(str, theirs)), (*steps, _("order")), field)


def _by_position(before: list[Any], after: list[Any], steps: Steps, field: str, parent: str) -> Iterator[FieldChange]:
    left, right = ([json.dumps(item, sort_keys=True) for item in items] for items in (before, after))
    for step, a, b, c, d in SequenceMatcher(None, left, right).get_opcodes():
        if step == "equal":
            continue
        for place, (old, new) in enumerate(zip_longest(before[a:b], after[c:d]), start=max(a, c) + 1):
            here = (*steps, _("line %(number)d") % {"number": place})
            if isinstance(old, dict) and isinstance(new, dict):
                yield from _value(old, new, here, field, parent)
            else:
                yield from _change(_said(old, parent), _said(new, parent), here, field)


def _key_of(before: Sequence[Any], after: Sequence[Any]) -> str | None:
    """Return the field that names the rows of both lists, if there is one."""
    if not all(isinstance(row, dict) for row in (*before, *after)):
        return None
    for key in KEYS:
        names = [[row.get(key) for row in rows] for rows in (before, after)]
        if all(isinstance(name, str) and name for rows in names for name in rows) and all(
            len(set(rows)) == len(rows) for rows in names
        ):
            return key
    return None


def _names(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The fields of both, in the order of the earlier one."""
    return [*before, *(name for name in after if name not in before)]


def _listed(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _said(value: Any, parent: str = "") -> str:
    """Return a value as one reads it: a row as "label: value; …"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        said = [(label_of(name, parent), _said(part, name)) for name, part in value.items()]
        return "; ".join(f"{label}: {text}" for label, text in said if text)
    if isinstance(value, list):
        return ", ".join(_said(part, parent) for part in value)
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)
