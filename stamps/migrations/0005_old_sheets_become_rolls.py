"""The one sheet of a batch becomes its one roll: where it lay, what it held, and that nobody read it back."""

from django.db import migrations

# `asdict(layouts.A4_65)` at the time: all old sheets were printed so.
A4_65 = {
    "name": "A4, 65 × 38,1 × 21,2 mm",
    "columns": 5,
    "rows": 13,
    "label_width": 38.1,
    "label_height": 21.2,
    "left": 4.75,
    "top": 10.7,
    "gap_x": 2.5,
    "gap_y": 0,
    "qr_mm": 16,
    "page_width": 210.0,
    "page_height": 297.0,
    "dpi": 300,
    "cut_marks": True,
}
PER_PAGE = 65


def sheets_to_rolls(apps, schema_editor):
    roll = apps.get_model("stamps", "Roll")
    made = apps.get_model("people", "AuditEvent").objects.filter(verb="stamps.sheet_made")
    batches = apps.get_model("stamps", "StampBatch").objects.exclude(sheet="").select_related("order")
    for batch in batches.iterator(chunk_size=500):
        known = made.filter(target=f"stamps.stamporder:{batch.order_id}").order_by("pk").last()
        at = known.at if known else batch.issued_at
        by_id = known.by_id if known and known.by_id else batch.issued_by_id
        roll.objects.create(
            batch=batch,
            number=1,
            start=batch.start,
            end=batch.end,
            layout=A4_65,
            requested_at=at,
            requested_by_id=by_id,
            file=batch.sheet.name,
            sha256=batch.sheet_sha256,
            pages=-(-(batch.end - batch.start) // PER_PAGE),
            verified=0,
            released_at=at,
            **_counted(batch),
        )


def _counted(batch):
    """Who handed stamps over confirmed that they were printed and counted."""
    order = batch.order
    if order.handed_over_at is None:
        return {}
    return {
        "printed": batch.end - batch.start,
        "spoiled": 0,
        "reconciled_at": order.handed_over_at,
        "reconciled_by_id": order.handed_over_by_id,
    }


def rolls_to_sheets(apps, schema_editor):
    batches = apps.get_model("stamps", "StampBatch").objects
    for roll in apps.get_model("stamps", "Roll").objects.filter(verified=0):
        batches.filter(pk=roll.batch_id).update(sheet=roll.file.name, sheet_sha256=roll.sha256)
        roll.delete()


class Migration(migrations.Migration):
    dependencies = [("stamps", "0004_books_of_old_stamps"), ("people", "0001_initial")]

    operations = [migrations.RunPython(sheets_to_rolls, rolls_to_sheets)]
