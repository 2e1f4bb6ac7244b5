"""Moving producers and their places from a commune that has ended to the one that it became part of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import AdminUnit, User
from registry.actions.keeping import keep
from registry.errors import NotNow
from registry.models import Place, Producer


@transaction.atomic
def move_to_successor(
    producers: Collection[Producer], *, old: AdminUnit, new: AdminUnit, by: User, now: datetime | None = None
) -> int:
    """Give the producers and their places in `old` the commune `new`; return how many producers moved.

    The province of the registry stays: its number is in printed codes. Producers that are elsewhere by
    now are left alone. Raises NotNow unless `old` names `new` as its successor.
    """
    if not old.successors.filter(pk=new.pk).exists():
        raise NotNow(
            _("%(new)s does not follow %(old)s; choose one of its successors.") % {"old": old.name, "new": new.name}
        )
    for province in AdminUnit.objects.filter(producers__in=[each.pk for each in producers]).distinct():
        keep(province, by)
    rows = Producer.objects.select_for_update(of=("self",)).select_related("province").current()
    moved = list(rows.filter(pk__in=[each.pk for each in producers], commune=old).order_by("pk"))
    facts: dict[str, Any] = {"before": old.name, "after": new.name}
    for producer in moved:
        producer.commune = new
        producer.save(update_fields=["commune"])
        audit.record("registry.producer_moved", by=by, target=producer, province=producer.province, at=now, **facts)
    Place.objects.filter(producer__in=moved, commune=old).update(commune=new)
    return len(moved)
