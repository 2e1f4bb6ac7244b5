"""The register of legal texts: what papers cite and what is made known, with the days between which each holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models import Standard


class LegalTextQuerySet(models.QuerySet["LegalText"]):
    """Questions about many legal texts."""

    def with_validity(self) -> LegalTextQuerySet:
        """With everything that says how long they hold."""
        return self.select_related("standard__superseded_by", "superseded_by__standard")

    def named(self, codes: Iterable[str]) -> LegalTextQuerySet:
        """Those with one of these numbers and symbols, as written by `projects.legal.cited`."""
        return self.filter(code__in=set(codes)).with_validity()


class LegalText(models.Model):
    """A legal text of the register: papers cite it, and it is made known (seed 001, section II.1c).

    Source of its data: `projects/data/legal_texts.json`; a text that was not checked against its published
    wording says so.
    """

    code = models.CharField(
        _("number and symbol"), max_length=60, unique=True, help_text=_("As printed, for example 43/2017/NĐ-CP.")
    )
    title = models.CharField(_("title"), max_length=400)
    issuer = models.CharField(_("issuer"), max_length=160, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    repealed_on = models.DateField(
        _("no longer in force from"), null=True, blank=True, help_text=_("The first day on which it no longer holds.")
    )
    # A standard of the register carries its own days and its own successor.
    standard = models.ForeignKey(
        Standard, null=True, blank=True, on_delete=models.PROTECT, related_name="legal_texts",
        verbose_name=_("standard of the register"),
    )  # fmt: skip
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes",
        verbose_name=_("superseded by"),
    )  # fmt: skip
    # A text that amends another leaves it in force.
    amends = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="amended_by", verbose_name=_("amends")
    )
    note = models.CharField(_("note on its validity"), max_length=300, blank=True)
    source = models.CharField(_("source of these facts"), max_length=200, blank=True)
    is_confirmed = models.BooleanField(_("checked against the published text"), default=True)

    objects: ClassVar[Any] = LegalTextQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        verbose_name = _("legal text")

    def __str__(self) -> str:
        return self.code

    @property
    def successor(self) -> str:
        """What took its place, or "": its own entry, or its standard's."""
        if self.superseded_by:
            return self.superseded_by.code
        return self.standard.superseded_by.code if self.standard and self.standard.superseded_by else ""

    @property
    def starts_on(self) -> date | None:
        """The first day on which it may be cited, as far as known."""
        return self.standard.effective_from if self.standard else self.in_force_from or self.issued_on

    @property
    def ends_on(self) -> date | None:
        """The first day on which it no longer holds, as far as known; else its successor's first day."""
        if self.repealed_on:
            return self.repealed_on
        if self.standard and self.standard.effective_to:
            return self.standard.effective_to + timedelta(days=1)
        return self.superseded_by.starts_on if self.superseded_by else None

    def is_superseded_on(self, day: date) -> bool:
        """Whether it must not be cited or made known any more on `day`; a successor without a day counts always."""
        return self.ends_on <= day if self.ends_on else bool(self.successor)
