"""The stamp ledger: every stamp lies in exactly one account, and every change moves a range between two."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import User
from people.scope import scope_of
from registry.models import Producer
from registry.models.producer import producers_of
from stamps.models.batch import StampBatch


class Account(models.TextChoices):
    """Where stamps lie. Sources and sinks: ISSUE is where they come from; the last five are where they end."""

    ISSUE = "issue", pgettext_lazy("stamp account", "Issued")
    STORE = "store", pgettext_lazy("stamp account", "In store")
    PRODUCER = "producer", pgettext_lazy("stamp account", "Handed over")
    ACTIVATED = "activated", pgettext_lazy("stamp account", "Activated")
    VOID = "void", pgettext_lazy("stamp account", "Void")
    LOST = "lost", pgettext_lazy("stamp account", "Lost")
    DAMAGED = "damaged", pgettext_lazy("stamp account", "Damaged")
    REPLACED = "replaced", pgettext_lazy("stamp account", "Replaced")


class StampMovement(models.Model):
    """Stamps moved from one account to another; written with the act that moved them, never changed.

    What one account gives another takes: the ledger balances by its form. That it tells the truth is
    shown by holding it against the ranges themselves (`stamps.life.ledger`, invariant I2).
    """

    batch = models.ForeignKey(StampBatch, on_delete=models.PROTECT, related_name="movements")
    start = models.PositiveBigIntegerField(_("first index"))
    end = models.PositiveBigIntegerField(_("index after the last"))
    source = models.CharField(_("from"), max_length=10, choices=Account)
    target = models.CharField(_("to"), max_length=10, choices=Account)
    moved_at = models.DateTimeField(_("moved at"), editable=False, db_index=True)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    cause = models.CharField(_("cause"), max_length=300, blank=True)

    class Meta:
        ordering = ("moved_at", "pk")
        verbose_name = _("stamp movement")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="stamp_movement_not_empty"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="stamp_movement_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target} [{self.start}, {self.end})"

    @property
    def quantity(self) -> int:
        """Number of stamps."""
        return self.end - self.start


class StampCountQuerySet(models.QuerySet["StampCount"]):
    """Questions about many counts."""

    def visible_to(self, user: User | AnonymousUser) -> StampCountQuerySet:
        """Officials see their province's counts; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(Q(producer__province__in=scope.province_ids) | Q(producer__in=producers_of(user)))


class StampCount(models.Model):
    """Stamps counted by hand at the end of a month, beside what the ledger says; a difference needs its cause."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="stamp_counts")
    month = models.DateField(_("month"))  # its first day
    account = models.CharField(
        _("account"), max_length=10, choices=[(Account.STORE, _("In store")), (Account.PRODUCER, _("Handed over"))]
    )
    counted = models.PositiveIntegerField(_("counted"))
    expected = models.PositiveIntegerField(_("according to the ledger"))
    cause = models.CharField(_("cause of the difference"), max_length=300, blank=True)
    counted_at = models.DateTimeField(_("counted at"), editable=False)
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[Any] = StampCountQuerySet.as_manager()

    class Meta:
        ordering = ("producer", "-month", "-pk")
        verbose_name = _("stamp count")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(counted=F("expected")) | ~Q(cause=""), name="stamp_count_difference_has_cause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.producer} {self.month:%m/%Y}: {self.counted}"
