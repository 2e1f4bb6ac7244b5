"""Pages of the documents room: the register, and the files behind it."""

from __future__ import annotations

import logging
from typing import IO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from documents import files, policies
from documents.filters import RegisterFilter
from documents.models import Document, DocumentTemplate, DocumentVersion
from documents.names import file_name
from documents.register import for_page, in_order, register_rows
from documents.tables import EXPORT_COLUMNS, RegisterTable, export_row
from documents.way import way
from imports.export import write_xlsx
from projects.views.case import PersonRequest
from projects.views.sheets import sheet

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
log = logging.getLogger(__name__)


@login_required
@require_safe
def register(request: PersonRequest) -> HttpResponse:
    """All numbers and drafts that the user may see, filtered; `?export=xlsx` gives the same rows as a workbook."""
    found = RegisterFilter(request.GET, queryset=in_order(register_rows(request.user)), user=request.user)
    if request.GET.get("export") == "xlsx":
        columns = [str(name) for name in EXPORT_COLUMNS]
        rows = map(export_row, for_page(found.qs))
        return sheet("so-van-ban", write_xlsx(_("Register of documents"), columns, rows))
    table = RegisterTable(for_page(found.qs), words=found.words)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {"table": table, "filter": found, "actions": _register_actions(request)}
    return render(request, "documents/register.html", context)


def _register_actions(request: PersonRequest) -> list[dict[str, str]]:
    query = request.GET.copy()
    query["export"] = "xlsx"
    export = {"label": _("Download as Excel"), "url": f"?{query.urlencode()}", "icon": "download"}
    if not policies.can_read_templates(request.user):
        return [export]
    return [
        {"label": _("Verify a file"), "url": reverse("documents:verify")},
        {"label": _("Word templates"), "url": reverse("document_templates")},
        {"label": _("Reasons for returning"), "url": reverse("projects:reasons")},
        export,
    ]


@login_required
@require_safe
def download(request: PersonRequest, pk: int) -> HttpResponse | FileResponse:
    """The file of one version, when it still is what its hash says."""
    visible = DocumentVersion.objects.filter(document__in=Document.objects.visible_to(request.user))
    rows = visible.defer("context").select_related("document", "register_entry__series__organisation")
    version = get_object_or_404(rows, pk=pk)
    if not files.is_intact(str(version.file.name), version.sha256):
        log.error("The stored file of document version %s is missing or differs from its SHA-256.", version.pk)
        return render(
            request, "documents/damaged.html", {"version": version, "crumbs": way(version.document)}, status=409
        )
    return attachment(version.file.open("rb"), file_name(version))


@login_required
@require_safe
def template_file(request: PersonRequest, pk: int) -> FileResponse:
    """The Word file of one version of a template, to be changed and registered again."""
    template = get_object_or_404(DocumentTemplate.objects.visible_to(request.user), pk=pk)
    return attachment(template.file.open("rb"), f"{template.kind}.v{template.version}.docx")


def attachment(file: IO[bytes], name: str) -> FileResponse:
    """Answer with a Word file to be saved, never shown: Django writes the name as RFC 6266 wants it."""
    return FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type=WORD,
        headers={"X-Content-Type-Options": "nosniff"},
    )
