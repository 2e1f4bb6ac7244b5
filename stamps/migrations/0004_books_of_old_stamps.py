"""Stamps issued before the ledger was kept get their movements and their quota from what is on record."""

from django.db import migrations
from django.db.models import F


def open_books(apps, schema_editor):
    batches = apps.get_model("stamps", "StampBatch").objects.select_related("order").prefetch_related("activations")
    movement = apps.get_model("stamps", "StampMovement")
    for batch in batches.iterator(chunk_size=500):
        order, rows = batch.order, []

        def move(start, end, source, target, at, by_id, batch=batch, rows=rows):
            rows.append(
                movement(
                    batch=batch, start=start, end=end, source=source, target=target, moved_at=at, moved_by_id=by_id
                )
            )

        move(batch.start, batch.end, "issue", "store", batch.issued_at, batch.issued_by_id)
        if order.handed_over_at:
            move(batch.start, batch.end, "store", "producer", order.handed_over_at, order.handed_over_by_id)
        for each in batch.activations.all():
            move(each.start, each.end, "producer", "activated", each.activated_at, each.activated_by_id)
        movement.objects.bulk_create(rows)
    enrolments = apps.get_model("projects", "Enrolment").objects
    for order in apps.get_model("stamps", "StampOrder").objects.exclude(status__in=("refused", "cancelled")):
        enrolments.filter(pk=order.enrolment_id).update(stamp_quota=F("stamp_quota") + order.quantity)


class Migration(migrations.Migration):
    dependencies = [("stamps", "0003_ranges_never_overlap"), ("projects", "0006_stamp_quota")]

    operations = [migrations.RunPython(open_books, migrations.RunPython.noop)]
