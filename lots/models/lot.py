"""Lots and the plain events of their stages, in EPCIS's words; the full diary fits on these."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.scope import scope_of
from registry.models import Place, ProcessStep, Product
from registry.models.producer import producers_of

# GS1 General Specifications, AI (10): up to 20 characters of set 82; we leave out those that need
# escaping in a URI, so that a lot number reads the same on paper and in a link.
LOT_NUMBER = RegexValidator(r"^[A-Za-z0-9\-._]{1,20}$", _("A lot number has 1 to 20 letters, digits, dots or dashes."))
VIETNAM_OFFSET = "+07:00"


class LotQuerySet(models.QuerySet["Lot"]):
    """Questions about many lots."""

    def visible_to(self, user: User | AnonymousUser) -> LotQuerySet:
        """Officials see their province's lots; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(
            Q(product__producer__province__in=scope.province_ids) | Q(product__producer__in=producers_of(user))
        )

    def for_table(self) -> LotQuerySet:
        """What the list shows, without a query per row: `event_count` leaves out corrected events."""
        current = models.Count("events", filter=Q(events__corrected_by=None), distinct=True)
        rows = self.select_related("product__producer", "place").annotate(event_count=current)
        return rows.order_by("-produced_from", "-pk")  # grouping drops the order of Meta

    def for_page(self) -> LotQuerySet:
        """What a lot's page and its ten minimum items need."""
        return self.select_related(
            "product__producer__commune__parent__parent", "product__group", "place", "created_by"
        )


class Lot(models.Model):
    """Units of one product made together, AI (10); what a stamp is bound to when it is activated."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="lots")
    number = models.CharField(_("lot number"), max_length=20, validators=[LOT_NUMBER])
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="lots")
    produced_from = models.DateField(_("production from"))
    produced_to = models.DateField(_("production to"))
    # Empty means "not applicable", said on purpose (TT 02/2024 item 9, "nếu có").
    expires_on = models.DateField(_("best before"), null=True, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=20)
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lots", editable=False
    )

    objects: ClassVar[Any] = LotQuerySet.as_manager()

    class Meta:
        ordering = ("-produced_from", "-pk")
        verbose_name = _("lot")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["product", "number"], name="lot_number_once_for_product"),
            models.CheckConstraint(
                condition=Q(produced_to__gte=F("produced_from")), name="lot_production_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("produced_to")), name="lot_expires_after_production"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="lot_quantity_positive"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The lot's page."""
        return reverse("lots:lot", args=[self.pk])


class Event(models.Model):
    """What happened to a lot at one stage: what, where, when, why, and who says so. Never edited:
    a mistake is corrected by a new event that names the old one."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="events")
    step = models.ForeignKey(ProcessStep, on_delete=models.PROTECT, related_name="events")
    biz_step = models.CharField(_("business step"), max_length=80, editable=False)
    event_time = models.DateTimeField(_("time"))
    event_timezone_offset = models.CharField(_("time zone"), max_length=6, default=VIETNAM_OFFSET, editable=False)
    biz_location = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="events")
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recorded_events", editable=False
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="confirmed_events", editable=False
    )
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by", editable=False
    )

    class Meta:
        ordering = ("lot", "event_time", "pk")
        verbose_name = _("event")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="event_confirmed_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} · {self.lot}"

    @property
    def days_entered_late(self) -> int:
        """Whole days between the event and its entry; shown to reviewers and the public."""
        return max((self.recorded_at - self.event_time).days, 0)
