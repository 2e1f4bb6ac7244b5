"""Batches of serials and the rolls they are printed on: ranges of running numbers, never a row per stamp."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import User
from registry.models import Product
from stamps.models.order import StampOrder


class SerialCounter(models.Model):
    """The one running number of all stamps; a row so that it can be locked. Never goes back."""

    next_index = models.PositiveBigIntegerField(_("next index"), default=0)

    class Meta:
        verbose_name = _("serial counter")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.next_index)


class StampBatchQuerySet(models.QuerySet["StampBatch"]):
    """Questions about many batches."""

    def visible_to(self, user: User | AnonymousUser) -> StampBatchQuerySet:
        """Batches of the orders that the user may see."""
        return self.filter(order__in=StampOrder.objects.visible_to(user))

    def handed_over(self) -> StampBatchQuerySet:
        """Batches in the producer's hands, in the order of their numbers."""
        return self.filter(order__status=StampOrder.Status.HANDED_OVER).order_by("start")


class StampBatch(models.Model):
    """Stamps issued together: running numbers start ≤ n < end of one product, one key version.

    No two batches overlap: the database itself refuses it (migration 0003).
    """

    order = models.OneToOneField(StampOrder, on_delete=models.PROTECT, related_name="batch")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="stamp_batches")
    # The code as printed: a product that gets a GTIN later keeps its old stamps under the old code.
    code = models.CharField(_("product trace code"), max_length=20, db_index=True, editable=False)
    key_version = models.CharField(_("key version"), max_length=1, editable=False)
    start = models.PositiveBigIntegerField(_("first index"), unique=True, editable=False)
    end = models.PositiveBigIntegerField(_("index after the last"), unique=True, editable=False)
    issued_at = models.DateTimeField(_("issued at"), editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stamp_batches", editable=False
    )

    objects: ClassVar[Any] = StampBatchQuerySet.as_manager()

    class Meta:
        ordering = ("-start",)
        verbose_name = _("stamp batch")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="stamp_batch_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.product} [{self.start}, {self.end})"

    @property
    def quantity(self) -> int:
        """Number of stamps."""
        return self.end - self.start


class RollQuerySet(models.QuerySet["Roll"]):
    """Questions about many rolls."""

    def visible_to(self, user: User | AnonymousUser) -> RollQuerySet:
        """Rolls of the batches that the user may see."""
        return self.filter(batch__in=StampBatch.objects.visible_to(user))

    def in_force(self) -> RollQuerySet:
        """Rolls that were not taken back before their file was released."""
        return self.filter(cancelled_at=None)

    def for_page(self) -> RollQuerySet:
        """What a page shows of a roll, without a query per row."""
        people = ("requested_by", "cancelled_by", "reconciled_by")
        return self.select_related("batch__product__producer", "batch__order__enrolment__project__province", *people)


class Roll(models.Model):
    """A part of a batch that is printed as one file: a roll, or a pile of sheets.

    The print house gets the file with its hash and reports back how many it printed and how many are
    spoiled. Two rolls never hold the same stamp, unless the first was cancelled unreleased (migration 0003).
    """

    batch = models.ForeignKey(StampBatch, on_delete=models.PROTECT, related_name="rolls")
    number = models.PositiveSmallIntegerField(_("roll number"))
    start = models.PositiveBigIntegerField(_("first index"))
    end = models.PositiveBigIntegerField(_("index after the last"))
    # The measures in mm as `stamps.printing.layouts` writes and reads them: what was printed stays known.
    layout = models.JSONField(_("layout"))
    logo = models.FileField(_("logo on the labels"), upload_to="stamp-logos/", blank=True, editable=False)
    requested_at = models.DateTimeField(_("requested at"), editable=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(_("label sheet"), upload_to="stamp-sheets/", blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    # Symbols that were rendered and read back before the release: all, or a sample above 10,000.
    verified = models.PositiveIntegerField(_("symbols read back"), null=True, editable=False)
    released_at = models.DateTimeField(_("released at"), null=True, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    print_house = models.CharField(_("print house"), max_length=200, blank=True, editable=False)
    printed = models.PositiveIntegerField(_("printed"), null=True, editable=False)
    spoiled = models.PositiveIntegerField(_("spoiled"), null=True, editable=False)
    reconciled_at = models.DateTimeField(_("reconciled at"), null=True, editable=False)
    reconciled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects: ClassVar[Any] = RollQuerySet.as_manager()

    class Meta:
        ordering = ("batch", "number")
        verbose_name = _("roll")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "number"], name="roll_number_once_in_batch"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="roll_not_empty"),
            models.CheckConstraint(
                condition=Q(released_at=None) | (~Q(file="") & ~Q(sha256="") & Q(verified__isnull=False)),
                name="roll_released_with_file_and_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch.order} / {self.number}"

    def get_absolute_url(self) -> str:
        """Where it is listed: on its order's page."""
        return f"{reverse('stamps:order', args=[self.batch.order_id])}#roll-{self.number}"

    @property
    def quantity(self) -> int:
        """Number of stamps."""
        return self.end - self.start
