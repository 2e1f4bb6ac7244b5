"""What the acts on stamps share: rows under their lock, the log, and serials of running numbers."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from people import audit
from people.models import User
from stamps.codes import serials
from stamps.models import StampBatch, StampOrder


def locked_order(order: StampOrder) -> StampOrder:
    """Return the order under its row lock, with what the acts look at."""
    rows = StampOrder.objects.select_for_update(of=("self",))
    return rows.select_related("enrolment__project__province", "enrolment__product__producer").get(pk=order.pk)


def locked_batch(batch: StampBatch) -> StampBatch:
    """Return the batch under its row lock, with what the acts look at."""
    rows = StampBatch.objects.select_for_update(of=("self",))
    return rows.select_related("order__enrolment__project__province", "product__producer").get(pk=batch.pk)


def log(order: StampOrder, verb: str, *, by: User | None, at: datetime | None, **facts: object) -> None:
    """Write an act into the history of the order and its project."""
    project = order.enrolment.project
    facts["product"] = order.enrolment.product.name
    audit.record(verb, by=by, target=order, case=project, province=project.province, at=at, **facts)


def serial_at(batch: StampBatch, index: int) -> str:
    """Return the serial of one running number of the batch."""
    ring = serials.keyring_from_settings().with_version(batch.key_version)
    return serials.encode(batch.code, index, ring)


def uri_at(batch: StampBatch, index: int) -> str:
    """Return the address printed on one stamp of the batch."""
    return serials.printed_uri(settings.STAMPS_HOST, batch.code, serial_at(batch, index))
