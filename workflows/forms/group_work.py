"""Steps of a group of products: process and guide, consultation, approval, module."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding import policies
from onboarding.actions import group as actions
from onboarding.errors import NotAllowedNow
from onboarding.models import CohortGroup
from registry.forms import CleanTextMixin, day_input
from workflows.forms.base import StepForm
from workflows.forms.decision import ChoiceForm
from workflows.onboarding import poke_group

LETTERS = 20_000
SHORT = 2000
NUMBER = 40


def long_text(label: Any, rows: int = 8, most: int = LETTERS, **options: Any) -> forms.CharField:
    """Return a field for a text of several paragraphs."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


class GroupStepForm(CleanTextMixin, StepForm):
    """A step of one group."""

    template_name = "workflows/forms/group_work.html"

    @property
    def group(self) -> CohortGroup:
        """The group."""
        group: CohortGroup = self.process.group
        return group

    def problems(self) -> list[str]:
        """What the step lacks, shown before its button is pressed."""
        return []


class WriteForm(GroupStepForm):
    """Process and guide."""

    submit_label = _("Save and go on to the consultation")
    process = long_text(_("Process to be traced"), help_text=_("Stage by stage: what is done, what is written down."))
    guide = long_text(_("Guide for the producers"), help_text=_("How a producer declares lots and activates stamps."))

    def build(self) -> None:
        """Show what was written before."""
        self.fields["process"].initial, self.fields["guide"].initial = self.group.process, self.group.guide

    def save(self) -> None:
        """Write both."""
        answers = {name: self.cleaned_data[name] for name in ("process", "guide")}
        actions.write_process(self.group, by=self.user, **answers)


class ConsultForm(GroupStepForm):
    """The letters and replies are recorded on the page of the group; here the round is closed."""

    submit_label = _("Submit to the leader for approval")

    def problems(self) -> list[str]:
        """Without a reply the round is not closed."""
        try:
            policies.check_is_consulted(self.group)
        except NotAllowedNow as refusal:
            return [str(refusal)]
        return []

    def save(self) -> None:
        """Close the round, or raise NotAllowedNow without a reply."""
        actions.close_consultation(self.group, by=self.user)


class ApproveProcessForm(ChoiceForm):
    """The leader's word on process and guide."""

    template_name = "workflows/forms/group_decision.html"
    APPROVE, RETURN = "approve", "return"
    choices = ((APPROVE, _("Approve")), (RETURN, _("Return with remarks")))
    note = long_text(_("What to change"), rows=3, most=SHORT, required=False)

    def decide(self) -> None:
        """Approve, and let the products go on; or send it back."""
        if self.cleaned_data["decision"] == self.APPROVE:
            poke_group(actions.approve_process(self.process.group, by=self.user))
        else:
            actions.return_process(self.process.group, by=self.user, note=self.cleaned_data["note"])


class ModuleOrderForm(GroupStepForm):
    """The letter to the National Barcode Centre."""

    submit_label = _("Record the letter")
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=NUMBER)
    sent_on = forms.DateField(label=_("Sent on"), widget=day_input())
    note = long_text(_("Data pack that went with it"), rows=3, most=SHORT, required=False)

    def save(self) -> None:
        """Record it."""
        answers = {name: self.cleaned_data[name] for name in ("letter_number", "sent_on", "note")}
        actions.order_module(self.group, by=self.user, **answers)


class ModuleAnswerForm(GroupStepForm):
    """The Centre's answer with the code of the module."""

    submit_label = _("Record the answer")
    answered_on = forms.DateField(label=_("Answered on"), widget=day_input())
    answer_number = forms.CharField(label=_("Number of the answer"), max_length=NUMBER, required=False)
    module_code = forms.CharField(label=_("Code of the module"), max_length=60)

    def save(self) -> None:
        """Record it, and let the products go on."""
        answers = {name: self.cleaned_data[name] for name in ("answered_on", "answer_number", "module_code")}
        poke_group(actions.record_module(self.group.module_order, by=self.user, **answers).group)
