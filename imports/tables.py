"""The lists of the imports room."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from imports.models import ImportBatch, ImportLine
from imports.targets import targets

NUMERALS = {"th": {"class": "n"}, "td": {"class": "n"}}
UNBROKEN = {"td": {"class": "nowrap"}}
BATCH_TONES = {"reading": "wait", "preview": "wait", "done": "ok", "undone": "no"}
LINE_TONES = {"new": "ok", "changed": "go", "same": "no", "error": "late"}


class BatchTable(tables.Table):
    """Batches, the latest first."""

    file_name = tables.Column(_("File"), linkify=True)
    target = tables.Column(_("Kind of list"), orderable=False)
    province = tables.Column(_("Province"), accessor="province__name")
    uploaded_by = tables.Column(_("Uploaded by"), accessor="uploaded_by__full_name")
    uploaded_at = tables.DateTimeColumn(attrs=UNBROKEN, short=True)
    state = tables.Column(attrs=UNBROKEN)
    new = tables.Column(_("New"), attrs=NUMERALS)
    changed = tables.Column(_("Changed"), attrs=NUMERALS)
    same = tables.Column(_("The same"), attrs=NUMERALS)
    wrong = tables.Column(_("Errors"), attrs=NUMERALS)

    caption = _("Imports")
    row_header = "file_name"
    empty_title = _("No list was imported yet")

    class Meta:
        empty_text = _(
            "Upload the list that your office keeps; nothing is written before you have seen what would change."
        )
        model = ImportBatch
        fields = (
            "file_name", "target", "province", "uploaded_by", "uploaded_at", "state", "new", "changed", "same", "wrong",
        )  # fmt: skip
        order_by = ("-uploaded_at",)

    def render_target(self, value: str) -> str:
        """The name of the kind of list."""
        target = targets().get(value)
        return str(target.label) if target else value

    def render_state(self, record: ImportBatch) -> str:
        """The state as a word with its shape."""
        return render_to_string(
            "_status.html", {"tone": BATCH_TONES[record.state], "label": record.get_state_display()}
        )

    def value_state(self, record: ImportBatch) -> str:
        """The bare word."""
        return str(record.get_state_display())


class LineTable(tables.Table):
    """What the check found, line by line, field by field."""

    row = tables.Column(_("Row"), attrs=NUMERALS, order_by=("row", "part"))
    label = tables.Column(_("Entry"))
    state = tables.Column(_("Result"), attrs=UNBROKEN)
    details = tables.Column(_("What changes, what to correct"), empty_values=(), orderable=False)

    caption = _("Rows of the list")
    row_header = "row"
    empty_title = _("No row here")

    class Meta:
        empty_text = _("No row meets the conditions.")
        model = ImportLine
        fields = ("row", "label", "state", "details")
        order_by = ("row",)

    def render_row(self, record: ImportLine) -> str:
        """The row's number, and which product of its cell it is."""
        return f"{record.row}.{record.part}" if record.part else str(record.row)

    def render_state(self, record: ImportLine) -> str:
        """The result as a word with its shape."""
        return render_to_string("_status.html", {"tone": LINE_TONES[record.state], "label": record.get_state_display()})

    def value_state(self, record: ImportLine) -> str:
        """The bare word."""
        return str(record.get_state_display())

    def render_details(self, record: ImportLine) -> SafeString:
        """The changed fields, old and new, or the cells to correct."""
        return render_to_string("imports/_details.html", {"line": record})

    def value_details(self, record: ImportLine) -> str:
        """The same in one line of text each."""
        changes = [f"{thing}, {field}: {old or '–'} → {new}" for thing, field, old, new in record.changes]
        problems = [f"{title} “{value}”: {rule}" for _key, title, value, rule in record.problems]
        return "\n".join([*problems, *changes])


def counts_of(batch: ImportBatch, url: str) -> list[dict[str, Any]]:
    """Return the four counts of a report, each leading to its rows."""
    State = ImportLine.State
    rows = (
        (State.NEW, batch.new, "ok"), (State.CHANGED, batch.changed, "go"),
        (State.SAME, batch.same, ""), (State.ERROR, batch.wrong, "late" if batch.wrong else ""),
    )  # fmt: skip
    return [
        {"value": value, "label": state.label, "tone": tone, "url": f"{url}?state={state}"}
        for state, value, tone in rows
    ]
