"""Setting the columns of a list and finding out what it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from imports import layout as layouts
from imports.checking import Checked, content_of, line_row, plan_for
from imports.errors import ImportRefused, NotAllowedForYou
from imports.layout import Layout
from imports.models import ColumnMapping, ImportBatch, ImportLine
from imports.policies import may_import
from imports.sheets import read_workbook
from imports.targets import targets
from people import audit
from people.models import User

State = ImportBatch.State


def set_columns(
    batch: ImportBatch,
    *,
    sheet: int,
    header: tuple[int, int],
    places: Mapping[str, int],
    constants: Mapping[str, str],
    by: User,
    now: datetime | None = None,
) -> ImportBatch:
    """Set where the table is and what its columns hold, check every line, and keep the report.

    The columns are remembered for the next list with the same titles. Raises NotAllowedForYou,
    ImportRefused when the batch is past that or needed columns are missing, and WorkbookRefused.
    """
    check_open(batch, by)
    target = targets()[batch.target]
    columns = target.resource.columns()
    missing = [
        column.title
        for key, column in columns.items()
        if column.needed and key not in places and not constants.get(key)
    ]
    if missing:
        raise ImportRefused(
            _("Say which columns hold: %(titles)s.") % {"titles": ", ".join(str(title) for title in missing)}
        )
    sheets = read_workbook(content_of(batch), was_checked=True)
    page = sheets[min(sheet, len(sheets) - 1)]
    layout = Layout(header[0], header[1], dict(places))
    batch.sheet, batch.header_first, batch.header_last = sheet, header[0], header[1]
    batch.places, batch.constants = layout.places, {key: text for key, text in constants.items() if text}
    checked = plan_for(target, page, layout, batch, by=by, today=timezone.localdate(now))
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        check_open(locked, by)
        keep_report(batch, checked)
        ColumnMapping.objects.update_or_create(
            province=batch.province,
            target=batch.target,
            fingerprint=layouts.fingerprint(page, layout),
            defaults={"places": layout.places},
        )
        audit.record(
            "import.list_checked", by=by, target=batch, province=batch.province, at=now,
            new=batch.new, changed=batch.changed, same=batch.same, wrong=batch.wrong,
        )  # fmt: skip
    return batch


def check_open(batch: ImportBatch, by: User) -> None:
    """Refuse strangers, and batches that are imported already."""
    if not may_import(by, batch):
        raise NotAllowedForYou(
            _("You do not import such lists in %(province)s; ask an office there.") % {"province": batch.province}
        )
    if batch.state not in (State.READING, State.PREVIEW):
        raise ImportRefused(_("This list is imported already. Upload the file again to import it once more."))


def keep_report(batch: ImportBatch, checked: Checked) -> None:
    """Keep what was found about every line, in place of an earlier report."""
    columns = targets()[batch.target].resource.columns()
    batch.lines.all()._raw_delete(batch.lines.db)  # nothing hangs on a line
    lines = [
        line_row(batch, outcome, checked.printed[outcome.record.row, outcome.record.part], columns)
        for outcome in checked.plan.outcomes
    ]
    ImportLine.objects.bulk_create(lines, batch_size=2000)
    counts = Counter(line.state for line in lines)
    batch.new, batch.changed = counts[ImportLine.State.NEW], counts[ImportLine.State.CHANGED]
    batch.same, batch.wrong = counts[ImportLine.State.SAME], counts[ImportLine.State.ERROR]
    batch.skipped = [[row, text] for row, text in checked.skipped]
    batch.plan_digest, batch.state = checked.digest(), State.PREVIEW
    batch.save()
