"""Whether an indicator has reached its target: a word and a tone."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.indicators import Measure
from reports.models import IndicatorTarget


class Verdict(models.TextChoices):
    """Where an indicator stands against its target (seed 004, row TH-K2)."""

    NO_DATA = "no_data", _("No data yet")
    BELOW = "below", _("Not reached")
    REACHED = "reached", _("Reached")
    ABOVE = "above", _("Above the target")


def verdict(measure: Measure, target: IndicatorTarget) -> Verdict:
    """Judge a measure; a share of nothing is never 100 %, and a percentage is compared without rounding."""
    if measure.denominator == 0:
        return Verdict.NO_DATA
    whole = measure.denominator if target.is_percent and measure.denominator else 1
    reached = measure.numerator * (100 if target.is_percent else 1)
    if reached < target.minimum * whole:
        return Verdict.BELOW
    if target.maximum is not None and reached > target.maximum * whole:
        return Verdict.ABOVE
    return Verdict.REACHED


def tone_of(found: Verdict, target: IndicatorTarget, day: date) -> str:
    """Return the tone of the status: below the target is late only after its day."""
    if found == Verdict.BELOW:
        return "late" if target.due_on and target.due_on < day else "wait"
    return "no" if found == Verdict.NO_DATA else "ok"


def value_text(measure: Measure) -> str:
    """Return "12/40 (30 %)", whole percent rounded down so that 100 means all; a count is its number."""
    if measure.denominator is None:
        return str(measure.numerator)
    share = f"{measure.numerator}/{measure.denominator}"
    return f"{share} ({100 * measure.numerator // measure.denominator} %)" if measure.denominator else share
