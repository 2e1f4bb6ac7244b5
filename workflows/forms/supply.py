"""Forms of the group's page and of the supply of stamps: acts that are no steps of a flow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from onboarding.models import Onboarding, SolutionProvider
from people.fields import WholeNumberField
from registry.forms import CleanTextMixin, day_input, offer

NUMBER, NAME, LETTERS = 40, 200, 2000


class LetterForm(CleanTextMixin):
    """A letter that asks an agency for its opinion."""

    agency = forms.CharField(label=_("Agency"), max_length=NAME)
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=NUMBER)
    sent_on = forms.DateField(label=_("Sent on"), widget=day_input())


class ReplyForm(CleanTextMixin):
    """What the agency answered."""

    replied_on = forms.DateField(label=_("Replied on"), widget=day_input())
    reply_number = forms.CharField(label=_("Number of the reply"), max_length=NUMBER, required=False)
    reply = forms.CharField(label=_("Opinion"), max_length=LETTERS, widget=forms.Textarea(attrs={"rows": 4}))


class ProviderForm(CleanTextMixin):
    """A unit that supplies stamps."""

    name = forms.CharField(label=_("Name"), max_length=NAME)
    contact = forms.CharField(label=_("Contact"), max_length=NAME, required=False)
    portal_proof = forms.CharField(
        label=_("Proof of the connection to the national portal"), max_length=NAME,
        help_text=_("Number and issuer of the paper; a provider without it cannot be chosen."),
    )  # fmt: skip
    proved_on = forms.DateField(label=_("Proved on"), widget=day_input())


class SupplyRecordForm(CleanTextMixin):
    """Stamps handed out to one producer."""

    onboarding = forms.ModelChoiceField(label=_("Product"), queryset=Onboarding.objects.none())
    provider = forms.ModelChoiceField(label=_("Provider"), queryset=SolutionProvider.objects.none())
    quantity = WholeNumberField(label=_("Stamps handed out"), min_value=1, max_value=10_000_000)
    state_share = WholeNumberField(label=_("Share of the budget (%)"), min_value=0, max_value=100)
    producer_share = WholeNumberField(
        label=_("Share of the producer (%)"), min_value=0, max_value=100, help_text=_("Both shares make 100 %.")
    )
    supplied_on = forms.DateField(label=_("Handed out on"), widget=day_input())

    def __init__(
        self, *args: Any, products: QuerySet[Onboarding], providers: QuerySet[SolutionProvider], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "onboarding", products, lambda row: f"{row.enrolment.product} – {row.enrolment.product.producer}")
        offer(self, "provider", providers, str)


class PortalForm(CleanTextMixin):
    """Where a product stands on the national portal, copied from a letter."""

    reference = forms.CharField(
        label=_("Reference on the national portal"), max_length=100,
        help_text=_("As printed in the letter of the provider or of the Centre; this program does not ask the portal."),
    )  # fmt: skip
    connected_on = forms.DateField(label=_("On the portal since"), widget=day_input())


class PortalWaiverForm(CleanTextMixin):
    """Why a product goes without the national portal."""

    reason = forms.CharField(label=_("Reason"), max_length=LETTERS, widget=forms.Textarea(attrs={"rows": 3}))


class ReceiptForm(forms.Form):
    """How many stamps came."""

    received = WholeNumberField(label=_("Stamps received"), min_value=0, max_value=10_000_000)
