"""Steps of the paper flow: check, sign, change and send again."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.checking import Checks, checks_of
from documents.models import Document, DocumentVersion
from documents.reading import Reading, reading_of
from workflows import signing
from workflows.forms.base import StepForm
from workflows.forms.decision import ChoiceForm

PASS, RETURN = "pass", "return"


class _OfPaper(StepForm):
    """A step that shows the newest version of its paper."""

    template_name = "workflows/forms/paper.html"
    checks_format = False

    @property
    def document(self) -> Document:
        """The paper."""
        document: Document = self.process.document
        return document

    @property
    def version(self) -> DocumentVersion | None:
        """Its newest version."""
        return self.document.latest

    @property
    def reading(self) -> Reading:
        """Its text, to be read without Word."""
        return reading_of(self.version)

    @property
    def checks(self) -> Checks:
        """What the checkers say about it."""
        return checks_of(self.version, with_format=self.checks_format)


class _PaperDecision(_OfPaper, ChoiceForm):
    """Pass the paper on, or send it back and say why."""

    decision_keys = MappingProxyType({PASS: ("a", "#confirm"), RETURN: ("r", "#id_note")})
    note = forms.CharField(
        label=gettext_lazy("What to change"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when you send it back."),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever gets it back must know why."""
        super().clean()
        if self.cleaned_data.get("decision") == RETURN and not self.cleaned_data.get("note", "").strip():
            self.add_error("note", _("Say what must change, so that the author can change it."))
        return self.cleaned_data

    @property
    def passes(self) -> bool:
        """Whether it goes on."""
        return bool(self.cleaned_data["decision"] == PASS)


class PaperCheckForm(_PaperDecision):
    """The clerk's check of the format (NĐ 30/2020, annex I)."""

    checks_format = True
    submit_label = gettext_lazy("Record the check")
    choices = [(PASS, gettext_lazy("The format is right")), (RETURN, gettext_lazy("Send it back to the author"))]

    def decide(self) -> None:
        """Record the check."""
        signing.record_check(self.process, by=self.user, passed=self.passes, note=self.cleaned_data["note"])


class SignatureForm(_PaperDecision):
    """The leader's signature."""

    submit_label = gettext_lazy("Record the decision")
    choices = [
        (PASS, gettext_lazy("Sign: number and issue the paper")),
        (RETURN, gettext_lazy("Send it back to the author")),
    ]

    def decide(self) -> None:
        """Record the signature; the flow issues the paper."""
        signing.record_signature(self.process, by=self.user, signed=self.passes, note=self.cleaned_data["note"])


class RevisePaperForm(_OfPaper):
    """The author's second try: the draft is made anew on the paper's page, then sent from here."""

    submit_label = gettext_lazy("Send it again")

    def save(self) -> None:
        """Send the newest draft."""
        signing.record_sent(self.process, by=self.user)
