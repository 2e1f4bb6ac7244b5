"""Who supplies the stamps of the programme, how many, and who pays which part (seed 003, step 7)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from onboarding.models.journey import Onboarding
from people.models import AdminUnit, User
from people.scope import scope_of


class SolutionProviderQuerySet(models.QuerySet["SolutionProvider"]):
    """Questions about many providers."""

    def visible_to(self, user: User | AnonymousUser) -> SolutionProviderQuerySet:
        """Officials see those that their province chose."""
        scope = scope_of(user)
        return self if scope.is_keeper else self.filter(province__in=scope.province_ids)


class SolutionProvider(models.Model):
    """A unit that supplies stamps or software; it needs proof of its connection to the national portal."""

    province = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="solution_providers")
    name = models.CharField(_("name"), max_length=200)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    portal_proof = models.CharField(_("proof of the portal connection"), max_length=200)
    proved_on = models.DateField(_("proved on"))

    objects: ClassVar[Any] = SolutionProviderQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("solution provider")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["province", "name"], name="solution_provider_once_in_province"),
            models.CheckConstraint(condition=~Q(portal_proof=""), name="solution_provider_has_proof"),
        ]

    def __str__(self) -> str:
        return self.name


class StampSupply(models.Model):
    """A delivery of stamps to one product's producer, with the shares of its cost."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.PROTECT, related_name="supplies")
    provider = models.ForeignKey(SolutionProvider, on_delete=models.PROTECT, related_name="supplies")
    quantity = models.PositiveIntegerField(_("stamps handed out"))
    received = models.PositiveIntegerField(_("stamps received"), null=True, blank=True)
    state_share = models.PositiveSmallIntegerField(_("share of the budget (%)"))
    producer_share = models.PositiveSmallIntegerField(_("share of the producer (%)"))
    supplied_on = models.DateField(_("handed out on"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("onboarding", "supplied_on", "pk")
        verbose_name = _("stamp supply")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state_share=100 - F("producer_share")), name="stamp_supply_shares_make_100"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stamp_supply_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} · {self.onboarding}"
