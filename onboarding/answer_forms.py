"""The form of one question: one control, what it was based on, and the button for “I do not know”."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onboarding.answering import MAX_LONG, parse, typed
from onboarding.models import Answer
from onboarding.questions import YES_OR_NO, Kind, Question
from people.errors import Refusal
from people.fields import WholeNumberField

UNKNOWN = "unknown"  # the name of the second button
PICTURES = "image/jpeg,image/png,image/webp"
_ATTRIBUTES: dict[str, dict[str, str]] = {
    Kind.DAY: {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"},
    Kind.NUMBER: {"inputmode": "numeric", "autocomplete": "off"},
    Kind.PHONE: {"inputmode": "tel", "autocomplete": "off"},
}


class AnswerForm(forms.Form):
    """One question. Hidden `based_on` carries the answer that the page shows, so that nobody overwrites another.

    Hidden `client_id` marks this filling-in: sent twice, it is kept once. `after` is sent by a phone only: the mark of
    the answer to the same question that it gave before this one.
    """

    based_on = WholeNumberField(required=False, widget=forms.HiddenInput)
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: Question, answer: Answer | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["value"] = _field(question)
        self.initial = {"based_on": answer.pk if answer else None, "client_id": uuid4()}
        if answer and question.kind != Kind.PHOTO:
            self.initial["value"] = typed(question, answer.value)

    @property
    def is_unknown(self) -> bool:
        """Whether “I do not know” was pressed."""
        return self.question.may_be_unknown and UNKNOWN in self.data

    def clean_value(self) -> Any:
        """The value to store; nothing for a photo, which the action keeps, and for “I do not know”."""
        value = self.cleaned_data.get("value")
        if self.is_unknown:
            return None
        if self.question.kind == Kind.PHOTO:
            return value
        try:
            return parse(self.question, value)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal


def _field(question: Question) -> forms.Field:
    """The control; always optional for Django, because the message for nothing is the question's own."""
    label, required = question.label, False
    match question.kind:
        case Kind.YES_NO | Kind.CHOICE:
            choices = question.choices or YES_OR_NO
            return forms.CharField(label=label, required=required, widget=forms.RadioSelect(choices=choices))
        case Kind.LONG:
            widget = forms.Textarea(attrs={"rows": 5, "class": "form-control"})
            return forms.CharField(label=label, required=required, max_length=MAX_LONG, widget=widget)
        case Kind.PHOTO:
            attributes = {"accept": PICTURES, "class": "form-control", "data-shrink": ""}
            return forms.FileField(
                label=label, required=required, allow_empty_file=True, widget=forms.FileInput(attributes)
            )
    attributes = {**_ATTRIBUTES.get(question.kind, {}), "class": "form-control"}
    return forms.CharField(label=label, required=required, widget=forms.TextInput(attrs=attributes))


class ConsentForm(forms.Form):
    """An unticked box under the words."""

    agree = forms.BooleanField(required=False)

    def clean_agree(self) -> bool:
        """Nothing is agreed to by silence."""
        if not self.cleaned_data.get("agree"):
            raise ValidationError(
                _("Tick the box if you agree. If you do not want to take part, call the officer; nothing is sent.")
            )
        return True


class HelpForm(forms.Form):
    """How the producer agreed to a helper."""

    code = forms.CharField(
        label=_("Code that the producer reads out"),
        required=False,
        max_length=10,
        help_text=_(
            "From their phone, under “Let an officer fill in”, or from their claim card if it is not used yet."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    paper = forms.CharField(
        label=_("Or: number of the signed paper"),
        required=False,
        max_length=200,
        help_text=_("The consent that the producer signed, with the number under which you keep it."),
    )
    name = forms.CharField(label=_("Who signed it"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.is_one_way = True  # type: ignore[attr-defined]  # one way is needed: none is called optional


class ObjectionForm(forms.Form):
    """What is wrong with what a helper entered."""

    reason = forms.CharField(
        label=_("What is wrong?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), strip=True
    )
