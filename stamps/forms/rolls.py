"""Forms of rolls: how a batch is divided and laid out, and taking a roll back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from people.errors import Refusal
from people.fields import MeasureField, WholeNumberField
from stamps.errors import InvalidSerial, PictureRefused
from stamps.life.scan import read_stamp
from stamps.models import StampBatch
from stamps.printing.layouts import A4_24, A4_65, SheetLayout, a4, in_words, largest_symbol, roll
from stamps.printing.logos import read_logo

MAX_LOGO = 5 * 1024 * 1024  # bytes


class LayoutKind(models.TextChoices):
    """How the labels lie."""

    A4_65 = "a4_65", gettext_lazy("A4 sheet of 65 labels (38.1 × 21.2 mm)")
    A4_24 = "a4_24", gettext_lazy("A4 sheet of 24 labels (63.5 × 33.9 mm)")
    A4_GRID = "a4_grid", gettext_lazy("A4 sheet, columns and rows of your own")
    ROLL = "roll", gettext_lazy("Roll for a print house or label printer")
    CUSTOM = "custom", gettext_lazy("Page of your own, every measure in mm")


# Which measures each kind needs; the others are left alone.
NEEDS = {
    LayoutKind.A4_65: (),
    LayoutKind.A4_24: (),
    LayoutKind.A4_GRID: ("columns", "rows"),
    LayoutKind.ROLL: ("label_width", "label_height", "columns"),
    LayoutKind.CUSTOM: ("page_width", "page_height", "columns", "rows", "label_width", "label_height", "left", "top"),
}
# Where a refusal stands that is about a measure which the kind does not ask for.
TOLD_AT: dict[str, dict[str, str]] = {
    LayoutKind.A4_65: dict.fromkeys(("label_width", "label_height", "qr_mm"), "kind"),
    LayoutKind.A4_24: dict.fromkeys(("label_width", "label_height", "qr_mm"), "kind"),
    LayoutKind.A4_GRID: {"label_width": "columns", "label_height": "rows", "qr_mm": "columns"},
    LayoutKind.ROLL: {"page_width": "columns", "page_height": "label_height"},
}
_LENGTHS = ("label_width", "label_height", "gap", "qr_mm", "page_width", "page_height", "left", "top")


def _mm(label: Any, help_text: Any = "") -> MeasureField:
    return MeasureField(label=label, help_text=help_text, required=False, min_value=0, max_value=1000)


class RollPlanForm(forms.Form):
    """How many stamps go on a roll, and how they lie there. Rules are the action's and the layout's."""

    per_roll = WholeNumberField(label=gettext_lazy("Stamps per roll or file"), min_value=1)
    quantity = WholeNumberField(
        label=gettext_lazy("Only the first"),
        help_text=gettext_lazy("Stamps to plan now; leave empty for all that are on no roll yet."),
        min_value=1,
        required=False,
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("labels", "Layout"), choices=LayoutKind.choices, widget=forms.RadioSelect, initial="a4_65"
    )
    columns = WholeNumberField(label=gettext_lazy("Labels side by side"), required=False, min_value=1, max_value=100)
    rows = WholeNumberField(label=gettext_lazy("Rows of labels on a page"), required=False, min_value=1, max_value=200)
    label_width = _mm(gettext_lazy("Width of a label (mm)"))
    label_height = _mm(gettext_lazy("Height of a label (mm)"))
    gap = _mm(gettext_lazy("Gap between labels (mm)"))
    qr_mm = _mm(
        gettext_lazy("Side of the code with its white border (mm)"),
        gettext_lazy("Leave empty for the largest that leaves room for the words."),
    )
    page_width = _mm(gettext_lazy("Width of the page (mm)"))
    page_height = _mm(gettext_lazy("Height of the page (mm)"))
    left = _mm(gettext_lazy("Left margin (mm)"))
    top = _mm(gettext_lazy("Upper margin (mm)"))
    dpi = WholeNumberField(
        label=gettext_lazy("Resolution of the printer (dpi)"), initial=300, min_value=150, max_value=2540
    )

    logo = forms.FileField(
        label=gettext_lazy("Logo on every label (optional)"),
        help_text=gettext_lazy("PNG, JPEG or GIF up to 5 MB; it is printed small beside the words."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/gif"}),
    )

    def __init__(self, *args: Any, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["per_roll"].initial = min(left, settings.STAMPS_MAX_SHEET)
        self.fields["per_roll"].widget.attrs["max"] = settings.STAMPS_MAX_SHEET
        for name in _LENGTHS:
            self.fields[name].widget.attrs["step"] = "0.1"
        for name in set().union(*NEEDS.values()):
            self.fields[name].is_one_way = True  # type: ignore[attr-defined]  # the chosen layout needs it

    def clean_logo(self) -> bytes:
        """Return the picture, b"" for none."""
        upload = self.cleaned_data["logo"]
        if not upload:
            return b""
        if upload.size > MAX_LOGO:
            raise forms.ValidationError(_("The picture is larger than 5 MB. Choose a smaller one."))
        data = bytes(upload.read())
        try:
            read_logo(data)
        except PictureRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return data

    def clean(self) -> dict[str, Any]:
        """The measures that the kind of layout needs are there."""
        for name in NEEDS.get(self.cleaned_data.get("kind", ""), ()):
            if self.cleaned_data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Fill this in: the chosen layout is not complete without it."))
        return self.cleaned_data

    def layout(self) -> SheetLayout:
        """Return the layout that was described. Raises LayoutRefused, naming the field."""
        given = self.cleaned_data
        gap, symbol, dpi = given["gap"], given["qr_mm"], given["dpi"]
        match given["kind"]:
            case LayoutKind.A4_65:
                return A4_65
            case LayoutKind.A4_24:
                return A4_24
            case LayoutKind.A4_GRID:
                return a4(given["columns"], given["rows"], gap=2.5 if gap is None else gap, dpi=dpi)
            case LayoutKind.ROLL:
                gap, across = 3.0 if gap is None else gap, given["columns"]
                width, height = given["label_width"], given["label_height"]
                return roll(width, height, across=across, gap=gap, qr_mm=symbol, dpi=dpi)
        return self._own(gap or 0.0, symbol, dpi)

    def _own(self, gap: float, symbol: float | None, dpi: int) -> SheetLayout:
        given = self.cleaned_data
        width, height = given["label_width"], given["label_height"]
        name = _("own page, %(count)d × %(width)s × %(height)s mm")
        return SheetLayout(
            name
            % {"count": given["columns"] * given["rows"], "width": in_words(width, 2), "height": in_words(height, 2)},
            columns=given["columns"],
            rows=given["rows"],
            label_width=width,
            label_height=height,
            left=given["left"],
            top=given["top"],
            gap_x=gap,
            gap_y=gap,
            qr_mm=largest_symbol(width, height) if symbol is None else symbol,
            page_width=given["page_width"],
            page_height=given["page_height"],
            dpi=dpi,
        )

    def refuse(self, refusal: Refusal) -> None:
        """Put a refusal next to the answer that it is about."""
        field = {"gap_x": "gap", "gap_y": "gap"}.get(found := getattr(refusal, "field", None) or "", found)
        kind = self.cleaned_data["kind"]
        if field == "qr_mm" and kind in (LayoutKind.ROLL, LayoutKind.CUSTOM) and self.cleaned_data["qr_mm"] is None:
            field = "label_height"  # nobody chose the symbol's size: it follows from the label's
        field = TOLD_AT.get(kind, {}).get(field, field)
        self.add_error(field if field in self.fields else None, str(refusal))


class CancelRollForm(forms.Form):
    """Why a roll is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class CountForm(forms.Form):
    """What the print house reports of a roll: how many are good, and which are spoiled."""

    print_house = forms.CharField(
        label=gettext_lazy("Print house"),
        help_text=gettext_lazy("Leave empty if it was printed in the office."),
        required=False,
        max_length=200,
    )
    printed = WholeNumberField(label=gettext_lazy("Printed well"), min_value=0)
    spoiled = forms.CharField(
        label=gettext_lazy("Spoiled or not printed"),
        help_text=gettext_lazy(
            "One line for each stamp, or for each range: first and last serial with a space between them. "
            "These stamps become void."
        ),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "code", "autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, batch: StampBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batch = batch

    def clean_spoiled(self) -> list[tuple[int, int]]:
        """Return the ranges (start, end) that the lines name."""
        lines = [line.split() for line in self.cleaned_data["spoiled"].splitlines() if line.strip()]
        return [self._range(line) for line in lines]

    def _range(self, words: list[str]) -> tuple[int, int]:
        if len(words) > 2:
            raise forms.ValidationError(
                _("“%(line)s”: write one serial, or the first and the last with a space between them.")
                % {"line": " ".join(words)[:80]}
            )
        try:
            ends = [read_stamp(word, self.batch.code) for word in (words[0], words[-1])]
        except InvalidSerial as error:
            raise forms.ValidationError(str(error)) from error
        start, last = (index if serial[0] == self.batch.key_version else -1 for serial, index in ends)
        return start, last + 1
