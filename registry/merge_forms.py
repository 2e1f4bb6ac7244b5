"""Forms about producers as a whole: choosing what stays when two entries become one, and narrowing the pairs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.merging import CHOSEN
from registry.duplicates import REASONS
from registry.models import Producer

KEPT, MERGED = "kept", "merged"


class MergeForm(forms.Form):
    """One choice for every field in which the two entries differ."""

    def __init__(self, *args: Any, kept: Producer, merged: Producer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CHOSEN:
            ours, theirs = shown(kept, name), shown(merged, name)
            if ours == theirs:
                continue
            self.fields[name] = forms.ChoiceField(
                label=str(Producer._meta.get_field(name).verbose_name).capitalize(),  # type: ignore[union-attr]
                choices=[(KEPT, ours or _("(empty)")), (MERGED, theirs or _("(empty)"))],
                widget=forms.RadioSelect,
                initial=KEPT if ours else MERGED,
            )

    @property
    def taken(self) -> list[str]:
        """The fields whose value comes from the entry that goes."""
        return [name for name, choice in self.cleaned_data.items() if choice == MERGED]


def shown(producer: Producer, name: str) -> str:
    """Return a field's value as people read it."""
    if name == "kind":
        return str(producer.get_kind_display())
    return producer.commune.full_name() if name == "commune" else str(getattr(producer, name))


class PairFilter(forms.Form):
    """Narrows the list of pairs; kept in the address."""

    q = forms.CharField(label=gettext_lazy("Name, tax code or phone number"), required=False)
    reason = forms.ChoiceField(
        label=gettext_lazy("Same"), required=False, choices=[("", gettext_lazy("All")), *REASONS.items()]
    )
