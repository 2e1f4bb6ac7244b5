"""The form of one row of money."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.fields import WholeNumberField
from projects.models import Funding
from projects.money import dong
from registry.forms import CleanTextMixin

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST = 10**15  # đồng; more is a slip of the finger
_AMOUNT = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+")


class AmountField(forms.CharField):
    """An amount in đồng, typed as offices write it (1.234.000) or as plain digits."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "n"})
        super().__init__(**{"max_length": 24, "widget": widget, **options})

    def prepare_value(self, value: Any) -> Any:
        """Show what is known with points."""
        return dong(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        """Return the number; nothing counts as zero where nothing may be written."""
        text = super().clean(value)
        if not text:
            return 0
        if not _AMOUNT.fullmatch(text):
            raise forms.ValidationError(_("Write a whole amount in đồng, for example 1.234.000."))
        number = int(re.sub(r"\D", "", text))
        if number > MOST:
            raise forms.ValidationError(_("This is more than any plan has; check the amount."))
        return number


class FundingForm(CleanTextMixin):
    """Source, kind, year and two amounts."""

    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=Funding.Source.choices)
    detail = forms.CharField(
        label=gettext_lazy("Kind of money"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("As printed in the plan, for example the science budget."),
    )
    year = WholeNumberField(
        label=gettext_lazy("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    planned = AmountField(label=gettext_lazy("Planned (đồng)"))
    disbursed = AmountField(label=gettext_lazy("Disbursed (đồng)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"year": timezone.localdate().year, **(self.initial or {})}

    def clean(self) -> dict[str, Any]:
        """No more is disbursed than planned."""
        cleaned = super().clean()
        planned, disbursed = cleaned.get("planned"), cleaned.get("disbursed")
        if planned is not None and disbursed is not None and disbursed > planned:
            self.add_error("disbursed", _("More is disbursed than planned; correct one of the amounts."))
        return cleaned
