"""Reporting a suspicious stamp: one page, no login, everything but the first question optional."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import AdminUnit
from registry import pictures
from registry.errors import PictureRefused
from registry.forms import CleanTextMixin
from stamps.actions import Report
from stamps.models import StampAlert

TRAP = "website"  # hidden from people; programs that fill in every field fill in this one too


class ReportForm(CleanTextMixin):
    """What a buyer says about a stamp. `asks_code`: the stamp is not known; `asks_province`: nor whose office it is."""

    code_text = forms.CharField(
        label=_("Code on the stamp"),
        max_length=200,
        help_text=_("Letters and digits below the symbol, or the address that the scan showed."),
        error_messages={"required": _("Write the code as it is printed on the stamp.")},
    )
    concern = forms.ChoiceField(
        label=_("What looks suspicious?"),
        choices=StampAlert.Concern.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes nearest; the officer reads the rest below.")},
    )
    message = forms.CharField(
        label=_("Tell us more (optional)"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    place = forms.CharField(
        label=_("Where did you buy or see it? (optional)"),
        max_length=200,
        required=False,
        help_text=_("Shop or market, and commune."),
    )
    province = forms.ModelChoiceField(
        label=_("In which province?"),
        queryset=AdminUnit.objects.none(),
        empty_label=_("Choose a province"),
        error_messages={"required": _("Choose the province: its officers look into the report.")},
    )
    photo = forms.FileField(
        label=_("Photo of the stamp (optional)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPG, PNG or WebP up to 10 MB. Where and with what it was taken is removed."),
    )
    contact = forms.CharField(
        label=_("Phone or e-mail for an answer (optional)"),
        max_length=120,
        required=False,
        help_text=_("Only the officers of the province see it. Without it you can read the answer by your number."),
    )
    website = forms.CharField(
        label=_("Leave this empty"), required=False, max_length=200, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )

    def __init__(self, *args: Any, asks_code: bool, asks_province: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_code:
            del self.fields["code_text"]
        if asks_province:
            cast("Any", self.fields["province"]).queryset = serving_provinces()
        else:
            del self.fields["province"]
        self.fields[TRAP].widget.attrs["autocomplete"] = "off"
        for name, field in self.fields.items():
            if name != "concern":
                field.widget.attrs["class"] = "form-control"

    def clean_photo(self) -> Any:
        """Draw the picture anew: nothing of the file that was sent is kept."""
        upload = self.cleaned_data.get("photo")
        if not upload:
            return None
        try:
            return pictures.prepare(upload)
        except PictureRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        """A browser does not send a photo twice by itself: say so, or it is missing when the rest is corrected."""
        given = super().clean()
        if self.errors and given.get("photo"):
            self.add_error("photo", gettext("Choose the photo again: a browser does not keep it."))
        return given

    def clean_website(self) -> str:
        """Refuse what a program filled in, in words, because a person may have done it."""
        if self.cleaned_data.get(TRAP):
            raise forms.ValidationError(_("Leave this field empty and send the report again."))
        return ""

    def report(self) -> Report:
        """Return what was said; the form is valid."""
        given = self.cleaned_data
        return Report(given["concern"], given["message"], given["place"], given["contact"], given["photo"])


def serving_provinces() -> QuerySet[AdminUnit]:
    """Return the provinces whose offices work with this installation."""
    units: QuerySet[AdminUnit] = AdminUnit.objects.filter(
        level=AdminUnit.Level.PROVINCE, organisations__isnull=False
    ).distinct()
    return units
