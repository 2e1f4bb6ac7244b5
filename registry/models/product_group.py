"""OCOP's sets of products, and the groups that share one process."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class OcopSet(models.Model):
    """One of the 26 sets of products of the OCOP programme (QĐ 26/2026/QĐ-TTg, annex I)."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=160)
    industry = models.CharField(_("industry"), max_length=80)
    lead_ministry = models.CharField(_("lead ministry"), max_length=80, blank=True)
    # Set 26 is a service: it has no lots, so no stamps.
    has_lots = models.BooleanField(_("traceable by lot"), default=True)

    class Meta:
        ordering = ("number",)
        verbose_name = _("OCOP set")

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class ProductGroup(models.Model):
    """Products made by similar processes; they share the process, the guide and the diary."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    ocop_set = models.ForeignKey(OcopSet, on_delete=models.PROTECT, related_name="product_groups")
    description = models.TextField(_("description"), blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("product group")

    def __str__(self) -> str:
        return self.name


class ProcessStep(models.Model):
    """A stage of the group's chain, in order; each stage of a lot needs product, place and time."""

    group = models.ForeignKey(ProductGroup, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("order"))
    key = models.SlugField(_("key"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    # EPCIS CBV business step, or a URI of our own vocabulary for farm work that CBV has no word for.
    biz_step = models.CharField(_("business step"), max_length=80)
    is_required = models.BooleanField(_("required"), default=True)
    guidance = models.TextField(_("what to record"), blank=True)

    class Meta:
        ordering = ("group", "position")
        verbose_name = _("process step")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["group", "position"], name="process_step_position_once"),
            models.UniqueConstraint(fields=["group", "key"], name="process_step_key_once"),
        ]

    def __str__(self) -> str:
        return self.name
