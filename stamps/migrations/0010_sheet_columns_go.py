"""The columns of the one sheet go: rolls hold its file since 0005, and two homes for one file would part ways.

A migration of its own, so that the rows are moved and committed before anything is dropped.
"""

from importlib import import_module

from django.db import migrations

_RANGES = import_module("stamps.migrations.0003_ranges_never_overlap")


def refuse_again(apps, schema_editor):
    """On SQLite a column that comes back makes the table anew, without its triggers."""
    if schema_editor.connection.vendor == "sqlite":
        _RANGES.drop_refusals(apps, schema_editor)
        _RANGES.add_refusals(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("stamps", "0005_old_sheets_become_rolls"), ("stamps", "0008_public_answer")]

    operations = [
        # First here is last on the way back.
        migrations.RunPython(migrations.RunPython.noop, refuse_again),
        migrations.RemoveField(model_name="stampbatch", name="sheet"),
        migrations.RemoveField(model_name="stampbatch", name="sheet_sha256"),
    ]
