"""Logistic units: cartons and pallets that carry a GS1 SSCC, and the lots packed in them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gs1.keys import InvalidKey, check_sscc
from lots.models.lot import Lot
from people.models import User
from people.scope import scope_of
from registry.models import Producer
from registry.models.producer import producers_of


def validate_sscc(value: str) -> None:
    """Refuse anything but 18 digits with a valid check digit (GS1 General Specifications, SSCC)."""
    try:
        check_sscc(value)
    except InvalidKey as error:
        raise ValidationError(
            _("“%(value)s” is not an SSCC: 18 digits with a valid check digit.") % {"value": value}
        ) from error


class LogisticUnitQuerySet(models.QuerySet["LogisticUnit"]):
    """Questions about many units."""

    def visible_to(self, user: User | AnonymousUser) -> LogisticUnitQuerySet:
        """Officials see their province's units; a producer's people see their own."""
        scope = scope_of(user)
        if scope.is_keeper:
            return self
        return self.filter(Q(producer__province__in=scope.province_ids) | Q(producer__in=producers_of(user)))

    def standing(self) -> LogisticUnitQuerySet:
        """Units that were packed as recorded, whether or not they were unpacked since: what a scan may speak of."""
        return self.exclude(state=LogisticUnit.State.WRONG)


class LogisticUnit(models.Model):
    """A carton or pallet, AI (00). Its SSCC is made of the producer's own GS1 prefix; we never make one up."""

    class State(models.TextChoices):
        PACKED = "packed", _("Packed")
        UNPACKED = "unpacked", _("Unpacked")
        WRONG = "wrong", _("Recorded wrongly")

    # One record in force for a number: one that was wrong makes room for the right one. A number that was
    # unpacked stays taken, since GS1 lets nobody use an SSCC again soon (General Specifications, SSCC).
    sscc = models.CharField(_("SSCC"), max_length=18, validators=[validate_sscc])
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="logistic_units")
    packed_on = models.DateField(_("packed on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PACKED, editable=False)
    closed_at = models.DateTimeField(_("unpacked or corrected at"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    close_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    objects: ClassVar[Any] = LogisticUnitQuerySet.as_manager()

    class Meta:
        ordering = ("-packed_on", "-pk")
        verbose_name = _("logistic unit")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sscc"], condition=~Q(state="wrong"), name="sscc_once_in_force"),
            models.CheckConstraint(
                condition=Q(state="packed", closed_at=None) | (Q(closed_at__isnull=False) & ~Q(close_reason="")),
                name="unit_closed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.sscc

    @property
    def is_packed(self) -> bool:
        """Whether the goods are in it, as far as anybody said."""
        return self.state == self.State.PACKED


class UnitContent(models.Model):
    """How much of a lot is in a unit."""

    unit = models.ForeignKey(LogisticUnit, on_delete=models.PROTECT, related_name="contents")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="packed_in")
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)

    class Meta:
        ordering = ("unit", "pk")
        verbose_name = _("content of a unit")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "lot"], name="lot_once_in_unit"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="unit_content_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.lot} · {self.unit}"
