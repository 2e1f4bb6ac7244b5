"""What a province's lists look like, remembered so that the next one needs no questions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit


class ColumnMapping(models.Model):
    """Which column holds what in lists whose header has this fingerprint (imports.layout.fingerprint)."""

    province = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="column_mappings")
    target = models.CharField(_("kind of list"), max_length=40)
    fingerprint = models.CharField(_("fingerprint of the header"), max_length=64)
    places = models.JSONField(_("columns"), default=dict)
    used_at = models.DateTimeField(_("used at"), auto_now=True)

    class Meta:
        verbose_name = _("column mapping")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["province", "target", "fingerprint"], name="column_mapping_once"),
        ]

    def __str__(self) -> str:
        return f"{self.target} · {self.fingerprint[:8]}"
