"""Narrowing the lists of the overview."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from people.fields import WholeNumberField
from projects.models import PilotProject
from workflows.filters import KINDS as STEPS
from workflows.overview import LATE, OTHERS, STATES, kind_labels

BIGGEST = 2**31 - 1


class ListForm(forms.Form):
    """State, project, kind and holder. Answers that make no sense narrow nothing."""

    state = forms.ChoiceField(choices=[(state, state) for state in STATES], required=False, widget=forms.HiddenInput)
    person = WholeNumberField(min_value=1, max_value=BIGGEST, required=False, widget=forms.HiddenInput)
    project = forms.ChoiceField(label=_("Project"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    step = forms.ChoiceField(label=_("Kind of step"), required=False)

    def __init__(self, *args: Any, projects: QuerySet[PilotProject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, Any] = {
            "project": [(code, f"{code} – {title}") for code, title in projects.values_list("code", "title")],
            "kind": list(kind_labels().items()),
            "step": [(name, label) for name, label in STEPS.items()],
        }
        for name, choices in chosen.items():
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *choices]
        self.is_valid()
        if self.chosen_state == OTHERS:
            del self.fields["kind"]

    @property
    def chosen_state(self) -> str:
        """Which list; the late things unless said otherwise."""
        return self.cleaned_data.get("state") or LATE

    @property
    def chosen_kind(self) -> str:
        """The kind of things, "" for all."""
        return self.cleaned_data.get("kind") or ""

    def condition(self) -> Q:
        """What was chosen, on the columns of `workflows.owed`."""
        condition = Q()
        columns = {"project": "o_code", "person": "o_person_id", "step": "o_permission"}
        for name, column in columns.items():
            if chosen := self.cleaned_data.get(name):
                condition &= Q(**{column: chosen})
        return condition
