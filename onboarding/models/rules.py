"""What a project asks of a product that is to come on board: data, because every plan sets its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.models import PilotProject


class OnboardingRules(models.Model):
    """A project's rules of selection (seed 003: from 3 stars; 3 and 4 stars are funded)."""

    project = models.OneToOneField(PilotProject, on_delete=models.PROTECT, related_name="onboarding_rules")
    minimum_stars = models.PositiveSmallIntegerField(_("stars needed to be selected"))
    # Both empty: the plan funds nobody.
    funded_from = models.PositiveSmallIntegerField(_("funded from stars"), null=True, blank=True)
    funded_to = models.PositiveSmallIntegerField(_("funded up to stars"), null=True, blank=True)

    class Meta:
        ordering = ("project",)
        verbose_name = _("rules of onboarding")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(minimum_stars__lte=5), name="onboarding_rules_stars_to_5"),
            models.CheckConstraint(
                condition=Q(funded_from=None, funded_to=None) | Q(funded_from__lte=F("funded_to"), funded_to__lte=5),
                name="onboarding_rules_funded_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.code} ≥ {self.minimum_stars}"

    def funds(self, stars: int) -> bool:
        """Whether the plan pays for a product with so many stars."""
        if self.funded_from is None or self.funded_to is None:
            return False
        return self.funded_from <= stars <= self.funded_to
