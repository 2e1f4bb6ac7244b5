"""The form of a target."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.fields import WholeNumberField
from registry.forms import CleanTextMixin, day_input
from reports.indicators import Indicator

MOST = 1_000_000  # more is a slip of the finger


def _number(label: Any, **options: Any) -> WholeNumberField:
    return WholeNumberField(label=label, min_value=0, max_value=MOST, **options)


class TargetForm(CleanTextMixin):
    """Figures, day and the words of the paper; only a share may be in percent."""

    minimum = _number(_("At least"))
    maximum = _number(_("At most"), required=False, help_text=_("Leave it empty when the paper names no upper end."))
    is_percent = forms.BooleanField(label=_("In percent"), required=False)
    due_on = forms.DateField(label=_("To be reached by"), required=False, widget=day_input())
    source = forms.CharField(
        label=_("Target as printed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The words of the plan or decision, with its number."),
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not indicator.is_share:
            del self.fields["is_percent"]
