"""Days that are not what their weekday says: public holidays, and days swapped for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpecialDay(models.Model):
    """A weekday that is off (holiday, day in lieu) or a Saturday or Sunday that is worked (swap day).

    Public holidays: Bộ luật Lao động 2019, Article 112; swap days are announced each year.
    """

    class Kind(models.TextChoices):
        OFF = "off", _("Day off")
        WORKED = "worked", _("Worked day")

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.OFF)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ("day",)
        verbose_name = _("special day")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
