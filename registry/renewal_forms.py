"""Forms of a renewal: the papers of its dossier, and the day on which it was sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseModelFormSet, modelformset_factory
from django.utils.translation import gettext_lazy as _

from registry.forms import day_input
from registry.holding_forms import not_in_the_future
from registry.models import RenewalItem


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """One paper of the dossier."""

    class Meta:
        model = RenewalItem
        fields = ("state", "note", "valid_until")
        widgets = {"valid_until": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # drawn in a table, not by crispy
            css = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs["class"] = css

    def clean(self) -> dict[str, Any]:
        """A paper that is there has a number or a place, so that somebody finds it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("state") == RenewalItem.State.THERE and not cleaned.get("note"):
            self.add_error("note", _("Say the number of the paper, or where it is."))
        return cleaned


ItemFormSet: type[BaseModelFormSet[Any, Any]] = modelformset_factory(RenewalItem, form=ItemForm, extra=0)


class SendForm(forms.Form):
    """The day on which the dossier was handed in at the commune."""

    sent_on = forms.DateField(label=_("Sent on"), widget=day_input())

    def clean_sent_on(self) -> Any:
        """Not in the future."""
        return not_in_the_future(self.cleaned_data["sent_on"])
