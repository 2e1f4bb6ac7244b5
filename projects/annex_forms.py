"""Forms for entering a plan and the table of its annex."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.errors import WorkbookRefused
from imports.package import MAX_BYTES
from people.models import Organisation
from projects.annex.columns import COLUMNS
from projects.annex.grid import MAX_LETTERS, Line, from_file, from_text
from projects.models import Plan, Programme
from registry.forms import CleanTextMixin, day_input

MAX_BODY = 200_000


class PlanForm(CleanTextMixin):
    """What a plan says on its first page."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"), choices=Plan.Kind)
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("As printed, for example 29/TB-CCTĐC."),
    )
    issued_on = forms.DateField(label=gettext_lazy("Issued on"), required=False, widget=day_input())
    issuer = forms.ModelChoiceField(label=gettext_lazy("Issuer"), queryset=Organisation.objects.none())
    title = forms.CharField(label=gettext_lazy("Title"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    annex_title = forms.CharField(
        label=gettext_lazy("Title of the annex"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Carries out the plan"), queryset=Plan.objects.none(), required=False
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issuer: Any = self.fields["issuer"]
        issuer.queryset = Organisation.objects.filter(province=programme.province_id).order_by("name")
        parent: Any = self.fields["parent"]
        parent.queryset = programme.plans.all()
        if not parent.queryset.exists():
            del self.fields["parent"]


class AnnexForm(forms.Form):
    """Where the table comes from: text pasted from Word, or a file."""

    text = forms.CharField(
        label=gettext_lazy("Paste the table here"),
        required=False,
        max_length=MAX_LETTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "wrap": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Mark the whole table in Word or Excel, with its row of titles, copy it and paste it."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose the file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx"}),
        help_text=gettext_lazy("Word (.docx) or Excel (.xlsx), at most 10 MB."),
    )
    body = forms.CharField(
        label=gettext_lazy("Text of the plan"),
        required=False,
        max_length=MAX_BODY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("If you paste it too, its numbers are compared with those of the table."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the grid from whichever was given."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            cleaned["grid"] = self._grid(cleaned)
        except WorkbookRefused as error:
            self.add_error("file" if cleaned.get("file") else "text", str(error))
        return cleaned

    def _grid(self, cleaned: dict[str, Any]) -> list[Line]:
        upload: Any = cleaned.get("file")
        if upload:
            if upload.size > MAX_BYTES:
                raise WorkbookRefused(_("The file is larger than 10 MB. Split it or remove its pictures."))
            return from_file(upload.name, upload.read())
        return from_text(cleaned.get("text", ""))


def column_choices() -> list[tuple[str, Any]]:
    """What a column may be; "" for one that is not read."""
    return [("", gettext_lazy("– not read –")), *COLUMNS.items()]


class ColumnsForm(forms.Form):
    """What each column of the table is; no two may be the same."""

    def __init__(self, *args: Any, titles: list[str], keys: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, (title, key) in enumerate(zip(titles, keys, strict=True)):
            label = " ".join(title.split()) or _("Column %(number)s") % {"number": place + 1}
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=label[:80], choices=column_choices(), required=False, initial=key
            )

    def keys(self) -> list[str]:
        """The chosen keys in the order of the columns."""
        return [self.cleaned_data[name] for name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Refuse two columns that are the same."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for name, key in list(cleaned.items()):
            if key and key in seen:
                words = {"column": COLUMNS[key]}
                self.add_error(name, _("“%(column)s” is chosen for two columns; choose one of them.") % words)
            seen[key] = name
        return cleaned
