"""From the file of a batch to the plan of what it would do: nothing here writes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from imports import layout as layouts
from imports import parsers
from imports.layout import Layout, Line
from imports.models import ImportBatch, ImportLine
from imports.resources import ListField, ListResource, Words
from imports.sheets import Sheet, read_workbook
from imports.targets import Outcome, Plan, Record, Target, targets
from people.models import User

State = ImportLine.State
Problem = tuple[str, Words]


@dataclass
class Checked:
    """The plan of a batch, the rows that were left out, and the lines as they were printed."""

    plan: Plan
    skipped: list[tuple[int, str]]
    printed: dict[tuple[int, int], Line]

    def digest(self) -> str:
        """Return a hash of everything that a person was shown, so that nothing else is written."""
        shown = [
            (one.record.row, one.record.part, one.label, str(one.state), one.differences, len(one.record.problems))
            for one in self.plan.outcomes
        ]
        return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()


def content_of(batch: ImportBatch) -> bytes:
    """Return the bytes of the uploaded file."""
    with batch.file.open("rb") as stream:
        data: bytes = stream.read()
    return data


def check(batch: ImportBatch, *, by: User, today: date, for_writing: bool = False) -> Checked:
    """Read the batch's file and compare all its lines with what is known. Raises WorkbookRefused."""
    target = targets()[batch.target]
    sheets = read_workbook(content_of(batch), was_checked=True)
    sheet = sheets[min(batch.sheet, len(sheets) - 1)]
    layout = Layout(batch.header_first, batch.header_last, dict(batch.places))
    return plan_for(target, sheet, layout, batch, by=by, today=today, for_writing=for_writing)


def plan_for(
    target: Target,
    sheet: Sheet,
    layout: Layout,
    batch: ImportBatch,
    *,
    by: User,
    today: date,
    for_writing: bool = False,
) -> Checked:
    """Return what the lines of a sheet would do in the batch's province."""
    columns = target.resource.columns()
    lines, skipped = layouts.lines_of(sheet, layout, columns, target.resource.key_column)
    records = records_of(target.resource(), sheet, layout, lines, batch.constants)
    plan = target.plan(records, batch.province, by=by, today=today, for_writing=for_writing)
    return Checked(plan, skipped, {(line.row, line.part): line for line in lines})


def records_of(
    resource: ListResource, sheet: Sheet, layout: Layout, lines: list[Line], constants: Mapping[str, str]
) -> list[Record]:
    """Read every cell by its column's rule; a problem leaves None and is noted.

    `constants` are texts that hold for every row whose own cell is empty or missing.
    """
    gaps = sheet.gaps
    records = []
    for line in lines:
        cells = line.cells
        if constants:
            cells = {**cells, **{key: text for key, text in constants.items() if parsers.is_blank(cells.get(key, ""))}}
        values, problems = resource.clean(cells)
        problems.extend(_empty(resource.columns(), values, problems))
        if gaps:
            problems = _with_gaps(problems, line, layout, gaps)
        records.append(Record(line.row, line.part, values, problems))
    return records


def _empty(columns: Mapping[str, ListField], values: Mapping[str, object], problems: list[Problem]) -> list[Problem]:
    known = {key for key, _rule in problems}
    return [
        (key, _("this cell must not be empty"))
        for key, column in columns.items()
        if column.needed and values[key] is None and key not in known
    ]


def _with_gaps(problems: list[Problem], line: Line, layout: Layout, gaps: set[tuple[int, int]]) -> list[Problem]:
    """A formula without a stored value is named as such, not as an empty cell."""
    found = {key for key, place in layout.places.items() if (line.row, place) in gaps}
    rule = _("this cell holds a formula that was never calculated; open the file, save it, and upload it again")
    return [problem for problem in problems if problem[0] not in found] + [(key, rule) for key in sorted(found)]


def line_row(batch: ImportBatch, outcome: Outcome, printed: Line, columns: Mapping[str, ListField]) -> ImportLine:
    """Return the row that keeps an outcome for the report."""
    record = outcome.record
    problems = [
        [key, str(columns[key].title), parsers.text(printed.cells.get(key, ""))[:100], str(rule)]
        for key, rule in record.problems
    ]
    return ImportLine(
        batch=batch,
        row=record.row,
        part=record.part,
        label=outcome.label[:400],
        state=outcome.state,
        changes=[list(difference) for difference in outcome.differences],
        problems=problems,
    )
