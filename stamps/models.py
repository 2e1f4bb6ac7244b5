"""Stamp orders, batches of serials, and their activation: ranges, never a row per stamp."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lots.models import Lot
from people.models import User
from people.scope import scope_of
from projects.models import Enrolment
from registry.models import Product
from registry.models.producer import producers_of


class StampOrderQuerySet(models.QuerySet["StampOrder"]):
    """Questions about many stamp orders."""

    def visible_to(self, user: User | AnonymousUser) -> StampOrderQuerySet:
        """Officials see their province's orders; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(
            Q(enrolment__project__province__in=scope.province_ids)
            | Q(enrolment__product__producer__in=producers_of(user))
        )

    def for_table(self) -> StampOrderQuerySet:
        """What the list shows, without a query per row: `activated` counts stamps on lots."""
        spans = Coalesce(Sum(F("batch__activations__end") - F("batch__activations__start")), 0)
        rows = self.select_related("enrolment__project", "enrolment__product__producer", "batch")
        return rows.annotate(activated=spans).order_by("-pk")  # grouping drops the order of Meta

    def for_page(self) -> StampOrderQuerySet:
        """What an order's page shows."""
        people = ("requested_by", "decided_by", "handed_over_by")
        return self.select_related("enrolment__project", "enrolment__product__producer", "batch", *people)


class StampOrder(models.Model):
    """A request for stamps for one enrolled product."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Waiting for approval")
        REFUSED = "refused", _("Refused")
        ISSUED = "issued", pgettext_lazy("stamps", "Issued")
        HANDED_OVER = "handed_over", _("Handed over")
        CANCELLED = "cancelled", _("Cancelled")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="stamp_orders")
    quantity = models.PositiveIntegerField(_("quantity"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.REQUESTED, editable=False)
    requested_at = models.DateTimeField(_("requested at"), editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stamp_orders", editable=False
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="decided_orders", editable=False
    )
    refusal = models.CharField(_("reason for refusal"), max_length=300, blank=True, editable=False)
    handed_over_at = models.DateTimeField(_("handed over at"), null=True, editable=False)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="handed_orders", editable=False
    )

    objects: ClassVar[Any] = StampOrderQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("stamp order")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stamp_order_quantity_positive"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.enrolment.product}"

    def get_absolute_url(self) -> str:
        """The order's page."""
        return reverse("stamps:order", args=[self.pk])


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

    def waiting(self) -> StampBatchQuerySet:
        """Batches in the producer's hands with stamps that are on no lot yet."""
        activated = Coalesce(Sum(F("activations__end") - F("activations__start")), 0)
        handed_over = self.filter(order__status=StampOrder.Status.HANDED_OVER)
        waiting = handed_over.annotate(activated=activated).filter(activated__lt=F("end") - F("start"))
        return waiting.order_by("start")


class StampBatch(models.Model):
    """Stamps issued together: running numbers start ≤ n < end of one product, one key version."""

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
    sheet = models.FileField(_("label sheet"), upload_to="stamp-sheets/", blank=True, editable=False)
    sheet_sha256 = models.CharField(_("SHA-256 of the sheet"), max_length=64, blank=True, editable=False)

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

    def free_range(self) -> tuple[int, int] | None:
        """The first running numbers that are on no lot, as (start, end); None when all are."""
        free = self.start
        for start, end in self.activations.order_by("start").values_list("start", "end"):
            if start > free:
                return free, start
            free = end
        return (free, self.end) if free < self.end else None


class Activation(models.Model):
    """A range of a batch put on a lot: from now on a scan shows the lot."""

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
