"""What happens to stamps after they are issued: ranges put on lots, and ranges whose state was changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lots.models import Lot
from people.models import User
from stamps.models.batch import StampBatch


class Activation(models.Model):
    """A range of a batch put on a lot: from now on a scan shows the lot. No two overlap (migration 0003)."""

    batch = models.ForeignKey(StampBatch, on_delete=models.PROTECT, related_name="activations")
    start = models.PositiveBigIntegerField(_("first index"), unique=True)
    end = models.PositiveBigIntegerField(_("index after the last"), unique=True)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="activations")
    activated_at = models.DateTimeField(_("activated at"), editable=False)
    activated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stamp_activations", editable=False
    )

    class Meta:
        ordering = ("batch", "start")
        verbose_name = _("activation")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="activation_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.lot} [{self.start}, {self.end})"

    @property
    def quantity(self) -> int:
        """Number of stamps."""
        return self.end - self.start


class StampChangeQuerySet(models.QuerySet["StampChange"]):
    """Questions about many changes."""

    def visible_to(self, user: User | AnonymousUser) -> StampChangeQuerySet:
        """Changes of the batches that the user may see."""
        return self.filter(batch__in=StampBatch.objects.visible_to(user))


class StampChange(models.Model):
    """A change of the state of a range. Rows are only added; for a stamp the newest that covers it holds.

    Nothing with a printed code is ever deleted: a stamp that must not be used any more says so when scanned.
    """

    class State(models.TextChoices):
        SUSPENDED = "suspended", pgettext_lazy("stamp", "Suspended")
        VOID = "void", pgettext_lazy("stamp", "Void")
        LOST = "lost", pgettext_lazy("stamp", "Lost")
        DAMAGED = "damaged", pgettext_lazy("stamp", "Damaged")
        REPLACED = "replaced", pgettext_lazy("stamp", "Replaced")
        RESTORED = "restored", pgettext_lazy("stamp", "Restored")

    batch = models.ForeignKey(StampBatch, on_delete=models.PROTECT, related_name="changes")
    start = models.PositiveBigIntegerField(_("first index"))
    end = models.PositiveBigIntegerField(_("index after the last"))
    state = models.CharField(_("state"), max_length=10, choices=State)
    reason = models.CharField(_("reason"), max_length=300)
    # The first of as many stamps that take the place of a replaced range: start + n is replaced by this + n.
    replaced_by = models.PositiveBigIntegerField(_("index of the first replacement"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"), editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[Any] = StampChangeQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("change of stamps")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["batch", "start"], name="stamp_change_range")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="stamp_change_not_empty"),
            models.CheckConstraint(condition=~Q(reason=""), name="stamp_change_has_reason"),
            models.CheckConstraint(
                condition=Q(state="replaced", replaced_by__isnull=False) | (~Q(state="replaced") & Q(replaced_by=None)),
                name="stamp_change_names_replacement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} [{self.start}, {self.end})"

    @property
    def quantity(self) -> int:
        """Number of stamps."""
        return self.end - self.start
