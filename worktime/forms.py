"""Forms of the calendar: they check what one field can tell; the actions check the rest."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from worktime.models import SpecialDay


def _day_input() -> forms.DateInput:
    return forms.DateInput(
        format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"}
    )


class SpecialDayForm(forms.Form):
    """One special day, or a swap of two."""

    kind = forms.ChoiceField(
        label=_("What is special about it"),
        widget=forms.RadioSelect,
        choices=(
            (SpecialDay.Kind.OFF, _("A weekday on which the office is closed")),
            (SpecialDay.Kind.WORKED, _("A Saturday or Sunday on which the office works")),
        ),
        initial=SpecialDay.Kind.OFF,
    )
    day = forms.DateField(label=_("Day"), widget=_day_input())
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As the announcement calls it, for example “Quốc khánh”.")
    )
    instead = forms.DateField(
        label=_("Saturday or Sunday worked instead"),
        required=False,
        widget=_day_input(),
        help_text=_("Only for a swap: the office is closed on the day above and works on this one in exchange."),
    )

    def clean_name(self) -> str:
        """Compose Vietnamese letters in one way, whichever keyboard typed them."""
        return unicodedata.normalize("NFC", self.cleaned_data["name"]).strip()

    def clean(self) -> dict[str, Any]:
        """A swap has a day off first."""
        if self.cleaned_data.get("instead") and self.cleaned_data.get("kind") == SpecialDay.Kind.WORKED:
            self.add_error("instead", _("For a swap enter the day off above and the day worked here."))
        return self.cleaned_data
