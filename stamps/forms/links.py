"""The form of a link that a product's code resolves to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms import CleanTextMixin
from stamps.models.links import LINK_TYPES

# GS1's words in the words of those who fill in the form.
LINK_NAMES = {
    "pip": _("Page about the product"),
    "instructions": _("Instructions for use"),
    "recipeInfo": _("Recipes"),
    "safetyInfo": _("Safety information"),
    "certificationInfo": _("Certificates"),
    "sustainabilityInfo": _("Sustainability"),
    "traceability": _("Traceability"),
    "recallStatus": _("Recall status"),
    "registryEntry": _("Entry in the national portal"),
    "verificationService": _("Verification service"),
    "masterData": _("Master data"),
    "epcis": _("EPCIS events"),
}
LANGUAGES = (
    ("vi", _("Vietnamese")),
    ("en", _("English")),
    ("zh", _("Chinese")),
    ("ko", _("Korean")),
    ("ja", _("Japanese")),
)
MEDIA_TYPES = (
    ("text/html", _("Web page")),
    ("application/pdf", "PDF"),
    ("application/json", "JSON"),
    ("application/ld+json", "JSON-LD"),
)


class LinkForm(CleanTextMixin, forms.Form):
    """A page about a product."""

    link_type = forms.ChoiceField(
        label=_("What the page is"), choices=[(name, text) for name, text in LINK_NAMES.items() if name in LINK_TYPES]
    )
    href = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("Starts with https://. Readers are shown the host before they go there."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    media_type = forms.ChoiceField(label=_("Kind of file"), choices=MEDIA_TYPES)
