"""The register of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_tables2 as tables
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.approvals import approved_for
from documents.fulltext import excerpt
from documents.models import DocumentVersion, RegisterEntry
from documents.proofs import VersionText
from imports.export import Value
from people.absence import acting_name
from people.models import User

NUMERAL = {"th": {"class": "n"}, "td": {"class": "n"}}
CODE = {"th": {"class": "nowrap"}, "td": {"class": "nowrap"}}
ENTRY = "register_entry"
State = DocumentVersion.State
OUT_OF_FORCE = (State.SUPERSEDED, State.REVOKED)
TONES = {State.DRAFT: "go", State.ISSUED: "ok", State.SUPERSEDED: "no", State.REVOKED: "late"}


class RegisterTable(tables.Table):
    """One row per number that was given out, and per draft that waits for one; `words` are those searched for."""

    caption = gettext_lazy("Register of documents")
    row_header = "title"
    empty_title = gettext_lazy("No document here")
    number = tables.Column(
        verbose_name=gettext_lazy("Number"),
        accessor=ENTRY,
        linkify=("paper", [tables.A("document_id")]),
        order_by=(f"{ENTRY}__issued_on__year", f"{ENTRY}__series__symbol", f"{ENTRY}__number"),
        attrs=CODE,
    )
    issued_on = tables.DateColumn(
        verbose_name=gettext_lazy("Date"), accessor=f"{ENTRY}__issued_on", short=True, attrs=NUMERAL
    )
    title = tables.Column(
        verbose_name=gettext_lazy("Title"),
        accessor="document__title",
    )
    project = tables.Column(verbose_name=gettext_lazy("Project"), accessor="project_code", attrs=CODE)
    signer = tables.Column(verbose_name=gettext_lazy("Signed by"), accessor=f"{ENTRY}__signed_by", attrs=CODE)
    state = tables.Column(verbose_name=gettext_lazy("State"))
    file = tables.Column(verbose_name=gettext_lazy("File"), accessor="pk", orderable=False)

    class Meta:
        model = DocumentVersion
        fields = ("number", "issued_on", "title", "project", "signer", "state", "file")
        empty_text = gettext_lazy(
            "Documents appear here when they are generated on the page of a deliverable. "
            "Clear the filter if one is missing."
        )

    def __init__(self, *args: Any, words: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def before_render(self, request: HttpRequest) -> None:
        """Read for the rows of this page who was away when they were approved, what replaced them, and their hits."""
        shown = [row.record for row in self.paginated_rows]
        self.approved_for = approved_for(shown)
        self.replaced_by = _replacements(shown)
        found = VersionText.objects.filter(version__in=shown) if self.words else []
        self.excerpts = {text.pk: excerpt(text, self.words) for text in found}

    def render_number(self, record: DocumentVersion, value: RegisterEntry) -> SafeString | str:
        """The number, struck when the paper is no longer in force."""
        return format_html("<s>{}</s>", value.full_number) if record.state in OUT_OF_FORCE else value.full_number

    def value_number(self, value: RegisterEntry) -> str:
        """The bare number."""
        return value.full_number

    def render_title(self, record: DocumentVersion, value: str) -> SafeString:
        """The title, with the line of the text that was searched for."""
        words = format_html("<s>{}</s>", value) if record.state in OUT_OF_FORCE else value
        title = format_html('<a href="{}">{}</a>', case_url(record), words)
        hit = self.excerpts.get(record.pk)
        return format_html('{}<span class="sub d-block fw-normal">{}</span>', title, hit) if hit else title

    def value_title(self, value: str) -> str:
        """The bare title."""
        return value

    def render_signer(self, record: DocumentVersion, value: User) -> str:
        """Who signed it, and for whom if they stood in."""
        return acting_name(value, self.approved_for.get(record.document.deliverable_id or 0))

    def render_state(self, record: DocumentVersion) -> str:
        """A word and a shape."""
        tone = TONES[State(record.state)]
        chip = render_to_string("_status.html", {"tone": tone, "label": record.get_state_display()})
        if later := self.replaced_by.get(record.pk):
            label = _("by %(number)s") % {"number": later.full_number}
            return format_html('{} <a href="{}">{}</a>', chip, _page(record), label)
        if record.state == State.REVOKED:
            return format_html('{} <span class="sub">{}</span>', chip, record.revocation.paper)
        return chip

    def value_state(self, record: DocumentVersion) -> str:
        """The bare word."""
        return str(record.get_state_display())

    def render_file(self, record: DocumentVersion) -> SafeString:
        """A link whose words say which file it is, also out of its row."""
        name = _("version %(number)d of %(title)s") % {"number": record.number, "title": record.document.title}
        return format_html(
            '<a href="{}">{}<span class="visually-hidden"> {}</span></a>', record.get_absolute_url(), _("Word"), name
        )


def case_url(version: DocumentVersion) -> str:
    """Return the page of what the document belongs to: a deliverable, a plan or a council; else its own page."""
    document = version.document
    case = document.deliverable or document.plan or document.council
    return case.get_absolute_url() if case else _page(version)


def _page(version: DocumentVersion) -> str:
    return reverse("paper", args=[version.document_id])


def _replacements(versions: Sequence[DocumentVersion]) -> dict[int, RegisterEntry]:
    """Return by superseded version the number that took its place: the next of its document. One query."""
    superseded = [version for version in versions if version.state == State.SUPERSEDED]
    if not superseded:
        return {}
    entries = RegisterEntry.objects.filter(version__document__in=[version.document_id for version in superseded])
    later = list(entries.select_related("version", "series__organisation").order_by("-version__number"))
    found: dict[int, RegisterEntry] = {}
    for version in superseded:
        for entry in later:
            if entry.version.document_id == version.document_id and entry.version.number > version.number:
                found[version.pk] = entry
    return found


EXPORT_COLUMNS = (
    gettext_lazy("Number"),
    gettext_lazy("Date"),
    gettext_lazy("Title"),
    gettext_lazy("Project"),
    gettext_lazy("Signed by"),
    gettext_lazy("State"),
    gettext_lazy("Version"),
    gettext_lazy("SHA-256"),
)


def export_row(version: DocumentVersion) -> list[Value]:
    """Return a document as a row of the workbook; a draft has no number, date or signer."""
    entry: RegisterEntry | None = getattr(version, ENTRY, None)
    return [
        entry.full_number if entry else "",
        entry.issued_on if entry else None,
        version.document.title,
        getattr(version, "project_code", None) or "",
        str(entry.signed_by) if entry else "",
        str(version.get_state_display()),
        version.number,
        version.sha256,
    ]
