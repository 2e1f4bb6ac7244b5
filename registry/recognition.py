"""How long an OCOP recognition still holds, in the words of the lists."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Half a year is what a producer needs to prepare the file for being assessed again.
EXPIRING_DAYS = 180


class RecognitionState(models.TextChoices):
    """Where a product stands between two recognitions."""

    VALID = "valid", _("Valid")
    EXPIRING = "expiring", _("Expires within 180 days")
    EXPIRED = "expired", _("Expired")
    NONE = "none", _("Not recognised")


TONES = {
    RecognitionState.VALID: "ok",
    RecognitionState.EXPIRING: "wait",
    RecognitionState.EXPIRED: "late",
    RecognitionState.NONE: "no",
}


def state_on(valid_until: date | None, day: date) -> RecognitionState:
    """Return the state on `day` of a product whose latest recognition ends on `valid_until`, if it has one."""
    if valid_until is None:
        return RecognitionState.NONE
    if valid_until <= day:
        return RecognitionState.EXPIRED
    return RecognitionState.EXPIRING if (valid_until - day).days <= EXPIRING_DAYS else RecognitionState.VALID


def in_state(state: str, day: date) -> Q:
    """Return the same as a condition on products that carry `last_valid_until`."""
    soon = day + timedelta(days=EXPIRING_DAYS)
    return {
        RecognitionState.VALID: Q(last_valid_until__gt=day),
        RecognitionState.EXPIRING: Q(last_valid_until__gt=day, last_valid_until__lte=soon),
        RecognitionState.EXPIRED: Q(last_valid_until__lte=day),
        RecognitionState.NONE: Q(last_valid_until__isnull=True),
    }[RecognitionState(state)]


class Band(models.TextChoices):
    """How near the end of a recognition is; a year's work list is read in this order."""

    EXPIRED = "expired", _("Expired")
    DAYS_30 = "30", _("Ends within 30 days")
    DAYS_90 = "90", _("Ends within 31 to 90 days")
    DAYS_180 = "180", _("Ends within 91 to 180 days")


# Band → the days left, both ends included; reminders are told on entering a band.
BAND_DAYS = {Band.DAYS_30: (1, 30), Band.DAYS_90: (31, 90), Band.DAYS_180: (91, EXPIRING_DAYS)}
BAND_TONES = {Band.EXPIRED: "late", Band.DAYS_30: "late", Band.DAYS_90: "wait", Band.DAYS_180: "go"}


def band_on(valid_until: date, day: date) -> Band | None:
    """Return the band on `day` of a recognition that ends on `valid_until`; None while it is far away."""
    left = (valid_until - day).days
    if left <= 0:
        return Band.EXPIRED
    return next((band for band, (_first, last) in BAND_DAYS.items() if left <= last), None)


def in_band(band: str, day: date) -> Q:
    """Return the same as a condition on recognitions."""
    if band == Band.EXPIRED:
        return Q(valid_until__lte=day)
    first, last = BAND_DAYS[Band(band)]
    return Q(valid_until__gte=day + timedelta(days=first), valid_until__lte=day + timedelta(days=last))
