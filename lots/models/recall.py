"""Recalls: one row takes a lot, or all lots of a product, back from the market."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lots.models.logistics import LogisticUnit
from lots.models.lot import Lot
from people.models import User
from people.scope import scope_of
from registry.models import Product
from registry.models.producer import producers_of


class RecallQuerySet(models.QuerySet["Recall"]):
    """Questions about many recalls."""

    def visible_to(self, user: User | AnonymousUser) -> RecallQuerySet:
        """Officials see their province's recalls; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(
            Q(product__producer__province__in=scope.province_ids) | Q(product__producer__in=producers_of(user))
        )

    def in_force(self) -> RecallQuerySet:
        """Recalls that were not lifted."""
        return self.filter(lifted_at=None)

    def of_unit(self, unit: LogisticUnit) -> RecallQuerySet:
        """Recalls of a lot in the carton or pallet, or of a lot's whole product; none once it is unpacked."""
        if not unit.is_packed:
            return self.none()
        lots = Lot.objects.filter(packed_in__unit=unit)
        return self.filter(Q(lot__in=lots) | Q(lot=None, product__lots__in=lots)).distinct()

    def of_lot(self, lot: Lot) -> RecallQuerySet:
        """Recalls that cover the lot: its own, and those of its whole product."""
        return self.filter(Q(lot=lot) | Q(product=lot.product_id, lot=None))

    def for_page(self) -> RecallQuerySet:
        """What pages show of a recall, without a query per row."""
        return self.select_related("product__producer__province", "lot", "recalled_by", "lifted_by")


class Recall(models.Model):
    """The order to take goods back (TT 02/2024/TT-BKHCN; Law on product quality): every stamp on them says so.

    Without a lot it covers every lot of the product, past and to come, until it is lifted.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="recalls")
    lot = models.ForeignKey(Lot, null=True, blank=True, on_delete=models.PROTECT, related_name="recalls")
    reason = models.CharField(_("reason"), max_length=300)
    # What buyers should do, as the scan page prints it.
    advice = models.CharField(_("advice to buyers"), max_length=300)
    document = models.CharField(_("number of the decision"), max_length=120, blank=True)
    recalled_at = models.DateTimeField(_("recalled at"), editable=False)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    lift_reason = models.CharField(_("reason for lifting"), max_length=300, blank=True, editable=False)

    objects: ClassVar[Any] = RecallQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("recall")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["lot"], condition=Q(lifted_at=None, lot__isnull=False), name="lot_recalled_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["product"], condition=Q(lifted_at=None, lot=None), name="product_recalled_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(advice=""), name="recall_says_why_and_what_to_do"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.lot or ''}".strip()

    def get_absolute_url(self) -> str:
        """The recall's page."""
        return reverse("lots:recall", args=[self.pk])

    @property
    def is_in_force(self) -> bool:
        """Whether the goods are still to be taken back."""
        return self.lifted_at is None
