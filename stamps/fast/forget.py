"""Forgetting scans: single entries after STAMPS_SCAN_DAYS, the keys of their hashes after STAMPS_KEY_DAYS."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from stamps.models import DayKey, ScanEntry

AT_ONCE = 10_000  # rows in one transaction, so that the log can write in between


def forget_keys(now: datetime | None = None) -> int:
    """Delete the keys of days that are over long enough, which makes their hashes unlinkable; return how many."""
    last_day = timezone.localdate(now or timezone.now()) - timedelta(days=settings.STAMPS_KEY_DAYS)
    deleted: int = DayKey.objects.filter(day__lt=last_day).delete()[0]
    return deleted


def forget_scans(now: datetime | None = None) -> int:
    """Delete single scans that have served their time; return how many. Sums by stamp, lot and day stay."""
    before = (now or timezone.now()) - timedelta(days=settings.STAMPS_SCAN_DAYS)
    old = ScanEntry.objects.filter(scanned_at__lt=before).order_by("scanned_at")
    deleted = 0
    while keys := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        # A range of keys is not it: entries are written in the order of their time, but by several processes.
        for place in range(0, len(keys), 500):
            deleted += ScanEntry.objects.filter(pk__in=keys[place : place + 500]).delete()[0]
    return deleted
