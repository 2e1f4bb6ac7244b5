"""What every step's form shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.labels import label_of, places_in
from documents.models import DocumentVersion
from documents.reading import reading_of
from people.models import User
from projects.actions.deliverable import NewRemark
from projects.models import Remark, RemarkPhrase
from workflows import turns

ROWS = 4  # without script; the page's button adds more
SECTION, FIELD = "section:", "field:"  # what a chosen place begins with
_ROW = re.compile(r"remark_([1-9]|[12]\d|30)")


class StepForm(forms.Form):
    """A form that knows its step and the person who answers it, and draws itself by `template_name`."""

    template_name = "workflows/forms/step.html"
    submit_label: Any = _("Confirm")
    # Whether the person may generate the case's document in this step.
    prepares = False

    def __init__(self, *args: Any, activation: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activation, self.user = activation, user
        self.process = activation.process
        self.acting_for: User | None = turns.principal(activation.task, user)
        self.build()

    def build(self) -> None:
        """Add the fields that depend on the case."""

    def save(self) -> None:
        """Call the action; runs inside the step's transaction."""
        raise NotImplementedError


@dataclass(frozen=True)
class RemarkRow:
    """The fields of one remark, as the page draws them."""

    number: int
    place: Any
    section: Any
    phrase: Any
    remark: Any

    @property
    def fields(self) -> list[Any]:
        """Those that the page draws: without standard remarks, none to choose from."""
        has_phrases = len(list(self.phrase.field.choices)) > 1
        return [self.place, self.section, *([self.phrase] if has_phrases else []), self.remark]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen in it."""
        return not any(field.value() or field.errors for field in (self.place, self.section, self.phrase, self.remark))


class RemarkFields:
    """Rows of place, standard remark and own words; rows that say nothing are left out.

    The place is a section of the newest version or a field of its data, or free text.
    """

    takes_remarks = True

    def add_remark_fields(self: Any) -> None:
        """Add the rows: four, or as many as the page sent. The document is read only when a page shows them."""
        sent = [int(name.removeprefix("remark_")) for name in self.data if _ROW.fullmatch(name)]
        self.rows = max(ROWS, *sent) if sent else ROWS
        for row in range(1, self.rows + 1):
            self.fields[f"place_{row}"] = forms.ChoiceField(
                label=_("Place of the remark"), required=False, choices=lambda: self.places
            )
            self.fields[f"section_{row}"] = forms.CharField(
                label=_("Paragraph, line or another place"), required=False, max_length=120
            )
            self.fields[f"phrase_{row}"] = forms.ChoiceField(
                label=_("Standard remark"), required=False, choices=lambda: self.phrase_choices
            )
            self.fields[f"remark_{row}"] = forms.CharField(
                label=_("What to change"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
            )

    @cached_property
    def places(self: Any) -> list[tuple[str, Any]]:
        """The places to choose from: the whole, the sections of the text, the fields of the data."""
        versions = DocumentVersion.objects.filter(document__deliverable=self.process.deliverable)
        version = versions.order_by("-number").first()
        sections = [(f"{SECTION}{part.name}", part.name) for part in reading_of(version).sections]
        fields = [(f"{FIELD}{name}", label) for name, label in places_in(version.context if version else {})]
        groups = ((_("Sections of the document"), sections), (_("Fields of the form"), fields))
        chosen: list[tuple[str, Any]] = [(str(title), places) for title, places in groups if places]
        return [("", _("The whole document")), *chosen]

    @cached_property
    def phrases(self: Any) -> dict[str, RemarkPhrase]:
        """The standard remarks of the person's own agencies in the province, by key."""
        province_id = self.process.deliverable.stage.project.province_id
        offered = RemarkPhrase.objects.visible_to(self.user).filter(is_active=True)
        return {str(phrase.pk): phrase for phrase in offered.filter(organisation__province=province_id)}

    @property
    def phrase_choices(self: Any) -> list[tuple[str, Any]]:
        """The same to choose from."""
        return [("", _("None, in my own words")), *((key, phrase.text) for key, phrase in self.phrases.items())]

    def remark_rows(self: Any) -> list[RemarkRow]:
        """The rows, as the page draws them."""
        names = ("place", "section", "phrase", "remark")
        return [RemarkRow(row, *(self[f"{name}_{row}"] for name in names)) for row in range(1, self.rows + 1)]

    def remarks(self: Any) -> list[NewRemark]:
        """Return the rows that say something."""
        written = (self._remark(row) for row in range(1, self.rows + 1))
        return [remark for remark in written if remark.words]

    def _remark(self: Any, row: int) -> NewRemark:
        place, section, phrase, text = (
            self.cleaned_data.get(f"{name}_{row}", "") for name in ("place", "section", "phrase", "remark")
        )
        return NewRemark(text, *_where(place, section.strip()), phrase=self.phrases.get(phrase))


def _where(place: str, detail: str) -> tuple[str, str]:
    """Return the place in words and its kind; what was typed is set behind what was chosen."""
    if place.startswith(FIELD):
        place, anchor = label_of(place.removeprefix(FIELD)), Remark.Anchor.FIELD
    else:
        place, anchor = place.removeprefix(SECTION), Remark.Anchor.SECTION
    words = ", ".join(filter(None, (place, detail)))[:120]
    return words, anchor if words else Remark.Anchor.WHOLE
