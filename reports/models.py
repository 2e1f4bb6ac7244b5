"""The targets that a programme sets for its indicators, as its paper prints them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.models import Programme


class IndicatorKey(models.TextChoices):
    """The indicators that are counted from the records; the keys are data and are never renamed."""

    TRAINED_SHARE = "trained_share", _("Producers with a trained person")
    TRACED_ESTABLISHMENTS = "traced_establishments", _("Producers whose products can be traced")
    COMPANY_STANDARDS = "company_standards", _("Company standards on traceability with their guide")
    INTEROPERABLE_SHARE = "interoperable_share", _("Barcode users who trace by standards and can exchange data")


class IndicatorTarget(models.Model):
    """What a programme promises of one indicator: at least `minimum`, and up to `maximum` if the paper says so."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="indicator_targets")
    indicator = models.CharField(_("indicator"), max_length=30, choices=IndicatorKey, editable=False)
    minimum = models.PositiveIntegerField(_("at least"))
    maximum = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    # A share may have a target in percent or in producers; a count only in numbers.
    is_percent = models.BooleanField(_("in percent"), default=False)
    due_on = models.DateField(_("to be reached by"), null=True, blank=True)
    source = models.TextField(_("target as printed"))

    class Meta:
        ordering = ("programme", "indicator")
        verbose_name = _("target of an indicator")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "indicator"], name="indicator_target_once_in_programme"),
            models.CheckConstraint(
                condition=Q(maximum=None) | Q(maximum__gte=F("minimum")), name="indicator_target_in_order"
            ),
            models.CheckConstraint(
                condition=Q(is_percent=False) | (Q(minimum__lte=100) & (Q(maximum=None) | Q(maximum__lte=100))),
                name="indicator_target_percent_to_100",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="indicator_target_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()}: {self.figures()}"

    def figures(self) -> str:
        """The figures in short: "50–70", "≥ 30 %", "100 %"."""
        unit = " %" if self.is_percent else ""
        if self.maximum is not None:
            return f"{self.minimum}–{self.maximum}{unit}"
        if self.is_percent and self.minimum == 100:
            return "100 %"
        return f"≥ {self.minimum}{unit}"
