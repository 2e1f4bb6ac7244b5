"""The step of the stamp_report flow: what was found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stamps import actions
from stamps.models import StampAlert
from workflows.forms.decision import ChoiceForm

Status = StampAlert.Status


class FindingForm(ChoiceForm):
    """Close the alert: a copy, nothing wrong, or handed on; with what was found, and an answer for the public."""

    template_name = "workflows/forms/stamp_report.html"
    submit_label = _("Close the report")
    choices = [
        (Status.COPY.value, _("The stamp was copied")),
        (Status.HARMLESS.value, _("Nothing is wrong")),
        (Status.FORWARDED.value, _("Handed to the inspectorate")),
    ]
    finding = forms.CharField(
        label=_("What was found, and how"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the office: what was looked at, whom you asked, what was done."),
    )
    answer = forms.CharField(
        label=_("Answer for whoever reported it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Public under the reference number: no names, no accusations."),
    )

    def build(self) -> None:
        """An alert of a rule has nobody to answer to."""
        super().build()
        if self.process.alert.kind != StampAlert.Kind.REPORT:
            del self.fields["answer"]

    def decide(self) -> None:
        """Close the alert."""
        answers: dict[str, Any] = self.cleaned_data
        actions.close_alert(
            self.process.alert,
            status=answers["decision"],
            finding=answers["finding"],
            answer=answers.get("answer", ""),
            by=self.user,
            acting_for=self.acting_for,
        )
