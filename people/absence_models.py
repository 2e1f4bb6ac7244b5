"""The table of absences: who is away, until when, and who does their steps meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Questions about many absences."""

    def on(self, day: date) -> AbsenceQuerySet:
        """Absences in force on `day`."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_at=None)

    def overlapping(self, starts_on: date, ends_on: date) -> AbsenceQuerySet:
        """Absences not called off that share a day with the period."""
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on, ended_at=None)


class Absence(models.Model):
    """Days on which a substitute does somebody's steps (ủy quyền); both days belong to it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="substitutions")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    # Roles that are covered; empty: every role that the absent person holds.
    roles = models.JSONField(_("roles"), default=list, blank=True)
    # Cases that are covered, by their label in the audit log ("projects.pilotproject:12"); empty: all.
    cases = models.JSONField(_("cases"), default=list, blank=True)
    authority = models.CharField(_("number of the authorisation"), max_length=60, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences_made", editable=False
    )
    made_at = models.DateTimeField(_("made at"), editable=False)
    ended_at = models.DateTimeField(_("called off at"), null=True, editable=False)

    objects: ClassVar[Any] = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        verbose_name = _("absence")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(user=F("substitute")), name="absence_substitute_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.substitute}, {self.starts_on:%d/%m/%Y}–{self.ends_on:%d/%m/%Y}"
