"""Orders of stamps: who asked for how many, who pays which part, and who decided."""

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

from people.models import User
from projects.models import Enrolment
from projects.models.project import with_visible_enrolment


class StampOrderQuerySet(models.QuerySet["StampOrder"]):
    """Questions about many stamp orders."""

    def visible_to(self, user: User | AnonymousUser) -> StampOrderQuerySet:
        """Officials see their province's orders; a producer's people see their own."""
        return self.filter(with_visible_enrolment(user))

    def for_table(self) -> StampOrderQuerySet:
        """What the list shows, without a query per row: `activated` counts stamps on lots."""
        spans = Coalesce(Sum(F("batch__activations__end") - F("batch__activations__start")), 0)
        rows = self.select_related("enrolment__project", "enrolment__product__producer", "batch")
        return rows.annotate(activated=spans).order_by("-pk")  # grouping drops the order of Meta

    def counting(self) -> StampOrderQuerySet:
        """Orders that take from the quota of their enrolment: all but the refused and the cancelled."""
        return self.exclude(status__in=(StampOrder.Status.REFUSED, StampOrder.Status.CANCELLED))

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
    # Who pays: Sơn La supports "một phần" (seed 003, step 7). Without a price the shares stand alone.
    unit_price = models.PositiveIntegerField(_("price of a stamp (đồng)"), null=True, blank=True)
    state_share = models.PositiveSmallIntegerField(_("share of the budget (%)"), default=100)
    producer_share = models.PositiveSmallIntegerField(_("share of the producer (%)"), default=0)
    has_pin = models.BooleanField(_("hidden code under a scratch layer"), default=False)
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
            models.CheckConstraint(
                condition=Q(state_share=100 - F("producer_share")), name="stamp_order_shares_make_100"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.enrolment.product}"

    def get_absolute_url(self) -> str:
        """The order's page."""
        return reverse("stamps:order", args=[self.pk])
