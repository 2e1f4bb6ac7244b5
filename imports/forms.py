"""Forms of the import's steps: the file, where its table is, and what its columns hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from imports import parsers
from imports.annotated import letter_of
from imports.layout import Layout, levels
from imports.package import MAX_BYTES
from imports.policies import provinces_for, targets_for
from imports.sheets import Sheet
from imports.targets import Target, targets
from people.fields import WholeNumberField
from people.models import AdminUnit, User

SAMPLES = 3


class UploadForm(forms.Form):
    """A list of one kind, of one province."""

    target = forms.ChoiceField(label=_("Kind of list"))
    province = forms.ModelChoiceField(label=_("Province"), queryset=AdminUnit.objects.none(), empty_label=None)
    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("An .xlsx file of at most 10 MB, as you keep it: titles, merged headers and old fonts are fine."),
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = targets_for(user)
        self.fields["target"].choices = [(target.key, target.label) for target in kinds]  # type: ignore[attr-defined]
        mine = {province.pk for target in kinds for province in provinces_for(user, target)}
        self.fields["province"].queryset = AdminUnit.objects.filter(pk__in=mine)  # type: ignore[attr-defined]
        for name, count in (("target", len(kinds)), ("province", len(mine))):
            if count == 1:  # nothing to choose
                field = self.fields[name]
                field.widget = forms.HiddenInput()
                field.initial = kinds[0].key if name == "target" else next(iter(mine))

    def clean_file(self) -> bytes:
        """The bytes of the file; too large a file is refused before it is read."""
        upload = self.cleaned_data["file"]
        self.file_name = str(upload.name)
        data: bytes = upload.read(MAX_BYTES + 1)
        return data

    def clean_target(self) -> Target:
        """The kind of list."""
        return targets()[self.cleaned_data["target"]]


class TableForm(forms.Form):
    """Which sheet, and which rows are its header."""

    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int)
    first = WholeNumberField(label=_("First row of the header"), min_value=1, max_value=100_000)
    last = WholeNumberField(label=_("Last row of the header"), min_value=1, max_value=100_000)

    def __init__(self, *args: Any, sheets: list[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(index, sheet.name) for index, sheet in enumerate(sheets)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The header's last row is not above its first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not first <= last <= first + 9:
            self.add_error("last", _("The header has one to ten rows; its last row cannot be above its first."))
        return cleaned


class ColumnsForm(forms.Form):
    """What each column of the sheet holds, and values for columns that the sheet does not have."""

    def __init__(
        self, *args: Any, sheet: Sheet, layout: Layout, target: Target, constants: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = target.resource.columns()
        known = {place: key for key, place in layout.places.items()}
        titles = levels(sheet, layout.first, layout.last)
        choices = [("", _("– leave out –")), *((key, column.title) for key, column in self.columns.items())]
        self.samples = {place: _samples(sheet, layout, place) for place in range(1, sheet.width + 1)}
        self.places = [place for place, samples in self.samples.items() if place in titles or samples]
        for place in self.places:
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=_("Column %(letter)s") % {"letter": letter_of(place)},
                choices=choices, required=False, initial=known.get(place, ""),
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip
        for key in target.constant_keys:
            self.fields[f"constant_{key}"] = forms.CharField(
                label=self.columns[key].title, required=False, max_length=100, initial=constants.get(key, "")
            )
        self.titles = {place: " › ".join(titles.get(place, ())) for place in self.places}

    def rows(self) -> list[dict[str, Any]]:
        """What the page shows of each column: letter, title, samples, the choice."""
        return [
            {
                "letter": letter_of(place),
                "title": self.titles[place],
                "samples": self.samples[place],
                "field": self[f"column_{place}"],
            }
            for place in self.places
        ]

    def constant_fields(self) -> list[forms.BoundField]:
        """The fields for values that hold for all rows."""
        return [self[name] for name in self.fields if name.startswith("constant_")]

    def clean(self) -> dict[str, Any]:
        """One column for each kind of value, and values for all rows that keep the column's rule."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        places: dict[str, int] = {}
        for place in self.places:
            key = cleaned.get(f"column_{place}")
            if key and key in places:
                self.add_error(
                    f"column_{place}",
                    _("“%(title)s” is column %(letter)s already; leave one of the two out.")
                    % {"title": self.columns[key].title, "letter": letter_of(places[key])},
                )
            elif key:
                places[key] = place
        constants: dict[str, str] = {}
        for name in self.fields:
            prefix, _sign, key = name.partition("_")
            if prefix == "constant" and (text := parsers.text(cleaned.get(name) or "")):
                constants[key] = text
                try:
                    self.columns[key].widget.clean(text)
                except ValueError as error:
                    self.add_error(name, str(error.args[0]))
        return {**cleaned, "places": places, "constants": constants}


def _samples(sheet: Sheet, layout: Layout, place: int) -> list[str]:
    found = []
    for row in sheet.rows:
        if row > layout.last and (text := parsers.text(sheet.cell(row, place))):
            found.append(text[:40])
        if len(found) == SAMPLES:
            break
    return found
