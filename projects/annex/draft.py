"""The dry run: what lines a printed table would become, and what does not fit together in it. Writes nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from imports.errors import WorkbookRefused
from projects import periods
from projects.annex.columns import COLUMNS, guess_all, header_of
from projects.annex.flags import Flag
from projects.annex.grid import Line
from projects.annex.targets import conflict, targets

DAYS = ("starts_on", "ends_on")
# The room that our tables have; what is longer cannot be kept as printed.
LONGEST = {"number": 10, "period": 120}
LONGEST_SECTION = 200
# An empty cell is kept as printed and said; a column that the table does not have is not.
MAY_BE_EMPTY = ("period", "lead", "partners", "funding")
_BULLET = re.compile(r"^\s*(?:[-–+•*]|\(?\d{1,2}[.)]|[a-zđ][.)])\s+", re.IGNORECASE)


@dataclass(frozen=True)
class DraftLine:
    """One line as it would be kept: the printed texts, what was understood, and the remarks."""

    rows: tuple[int, ...]
    section: str
    texts: Mapping[str, str]
    period: periods.Period = periods.UNKNOWN
    least: int | None = None
    most: int | None = None
    flags: tuple[Flag, ...] = ()

    @property
    def products(self) -> list[str]:
        """The expected deliverables, one per printed paragraph, without their bullets."""
        return [_BULLET.sub("", text).strip() for text in self.texts.get("products", "").split("\n") if text.strip()]

    def fields(self) -> dict[str, Any]:
        """Return the fields of a `PlanLine`."""
        text = self.texts.get
        return {
            "section": self.section,
            "printed_number": text("number", ""),
            "title": text("title", ""),
            "objective": text("objective", ""),
            "recipients": text("recipients", ""),
            "lead": text("lead", ""),
            "partners": text("partners", ""),
            "period_text": text("period", ""),
            "starts_on": self.period.starts_on,
            "ends_on": self.period.ends_on,
            "recurrence": self.period.recurrence,
            "funding_text": text("funding", ""),
            "note": text("note", ""),
            "target_min": self.least,
            "target_max": self.most,
            "flags": [str(flag) for flag in self.flags],
        }


@dataclass
class Draft:
    """The whole dry run: titles and keys of the columns, the lines, and what stops them from being made."""

    titles: list[str]
    keys: list[str]
    lines: list[DraftLine] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)  # rows without content

    @property
    def serious(self) -> int:
        """How many lines carry a remark that somebody should look at first."""
        return sum(1 for line in self.lines if any(flag.is_serious for flag in line.flags))

    @property
    def is_ready(self) -> bool:
        """Whether the lines can be made."""
        return bool(self.lines) and not self.problems


def draft(grid: Sequence[Line], *, keys: Sequence[str] | None = None, body: str = "") -> Draft:
    """Read the grid into lines.

    `keys` are what the person says the columns are (guessed without it); `body` is the plan's text, whose
    numbers are compared with the table's. Raises WorkbookRefused when no row of titles is found.
    """
    start = header_of(grid)
    if start is None:
        raise WorkbookRefused(
            _("No row of titles was found. Copy the table together with its titles (STT, Nội dung, Thời gian …).")
        )
    titles = list(grid[start].cells)
    known = list(keys) if keys is not None else guess_all(titles)
    made = Draft(titles, known)
    if "title" not in known:
        made.problems.append(_("No column is the content; say which one it is."))
        return made
    for row in grid[start + 1 :]:
        _take(made, row)
    made.lines = [_understood(line, body, made.keys) for line in _numbered(made.lines, made.keys)]
    made.problems += _too_long(made.lines)
    if not made.lines:
        made.problems.append(_("The table has no line below its titles."))
    return made


def _take(made: Draft, row: Line) -> None:
    """Add a row: as a line, as the title of a section, or to the line above that a page break cut in two."""
    if list(row.cells) == made.titles or guess_all(row.cells) == guess_all(made.titles):
        return  # the titles again, on the next page
    texts = {key: text for key, text in zip(made.keys, row.cells, strict=False) if key and text}
    filled = [text for text in row.cells if text]
    section = made.lines[-1].section if made.lines else ""
    if _is_section(row, texts, filled):
        made.lines.append(DraftLine((row.number,), " ".join(filled).replace("\n", " "), {}))
        return
    last = made.lines[-1] if made.lines else None
    if last and last.texts and "number" not in texts and _goes_on(texts):
        made.lines[-1] = _joined(last, row, texts)
    elif "title" in texts:
        made.lines.append(DraftLine((row.number,), section, texts))
    elif texts:
        made.left_out.append(row.number)


def _is_section(row: Line, texts: Mapping[str, str], filled: Sequence[str]) -> bool:
    """A row that says one thing only: one cell over all columns, or a roman number or letter and a title."""
    if len(filled) == 1:
        return row.is_whole or "title" not in texts or not _goes_on(texts)
    number, rest = texts.get("number", ""), set(texts) - {"number", "title"}
    return not rest and len(filled) == 2 and bool(re.fullmatch(r"[IVXLC]{1,6}\.?|[A-ZĐ]\.?", number))


def _goes_on(texts: Mapping[str, str]) -> bool:
    """Whether the content starts in the middle of a sentence."""
    return texts.get("title", "")[:1].islower()


def _joined(line: DraftLine, row: Line, texts: Mapping[str, str]) -> DraftLine:
    both = {key: f"{line.texts.get(key, '')} {texts.get(key, '')}".strip() for key in {**line.texts, **texts}}
    flags = line.flags if any(flag.code == "joined" for flag in line.flags) else (*line.flags, Flag("joined"))
    return replace(line, rows=(*line.rows, row.number), texts=both, flags=flags)


def _numbered(lines: Sequence[DraftLine], keys: Sequence[str]) -> list[DraftLine]:
    """Leave out the rows that only name a section; remark numbers that are missing, jump, or come again."""
    kept = [line for line in lines if line.texts]
    rows_of: dict[tuple[str, str], list[int]] = {}
    for line in kept:
        rows_of.setdefault((line.section, line.texts.get("number", "").rstrip(".")), []).append(line.rows[0])
    found: list[DraftLine] = []
    for line in kept:
        number = line.texts.get("number", "").rstrip(".")
        flags = list(line.flags)
        same = rows_of[line.section, number]
        if not number and "number" in keys:
            flags.append(Flag("number_empty"))
        elif number and len(same) > 1:
            flags.append(Flag("number_again", {"number": number, "rows": ", ".join(map(str, same))}))
        before = found[-1].texts.get("number", "").rstrip(".") if found and found[-1].section == line.section else ""
        if number.isdecimal() and before.isdecimal() and int(number) > int(before) + 1:
            flags.append(Flag("number_missing", {"before": before, "after": number}))
        found.append(replace(line, flags=tuple(flags)))
    return found


def _understood(line: DraftLine, body: str, keys: Sequence[str]) -> DraftLine:
    """Parse the period and the count, and remark what is empty, not understood, or against the plan's body."""
    flags = list(line.flags)
    printed = line.texts.get("period", "")
    period = periods.parse(printed) if printed else periods.UNKNOWN
    if printed and period == periods.UNKNOWN:
        flags.append(Flag("period_unknown", {"text": printed}))
    flags += [Flag(f"{key}_empty") for key in MAY_BE_EMPTY if key in keys and key not in line.texts]
    target = next(iter(targets(line.texts.get("title", ""))), None)
    if target and (other := conflict(target, body)):
        flags.append(Flag("target_conflict", {"body": other.printed, "annex": target.printed}))
    least, most = (target.least, target.most) if target else (None, None)
    return replace(line, period=period, least=least, most=most, flags=tuple(flags))


def _too_long(lines: Sequence[DraftLine]) -> list[str]:
    """What is longer than our tables have room for, with its row."""
    found = []
    for line in lines:
        for key, most in LONGEST.items():
            if len(line.texts.get(key, "")) > most:
                words = {"row": line.rows[0], "column": COLUMNS[key], "most": most}
                found.append(_("Row %(row)s: “%(column)s” is longer than %(most)s letters; is it that column?") % words)
        if len(line.section) > LONGEST_SECTION:
            found.append(_("Row %(row)s: the title of its section is too long.") % {"row": line.rows[0]})
    return found


def report(made: Draft) -> dict[str, Any]:
    """Return the dry run as plain values, for the expected reports of the tests."""
    return {
        "columns": dict(zip(made.titles, made.keys, strict=True)),
        "problems": made.problems,
        "left_out": made.left_out,
        "lines": [_plain(line) for line in made.lines],
    }


def _plain(line: DraftLine) -> dict[str, Any]:
    fields = line.fields()
    days = {name: day.isoformat() if isinstance(day := fields[name], dt.date) else None for name in DAYS}
    flags = [[flag.code, flag.facts] for flag in line.flags]
    return {**fields, **days, "flags": flags, "products": line.products, "rows": list(line.rows)}
