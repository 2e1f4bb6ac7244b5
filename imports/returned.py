"""What a list that comes back says about its rows: the bad cells and the reasons, in the person's own file."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from imports.annotated import annotate
from imports.checking import content_of
from imports.models import ImportBatch, ImportLine
from imports.sheets import read_workbook


def returned_workbook(batch: ImportBatch) -> bytes:
    """Return the uploaded workbook with the cells of every wrong line coloured and explained."""
    data = content_of(batch)
    sheets = read_workbook(data, was_checked=True)
    cells: set[tuple[int, int]] = set()
    reasons: dict[int, list[str]] = defaultdict(list)
    for line in batch.lines.filter(state=ImportLine.State.ERROR):
        for key, title, value, rule in line.problems:
            if place := batch.places.get(key):
                cells.add((line.row, place))
            where = f"{title} “{value}”" if value else title
            reasons[line.row].append(f"{where}: {rule}.")
    return annotate(
        data,
        sheet=sheets[batch.sheet].name,
        header=batch.header_last,
        title=_("What to correct"),
        cells=sorted(cells),
        reasons={row: "\n".join(dict.fromkeys(texts)) for row, texts in sorted(reasons.items())},
    )
