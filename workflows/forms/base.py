"""What every step's form shares."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from projects.actions.deliverable import NewRemark
from workflows import turns


class StepForm(forms.Form):
    """A form that knows its step and the person who answers it, and draws itself by `template_name`."""

    template_name = "workflows/forms/step.html"
    submit_label: Any = _("Confirm")
    # Whether the person may generate the case's document in this step.
    prepares = False

    def __init__(self, *args: Any, activation: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activation, self.user = activation, user
        self.process = activation.process
        self.acting_for: User | None = turns.principal(activation.task, user)
        self.build()

    def build(self) -> None:
        """Add the fields that depend on the case."""

    def save(self) -> None:
        """Call the action; runs inside the step's transaction."""
        raise NotImplementedError


class RemarkFields:
    """Rows of "place in the document" and "remark"; empty rows are left out."""

    rows = 4

    def add_remark_fields(self: Any) -> None:
        """Add the rows to the form."""
        for row in range(1, self.rows + 1):
            self.fields[f"remark_{row}"] = forms.CharField(
                label=_("Remark %(row)d") % {"row": row},
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"section_{row}"] = forms.CharField(
                label=_("Place of remark %(row)d in the document") % {"row": row}, required=False, max_length=120
            )

    def remark_rows(self: Any) -> list[tuple[Any, Any]]:
        """Place and remark of each row, as the page draws them."""
        return [(self[f"section_{row}"], self[f"remark_{row}"]) for row in range(1, self.rows + 1)]

    def has_more_remarks(self: Any) -> bool:
        """Whether a row below the first has something in it, so that the page shows them."""
        return any(bound.value() or bound.errors for row in self.remark_rows()[1:] for bound in row)

    def remarks(self: Any) -> list[NewRemark]:
        """Return the rows that were filled in."""
        rows = range(1, self.rows + 1)
        written = [(self.cleaned_data[f"remark_{row}"], self.cleaned_data[f"section_{row}"]) for row in rows]
        return [NewRemark(text=text, section=section) for text, section in written if text.strip()]
