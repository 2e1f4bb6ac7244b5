"""Steps of the stamp order flow: decide, hand over."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stamps import actions
from stamps.models import StampOrder
from stamps.pages.orders import order_facts
from stamps.quota import Quota, quota_of
from workflows.forms.base import StepForm
from workflows.forms.decision import ChoiceForm

ISSUE, REFUSE = "issue", "refuse"


class StampDecisionForm(ChoiceForm):
    """Approve and issue, or refuse with a reason."""

    template_name = "workflows/forms/stamps.html"
    submit_label = gettext_lazy("Record the decision")
    choices = [
        (ISSUE, gettext_lazy("Approve and issue the stamps")),
        (REFUSE, gettext_lazy("Refuse with a reason")),
    ]
    batch_answer: Mapping[str, Any] | None = MappingProxyType({"decision": ISSUE})
    decision_keys = MappingProxyType({ISSUE: ("a", "#confirm"), REFUSE: ("r", "#id_reason")})
    reason = forms.CharField(label=gettext_lazy("Reason for refusal"), required=False, max_length=300)

    def facts(self) -> list[dict[str, Any]]:
        """What the decision is about: who asked, who pays, and the quota before and after."""
        order: StampOrder = self.process.order
        after = quota_of(order.enrolment)
        before = Quota(after.granted, after.ordered - order.quantity)
        shown = (_("Asked by"), _("Stamps left"), _("Who pays"), _("Hidden code"))
        asked = [row for row in order_facts(order) if row["label"] in shown and row["value"]]
        return [
            *asked,
            {"label": _("Left of the quota before"), "value": intcomma(before.left)},
            {"label": _("Left of the quota after"), "value": intcomma(after.left)},
        ]

    def clean(self) -> dict[str, Any]:
        """A refusal needs a reason."""
        if self.cleaned_data.get("decision") == REFUSE and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Give a reason, so that the producer knows what to change."))
        return self.cleaned_data

    def decide(self) -> None:
        """Issue or refuse."""
        if self.cleaned_data["decision"] == ISSUE:
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
