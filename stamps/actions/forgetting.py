"""Forgetting who reported a stamp: contact and photo go when the case has been closed long enough."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from stamps.models import StampAlert

AT_ONCE = 500  # reports that one tick forgets; the next goes on


def forget_reporters(now: datetime | None = None) -> int:
    """Delete contact and photo of reports closed for STAMPS_REPORT_DAYS; return how many (Law 91/2025/QH15).

    What was found stays, and so does what the buyer wrote of the goods. The file goes before the row's word of
    it: cut off in between, the next tick finds the row again.
    """
    before = (now or timezone.now()) - timedelta(days=settings.STAMPS_REPORT_DAYS)
    forgotten = 0
    for alert in _rememberable().filter(closed_at__lt=before).order_by("pk")[:AT_ONCE]:
        name = alert.photo.name
        if name and not StampAlert.objects.filter(photo=name).exclude(pk=alert.pk).exists():
            alert.photo.storage.delete(name)
        StampAlert.objects.filter(pk=alert.pk).update(contact="", photo="")
        forgotten += 1
    return forgotten


def _rememberable() -> QuerySet[StampAlert]:
    found: QuerySet[StampAlert] = StampAlert.objects.exclude(Q(contact="") & Q(photo=""))
    return found
