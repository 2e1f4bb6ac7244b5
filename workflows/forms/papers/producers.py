"""What is typed for producers' own papers, and for the notice on personal data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document
from onboarding.models import StampSupply
from people.fields import WholeNumberField
from projects.models import PilotProject
from registry.forms import CleanTextMixin, day_input
from registry.models import Producer, RecognitionRenewal
from workflows.contexts.conformity import CERTIFIER, SELF
from workflows.contexts.consent import bases_on_personal_data
from workflows.contexts.ocop import AGAIN, HIGHER, declared_of
from workflows.forms.papers.products import LINE, LINES, long_text, reached_at

STAR_CHOICES = (("3", "3 ★"), ("4", "4 ★"), ("5", "5 ★"))
DOTTED = gettext_lazy("Empty: a dotted line is printed, to be filled in by hand.")


def optional(label: Any, *, most: int = LINE, **options: Any) -> forms.CharField:
    """Return a field whose blank is printed as a dotted line."""
    return forms.CharField(label=label, max_length=most, required=False, help_text=DOTTED, **options)


def points(label: Any) -> WholeNumberField:
    """Return a field for points; the criteria in force say how many there are at most."""
    return WholeNumberField(label=label, min_value=0, max_value=100, required=False, help_text=DOTTED)


class OcopRegistrationForm(CleanTextMixin):
    """Form 01: what the producer asks for, how the product is made and sold."""

    stage = forms.ChoiceField(
        label=gettext_lazy("Registered for"),
        choices=((AGAIN, gettext_lazy("Being assessed again")), (HIGHER, gettext_lazy("A higher rank"))),
    )
    wanted_stars = forms.ChoiceField(label=gettext_lazy("Stars asked for"), choices=STAR_CHOICES)
    description = optional(gettext_lazy("Description"), most=LINES, widget=forms.Textarea(attrs={"rows": 4}))
    materials = optional(gettext_lazy("Where the raw material comes from"))
    yearly_output = optional(gettext_lazy("Output of a year"))
    workers = optional(gettext_lazy("Workers"))
    market = optional(gettext_lazy("Where it is sold"))


class OcopAssessmentForm(CleanTextMixin):
    """Form 02: the producer's points by part, with the grounds."""

    wanted_stars = forms.ChoiceField(label=gettext_lazy("Stars asked for"), choices=STAR_CHOICES)
    points_a = points(gettext_lazy("Points for part A"))
    grounds_a = optional(gettext_lazy("Grounds of part A"))
    points_b = points(gettext_lazy("Points for part B"))
    grounds_b = optional(gettext_lazy("Grounds of part B"))
    points_c = points(gettext_lazy("Points for part C"))
    grounds_c = optional(gettext_lazy("Grounds of part C"))
    strengths = optional(gettext_lazy("Strengths"), most=LINES, widget=forms.Textarea(attrs={"rows": 3}))
    to_improve = optional(gettext_lazy("What is to be improved"), most=LINES, widget=forms.Textarea(attrs={"rows": 3}))


class ConformityForm(CleanTextMixin):
    """The system's name, and on whose assessment its conformity is declared."""

    system_name = forms.CharField(label=gettext_lazy("Name of the system"), max_length=LINE)
    basis = forms.ChoiceField(
        label=gettext_lazy("Assessed by"),
        choices=((SELF, gettext_lazy("The producer itself")), (CERTIFIER, gettext_lazy("A designated certifier"))),
    )
    assessed_on = forms.DateField(label=gettext_lazy("Assessed on"), widget=day_input())
    certifier = forms.CharField(label=gettext_lazy("Certifier"), max_length=LINE, required=False)
    certificate = forms.CharField(label=gettext_lazy("Number of the certificate"), max_length=LINE, required=False)

    def clean(self) -> dict[str, Any]:
        """A certifier is named, with the number of its certificate."""
        cleaned = super().clean()
        if cleaned.get("basis") == CERTIFIER:
            for name in ("certifier", "certificate"):
                if not cleaned.get(name):
                    self.add_error(name, _("Name the certifier and its certificate, or choose the producer itself."))
        return cleaned


class PrivacyNoticeForm(CleanTextMixin):
    """On which grounds, who receives personal data, how long they are kept, and whom people ask."""

    legal_bases = long_text(gettext_lazy("Legal bases"), required=False)
    receivers = long_text(gettext_lazy("Who receives the data"))
    kept = forms.CharField(label=gettext_lazy("How long the data are kept"), max_length=LINE)
    contact = forms.CharField(label=gettext_lazy("Who answers questions"), max_length=LINE)


def registration_facts(renewal: RecognitionRenewal, occasion: str) -> Mapping[str, Any]:
    """Return the present stars and what the producer declared on the phone."""
    return {"stage": AGAIN, "wanted_stars": str(renewal.recognition.stars), **declared_of(renewal.product)}


def assessment_facts(renewal: RecognitionRenewal, occasion: str) -> Mapping[str, Any]:
    """Return the stars that the registration asks for, else the present ones."""
    form_01 = Document.objects.filter(renewal=renewal, kind="ocop_registration").first()
    typed = form_01.entries if form_01 else {}
    return {"wanted_stars": typed.get("wanted_stars") or str(renewal.recognition.stars)}


def conformity_facts(producer: Producer, occasion: str) -> Mapping[str, Any]:
    """Return what the system is called, as the last declaration of the province did."""
    rows = Document.objects.filter(kind="conformity_declaration", organisation__province=producer.province)
    last = rows.exclude(entries={}).order_by("-pk").first()
    return {"basis": SELF, "system_name": last.entries.get("system_name", "") if last else ""}


def notice_facts(project: PilotProject, occasion: str) -> Mapping[str, Any]:
    """Return the texts on personal data, the agency and those who supply its stamps, and the project's manager."""
    supplies = StampSupply.objects.filter(onboarding__enrolment__project=project)
    providers = supplies.order_by("provider__name").values_list("provider__name", flat=True).distinct()
    return {
        "legal_bases": "\n".join(bases_on_personal_data(timezone.localdate())),
        "receivers": "\n".join([project.owner.name, *(f"{name} (cung cấp tem)" for name in providers)]),
        "contact": reached_at(project.manager),
    }
