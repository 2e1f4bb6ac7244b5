"""Forms about consents and requests: they check fields; the actions check the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.fields import WholeNumberField
from people.models import AdminUnit, User
from people.scope import scope_of
from privacy.deadlines import MOST_EXTENSION_DAYS
from privacy.models import KIND_IN_OFFICE, DataRequest
from privacy.policies import HANDLERS
from registry.forms import CleanTextMixin, PhoneField, day_input
from registry.models import Producer
from registry.policies import KEEPERS

ROWS = {"rows": 3}
NO_CARDS = _("Do not attach pictures of identity cards: they are never asked for here.")


class AgreeForm(CleanTextMixin):
    """The yes to a text. The box is never ticked in advance, and without it nothing is sent."""

    given_by_name = forms.CharField(label=_("Full name of the person who agrees"), max_length=120)
    agrees = forms.BooleanField(
        label=_("I have read this and I agree"),
        error_messages={"required": _("The box is not ticked, so nothing was agreed to. Tick it, or leave this page.")},
    )


class PaperForm(AgreeForm):
    """A yes on paper, taken down by an official."""

    evidence = forms.CharField(label=_("Number of the paper, or where it is kept"), max_length=200, help_text=NO_CARDS)
    agrees = forms.BooleanField(
        label=_("The signed paper with these words is in front of me"),
        error_messages={"required": _("The box is not ticked: a consent is entered only from a signed paper.")},
    )
    field_order = ("given_by_name", "evidence", "agrees")


class TextForm(CleanTextMixin):
    """The next version of the words of a purpose."""

    text = forms.CharField(
        label=_("The words"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "Name the data, the purpose, who keeps them, what happens without the consent, and the rights "
            "(Law 91/2025/QH15, article 9)."
        ),
    )
    effective_from = forms.DateField(
        label=_("In force from"), widget=day_input(), help_text=_("From this day these words are shown and agreed to.")
    )
    asks_anew = forms.BooleanField(
        label=_("Ask everybody again"),
        required=False,
        help_text=_(
            "Tick it if other data are used, or for another purpose: earlier consents then count no longer from that "
            "day. Leave it empty if only the wording became clearer: earlier consents hold."
        ),
    )
    after = WholeNumberField(widget=forms.HiddenInput())


class AskForm(CleanTextMixin):
    """A request about one's own data."""

    kind = forms.ChoiceField(label=_("What do you ask for?"), choices=DataRequest.Kind, widget=forms.RadioSelect)
    requester_name = forms.CharField(label=_("Full name"), max_length=120)
    requester_phone = PhoneField(label=_("Phone number"), max_length=20, required=False)
    detail = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=NO_CARDS,
    )


class TakeDownForm(AskForm):
    """A request of somebody who called or came, taken down by an official."""

    # Set by the producer's page; without it the request belongs to no producer.
    producer = forms.ModelChoiceField(queryset=Producer.objects.none(), required=False, widget=forms.HiddenInput)
    province = forms.ModelChoiceField(label=_("Province"), queryset=AdminUnit.objects.none(), empty_label=None)
    received_on = forms.DateField(label=_("Received on"), widget=day_input(), help_text=_("The terms start here."))
    via_third_party = forms.BooleanField(label=_("Another organisation has the data too (20 days)"), required=False)
    field_order = ("producer", "province", "kind", "requester_name", "requester_phone", "received_on", "detail")

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.label, kind.choices = _("What does the person ask for?"), list(KIND_IN_OFFICE.items())
        producers: Any = self.fields["producer"]
        producers.queryset = Producer.objects.visible_to(user)
        places: Any = self.fields["province"]
        places.queryset = AdminUnit.objects.filter(pk__in=scope_of(user).provinces_with(*KEEPERS, *HANDLERS))
        self.fields["received_on"].initial = today
        if places.queryset.count() == 1:
            places.widget, places.initial = forms.HiddenInput(), places.queryset.get()


class AnswerForm(CleanTextMixin):
    """What the person was told first."""

    text = forms.CharField(
        label=_("What the person was told"),
        max_length=2000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("That the request came, what will be done, and by when."),
    )


class ExtendForm(CleanTextMixin):
    """More days, once."""

    days = WholeNumberField(label=_("Days more"), min_value=1, max_value=MOST_EXTENSION_DAYS)
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs=ROWS))


class CloseForm(CleanTextMixin):
    """The end of a request."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=DataRequest.Outcome, widget=forms.RadioSelect)
    result = forms.CharField(
        label=_("What was done, or why it is refused"), max_length=2000, widget=forms.Textarea(attrs=ROWS)
    )


class EraseForm(CleanTextMixin):
    """Erasing a person: what was checked, and the decision."""

    reason = forms.CharField(
        label=_("What was checked, and why nothing stands against it"),
        max_length=1000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("Stays in the log for ever: name no person here."),
    )
    is_sure = forms.BooleanField(label=_("I know that this cannot be undone"))
