"""Steps of one product on its way: survey, selection, group, declaration, training, stamps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding import policies
from onboarding.actions import journey
from onboarding.actions.dossier import accept_dossier, is_correctable, return_dossier
from onboarding.actions.group import group_for
from onboarding.dossiers import rows_of
from onboarding.models import Onboarding
from registry.forms import day_input
from registry.models import ProductGroup
from workflows.forms.base import StepForm
from workflows.forms.decision import ChoiceForm
from workflows.traced import REQUIREMENTS

LETTERS = 1000
SELECT, REFUSE, ACCEPT, RETURN = "select", "refuse", "accept", "return"
REMARKS = 4  # rows; a declaration that needs more is returned again


def reason_field(label: Any, **options: Any) -> forms.CharField:
    """Return a field for a reason in words."""
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, max_length=LETTERS, widget=widget, **options)


def decided_field() -> forms.DateField:
    """Return the field for the day on which the selection was decided: its recognitions count."""
    help_text = _("Leave it empty for today; the stars of that day count.")
    return forms.DateField(label=_("Decided on"), required=False, widget=day_input(), help_text=help_text)


class JourneyForm(StepForm):
    """A step of one product."""

    template_name = "workflows/forms/onboarding.html"

    @property
    def onboarding(self) -> Onboarding:
        """The product's journey."""
        journey_of: Onboarding = self.process.onboarding
        return journey_of

    def problems(self) -> list[str]:
        """What the step lacks, shown before its button is pressed."""
        return []


class SurveyForm(JourneyForm):
    """Close step 1: the survey is recorded, or there is a reason."""

    submit_label = _("Close step 1")
    waiver = reason_field(
        _("Why it is not surveyed"),
        help_text=_("Only for a product that cannot be surveyed; leave it empty otherwise."),
    )

    def save(self) -> None:
        """Close the step, or raise NotAllowedNow without survey and reason."""
        journey.close_survey(self.onboarding, by=self.user, waiver=self.cleaned_data["waiver"])


class SelectForm(ChoiceForm):
    """Step 2: selected or refused, by rules and with a reason."""

    template_name = "workflows/forms/select.html"
    choices = ((SELECT, _("Select")), (REFUSE, _("Do not select")))
    can_trace = forms.BooleanField(
        label=_("Able to trace: lots can be told apart and somebody keeps the diary"), required=False
    )
    on = decided_field()
    reason = reason_field(_("Reason"), help_text=_("Needed for a product that is not selected."))

    def rule_problems(self) -> list[str]:
        """Which rules the product breaks today, whatever is ticked."""
        onboarding = self.process.onboarding
        rules, today = policies.rules_of(onboarding.enrolment.project), timezone.localdate()
        return policies.selection_problems(onboarding, rules, can_trace=True, day=today)

    def decide(self) -> None:
        """Select, or refuse with the reason."""
        product, answers = self.process.onboarding, self.cleaned_data
        said = {"can_trace": answers["can_trace"], "reason": answers["reason"], "by": self.user}
        if answers["decision"] == SELECT:
            journey.select_product(product, on=answers["on"], **said)
        else:
            journey.refuse_product(product, **said)


class GroupForm(JourneyForm):
    """Step 3: the group of products with a similar process; it is formed with its first product."""

    submit_label = _("Put into this group")
    product_group = forms.ModelChoiceField(label=_("Group"), queryset=ProductGroup.objects.all())

    def build(self) -> None:
        """Propose the group of the registry."""
        self.fields["product_group"].initial = self.onboarding.enrolment.product.group_id

    def save(self) -> None:
        """Assign the group."""
        project = self.onboarding.enrolment.project
        group = group_for(project, self.cleaned_data["product_group"], by=self.user)
        journey.assign_group(self.onboarding, group, by=self.user)


class CheckDossierForm(ChoiceForm):
    """The producer's declaration: accepted, or returned with remarks at its questions."""

    template_name = "workflows/forms/check_dossier.html"
    choices = ((ACCEPT, _("Accept the declaration")), (RETURN, _("Return it with remarks")))

    def build(self) -> None:
        """Add the rows for remarks, each at one question."""
        super().build()
        rows = [(row["question"], row["label"]) for row in self.answers() if is_correctable(row["question"])]
        asked = [("", _("Choose a question")), *rows]
        for row in range(1, REMARKS + 1):
            self.fields[f"question_{row}"] = forms.ChoiceField(label=_("Question"), required=False, choices=asked)
            self.fields[f"remark_{row}"] = reason_field(_("What to change"))

    def answers(self) -> Any:
        """The rows of the declaration."""
        return rows_of(self.process.onboarding.dossier)

    def remark_rows(self) -> list[tuple[int, Any, Any]]:
        """The fields of each remark, as the page draws them."""
        return [(row, self[f"question_{row}"], self[f"remark_{row}"]) for row in range(1, REMARKS + 1)]

    def clean(self) -> dict[str, Any]:
        """A remark names its question; returning asks for at least one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for row in range(1, REMARKS + 1):
            if bool(cleaned.get(f"question_{row}")) != bool(cleaned.get(f"remark_{row}")):
                self.add_error(f"remark_{row}", _("Give both the question and what to change in it."))
        if cleaned.get("decision") == RETURN and not self._remarks():
            self.add_error("remark_1", _("Say at which question what must change."))
        return cleaned

    def _remarks(self) -> list[tuple[str, str]]:
        rows = range(1, REMARKS + 1)
        written = ((self.cleaned_data.get(f"question_{row}"), self.cleaned_data.get(f"remark_{row}")) for row in rows)
        return [(question, text) for question, text in written if question and text]

    def decide(self) -> None:
        """Accept or return."""
        dossier = self.process.onboarding.dossier
        policies.check_not_sender(dossier, self.user)
        if self.cleaned_data["decision"] == ACCEPT:
            accept_dossier(dossier, by=self.user)
        else:
            return_dossier(dossier, remarks=self._remarks(), by=self.user)


class TrainingForm(JourneyForm):
    """Step 6: closed when somebody is trained, a lot declared, stamps activated, the declaration accepted."""

    submit_label = _("Close step 6")

    def problems(self) -> list[str]:
        """What is still missing."""
        return policies.training_problems(self.onboarding, REQUIREMENTS)

    def save(self) -> None:
        """Close it, or raise NotAllowedNow."""
        journey.close_training(self.onboarding, by=self.user, requirements=REQUIREMENTS)


class SupplyForm(JourneyForm):
    """Step 7: closed when what was handed out was received."""

    submit_label = _("Close step 7")

    def problems(self) -> list[str]:
        """What is still missing."""
        return policies.supply_problems(self.onboarding)

    def save(self) -> None:
        """Close it, or raise NotAllowedNow."""
        journey.finish_onboarding(self.onboarding, by=self.user)
