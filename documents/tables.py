"""The register of documents."""

from __future__ import annotations

import django_tables2 as tables
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.approvals import approved_for
from documents.models import DocumentVersion, RegisterEntry
from imports.export import Value
from people.absence import acting_name
from people.models import User

NUMERAL = {"th": {"class": "n"}, "td": {"class": "n"}}
CODE = {"th": {"class": "nowrap"}, "td": {"class": "nowrap"}}
ENTRY = "register_entry"
State = DocumentVersion.State
TONES = {State.DRAFT: "go", State.ISSUED: "ok", State.SUPERSEDED: "no", State.REVOKED: "late"}


class RegisterTable(tables.Table):
    """One row per document: the version in force, or the draft that waits for its number."""

    caption = gettext_lazy("Register of documents")
    row_header = "title"
    empty_title = gettext_lazy("No document here")
    number = tables.Column(
        verbose_name=gettext_lazy("Number"),
        accessor=ENTRY,
        order_by=(f"{ENTRY}__issued_on__year", f"{ENTRY}__series__symbol", f"{ENTRY}__number"),
        attrs=CODE,
    )
    issued_on = tables.DateColumn(
        verbose_name=gettext_lazy("Date"), accessor=f"{ENTRY}__issued_on", short=True, attrs=NUMERAL
    )
    title = tables.Column(
        verbose_name=gettext_lazy("Title"),
        accessor="document__title",
        linkify=lambda record: case_url(record),
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

    def before_render(self, request: HttpRequest) -> None:
        """Read for the rows of this page who was away when they were approved."""
        self.approved_for = approved_for(row.record for row in self.paginated_rows)

    def render_signer(self, record: DocumentVersion, value: User) -> str:
        """Who signed it, and for whom if they stood in."""
        return acting_name(value, self.approved_for.get(record.document.deliverable_id or 0))

    def render_state(self, record: DocumentVersion) -> str:
        """A word and a shape."""
        tone = TONES[State(record.state)]
        return render_to_string("_status.html", {"tone": tone, "label": record.get_state_display()})

    def render_file(self, record: DocumentVersion) -> SafeString:
        """A link whose words say which file it is, also out of its row."""
        name = _("version %(number)d of %(title)s") % {"number": record.number, "title": record.document.title}
        return format_html(
            '<a href="{}">{}<span class="visually-hidden"> {}</span></a>', record.get_absolute_url(), _("Word"), name
        )


def case_url(version: DocumentVersion) -> str:
    """Return the page of what the document belongs to: a deliverable, a plan or a council."""
    document = version.document
    case = document.deliverable or document.plan or document.council
    return case.get_absolute_url() if case else ""


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
    project = version.document.project
    return [
        entry.full_number if entry else "",
        entry.issued_on if entry else None,
        version.document.title,
        project.code if project else "",
        str(entry.signed_by) if entry else "",
        str(version.get_state_display()),
        version.number,
        version.sha256,
    ]
