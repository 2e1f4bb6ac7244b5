"""Standards that products and models apply, with the time in which they hold."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.product_group import ProductGroup


class StandardQuerySet(models.QuerySet["Standard"]):
    """Questions about many standards."""

    def in_force(self, day: date) -> StandardQuerySet:
        """Standards that may be cited on a paper of `day`."""
        return self.filter(effective_from__lte=day).filter(Q(effective_to__isnull=True) | Q(effective_to__gte=day))


class Standard(models.Model):
    """A TCVN, QCVN, company standard or foreign standard."""

    class Kind(models.TextChoices):
        TCVN = "tcvn", "TCVN"
        QCVN = "qcvn", "QCVN"
        TCCS = "tccs", "TCCS"
        INTERNATIONAL = "international", _("International")

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    effective_from = models.DateField(_("in force from"))
    effective_to = models.DateField(_("in force to"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    groups = models.ManyToManyField(ProductGroup, blank=True, related_name="standards")

    objects: ClassVar[Any] = StandardQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        verbose_name = _("standard")

    def __str__(self) -> str:
        return self.code
