"""What a list that comes back says about its rows: the bad cells and the reasons, in the person's own file."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from imports.annotated import annotate
from imports.checking import content_of
from imports.export import write_xlsx
from imports.models import ImportBatch, ImportLine
from imports.sheets import read_workbook

UNWRITABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, OSError)


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
    page, title = sheets[batch.sheet], _("What to correct")
    said = {row: "\n".join(dict.fromkeys(texts)) for row, texts in sorted(reasons.items())}
    try:
        return annotate(data, sheet=page.name, header=batch.header_last, title=title, cells=sorted(cells), reasons=said)
    except UNWRITABLE:
        # The writer is pickier about a file's inner parts than the reader: then the values go back without styles.
        width = page.width
        values = [[page.cell(row, place) for place in range(1, width + 1)] + [said[row]] for row in said]
        titles = [str(page.spread(batch.header_last, place)) for place in range(1, width + 1)]
        return write_xlsx(page.name, [*titles, title], values)
