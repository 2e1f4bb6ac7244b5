"""Form fields that read numbers as offices here write them: 1.200 is one thousand two hundred, 12,5 twelve and a half.

Django reads 1.200 in a field of whole numbers as 1 without a word.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?")
ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")


def plain(typed: str) -> str:
    """Return a number without the points and blanks that group its digits, and with a point for the comma."""
    joined = "".join(typed.split())
    if GROUPED.fullmatch(joined):
        joined = joined.replace(".", "")
    return joined.replace(",", ".", 1)


class WholeNumberField(forms.IntegerField):
    """A whole number; its digits may be grouped by points or blanks."""

    # Not a box of type "number": browsers send nothing where they see no number of their own.
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": gettext_lazy("Enter a whole number, for example 12.")}

    def to_python(self, value: Any) -> int | None:
        """Raise ValidationError for anything that is no whole number, 12,0 and 12.5 among it."""
        if isinstance(value, str):
            value = plain(value)
            if not re.fullmatch(r"[+-]?\d{1,18}", value) and value not in self.empty_values:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        number: int | None = super().to_python(value)
        return number


class _WithFraction(forms.Field):
    """What fields for fractions share: the reading, the box and the words."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": gettext_lazy("Enter a number, for example 12 or 12,5.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"localize": True, **options})  # shown with a comma, so that it is read again as it was

    def to_python(self, value: Any) -> Any:
        """Raise ValidationError for what is no number, and for 1.200: a thousand here, a little more than one there."""
        if isinstance(value, str):
            if ONE_GROUP.fullmatch("".join(value.split())):
                raise ValidationError(
                    _("This can be read in two ways; write %(whole)s without a point, or %(fraction)s with a comma.")
                    % {"whole": value.replace(".", ""), "fraction": value.replace(".", ",")},
                    code="ambiguous",
                )
            value = plain(value)
        return super().to_python(value)


class DecimalNumberField(_WithFraction, forms.DecimalField):
    """An exact number that may have a fraction."""


class MeasureField(_WithFraction, forms.FloatField):
    """A measured number that may have a fraction."""
