"""Steps of the stamp order flow: decide, hand over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stamps import actions
from workflows.forms.base import StepForm


class StampDecisionForm(StepForm):
    """Approve and issue, or refuse with a reason."""

    submit_label = gettext_lazy("Record the decision")
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the decisions.")},
        choices=[
            ("issue", gettext_lazy("Approve and issue the stamps")),
            ("refuse", gettext_lazy("Refuse with a reason")),
        ],
    )
    reason = forms.CharField(label=gettext_lazy("Reason for refusal"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """A refusal needs a reason."""
        if self.cleaned_data.get("decision") == "refuse" and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Give a reason, so that the producer knows what to change."))
        return self.cleaned_data

    def save(self) -> None:
        """Issue or refuse."""
        if self.cleaned_data["decision"] == "issue":
            actions.issue_stamps(self.process.order, by=self.user)
        else:
            actions.refuse_order(self.process.order, by=self.user, reason=self.cleaned_data["reason"])


class HandOverForm(StepForm):
    """Record that the printed stamps went to the producer."""

    submit_label = gettext_lazy("Record the handover")
    confirm = forms.BooleanField(label=gettext_lazy("The stamps are printed, counted and handed to the producer."))

    def save(self) -> None:
        """Hand over."""
        actions.hand_over(self.process.order, by=self.user)
