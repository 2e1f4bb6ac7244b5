"""Fill the keys of names, and fold every searched column again: initials now stand at its end."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from registry.search import folded_fields

ROWS_AT_ONCE = 500


def fold_again(apps: Any, _schema_editor: Any) -> None:
    """Save the folded columns of every producer and product."""
    for name in ("Producer", "Product"):
        rows = apps.get_model("registry", name).objects.order_by("pk")
        fields = folded_fields(rows.model())
        batch = []
        for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
            for field in fields:
                row._meta.get_field(field).pre_save(row, add=False)
            batch.append(row)
            if len(batch) == ROWS_AT_ONCE:
                rows.model.objects.bulk_update(batch, fields)
                batch = []
        rows.model.objects.bulk_update(batch, fields)


class Migration(migrations.Migration):
    """Can be undone: the columns are made from others."""

    dependencies = [("registry", "0002_papers_mergers_and_renewals")]  # noqa: RUF012

    operations = [migrations.RunPython(fold_again, migrations.RunPython.noop)]  # noqa: RUF012
