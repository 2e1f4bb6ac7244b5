"""What is kept of scans: no name, no address; a network's keyed hash that cannot be undone once the day's key is gone.

Law 91/2025/QH15: what follows a person's use of digital services is sensitive; so an entry holds no raw
address, its hash is keyed by a key of the day that is destroyed (`DayKey`), and entries are dropped after
`STAMPS_SCAN_DAYS`. Sums by day and lot stay.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lots.models import Lot


class DayKey(models.Model):
    """The key of one day's hashes; dropping the row makes them unlinkable."""

    day = models.DateField(_("day"), unique=True)
    key = models.BinaryField(_("key"), max_length=32)

    class Meta:
        verbose_name = _("key of the day")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}"


class ScanEntry(models.Model):
    """One scan of a genuine stamp; written in bulk, seconds after the page was shown."""

    index = models.BigIntegerField(_("index"))
    scanned_at = models.DateTimeField(_("scanned at"))
    client = models.CharField(_("network, keyed hash"), max_length=16)
    province = models.CharField(_("province"), max_length=2, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("scan")
        default_permissions = ()
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["index", "scanned_at"], name="scan_of_stamp"),
            models.Index(fields=["scanned_at"], name="scan_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.scanned_at:%d/%m/%Y %H:%M}"


class StampSeen(models.Model):
    """What the next person who scans the stamp is told: how often, and when first; only of stamps ever scanned."""

    index = models.BigIntegerField(_("index"), primary_key=True)
    scans = models.PositiveIntegerField(_("scans"), default=0)
    clients = models.PositiveIntegerField(_("networks"), default=0)
    first_at = models.DateTimeField(_("first scan"))
    first_province = models.CharField(_("province of the first scan"), max_length=2, blank=True)
    last_at = models.DateTimeField(_("last scan"))
    last_province = models.CharField(_("province of the last scan"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("scanned stamp")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.index}: {self.scans}"


class ScanDay(models.Model):
    """Scans of a lot's stamps on one day from one province; stays when the entries are dropped."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="scan_days")
    day = models.DateField(_("day"))
    province = models.CharField(_("province"), max_length=2, blank=True)
    scans = models.PositiveIntegerField(_("scans"), default=0)

    class Meta:
        ordering = ("day", "pk")
        verbose_name = _("scans of a day")
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["lot", "day", "province"], name="scan_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lot} {self.day:%d/%m/%Y}: {self.scans}"


class PinTry(models.Model):
    """Tries of the hidden code of one stamp; five wrong ones lock it, and the page says so."""

    index = models.BigIntegerField(_("index"), primary_key=True)
    failed = models.PositiveSmallIntegerField(_("wrong tries"), default=0)
    locked_at = models.DateTimeField(_("locked at"), null=True)
    confirmed_at = models.DateTimeField(_("first confirmed at"), null=True)
    confirmations = models.PositiveIntegerField(_("confirmations"), default=0)

    class Meta:
        verbose_name = _("tries of a hidden code")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.index}: {self.failed}"
