"""Forms of recalls: take goods back, and say that it is over."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RecallForm(forms.Form):
    """Why goods are taken back, and what buyers should do."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("As whoever scans the stamps reads it, in plain words.")
    )
    advice = forms.CharField(
        label=_("What buyers should do"),
        max_length=300,
        help_text=_("For example: do not eat it, bring it back to where you bought it."),
    )
    document = forms.CharField(
        label=_("Number of the decision"), max_length=120, required=False, help_text=_("If there is one.")
    )


class LiftForm(forms.Form):
    """Why the goods may be sold again."""

    reason = forms.CharField(label=_("Reason for lifting"), max_length=300)
