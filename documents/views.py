"""Pages of the documents room: the register, and the files behind it."""

from __future__ import annotations

import logging
import re

from django.contrib.auth.decorators import login_required
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from documents import files, policies
from documents.filters import RegisterFilter
from documents.models import Document, DocumentTemplate, DocumentVersion, RegisterEntry
from documents.tables import EXPORT_COLUMNS, RegisterTable, export_row
from imports.export import write_xlsx
from people.models import User
from projects.views.case import PersonRequest
from projects.views.sheets import sheet

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_TITLE = 80  # characters of a title in a file's name; file systems take 255 bytes
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
log = logging.getLogger(__name__)


@login_required
@require_safe
def register(request: PersonRequest) -> HttpResponse:
    """All documents that the user may see, filtered; `?export=xlsx` gives the same rows as a workbook."""
    found = RegisterFilter(request.GET, queryset=register_rows(request.user))
    if request.GET.get("export") == "xlsx":
        columns = [str(name) for name in EXPORT_COLUMNS]
        return sheet("so-van-ban", write_xlsx(_("Register of documents"), columns, map(export_row, found.qs)))
    table = RegisterTable(found.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    return render(
        request, "documents/register.html", {"table": table, "filter": found, "actions": _register_actions(request)}
    )


def _register_actions(request: PersonRequest) -> list[dict[str, str]]:
    query = request.GET.copy()
    query["export"] = "xlsx"
    export = {"label": _("Download as Excel"), "url": f"?{query.urlencode()}", "icon": "download"}
    if not policies.can_read_templates(request.user):
        return [export]
    reasons = {"label": _("Reasons for returning"), "url": reverse("projects:reasons")}
    return [{"label": _("Word templates"), "url": reverse("document_templates")}, reasons, export]


def register_rows(user: User) -> QuerySet[DocumentVersion]:
    """Return the newest version of each document that the user may see: issued ones by date, drafts after them."""
    visible = Document.objects.visible_to(user)
    newest = DocumentVersion.objects.filter(document=OuterRef("document")).order_by().values("document")
    rows = DocumentVersion.objects.filter(document__in=visible).filter(
        number=Subquery(newest.annotate(last=Max("number")).values("last"))
    )
    codes = (
        "document__deliverable__stage__project__code",
        "document__council__project__code",
        "document__training__project__code",
    )
    return (
        rows.defer("context")
        .annotate(project_code=Coalesce(*codes))
        .select_related(
            "document__deliverable__stage__project",
            "document__plan",
            "document__council__project",
            "document__training__project",
            "register_entry__series__organisation",
            "register_entry__signed_by",
        )
        .order_by(F("register_entry__issued_on").desc(nulls_last=True), "-register_entry__number", "-pk")
    )


@login_required
@require_safe
def download(request: PersonRequest, pk: int) -> HttpResponse | FileResponse:
    """The file of one version, when it still is what its hash says."""
    visible = DocumentVersion.objects.filter(document__in=Document.objects.visible_to(request.user))
    rows = visible.defer("context").select_related("document", "register_entry__series__organisation")
    version = get_object_or_404(rows, pk=pk)
    if not files.is_intact(str(version.file.name), version.sha256):
        log.error("The stored file of document version %s is missing or differs from its SHA-256.", version.pk)
        return render(request, "documents/damaged.html", {"version": version}, status=409)
    return _attachment(version.file.open("rb"), file_name(version))


@login_required
@require_safe
def template_file(request: PersonRequest, pk: int) -> FileResponse:
    """The Word file of one version of a template, to be changed and registered again."""
    if not policies.can_read_templates(request.user):
        raise Http404
    template = get_object_or_404(DocumentTemplate, pk=pk)
    return _attachment(template.file.open("rb"), f"{template.kind}.v{template.version}.docx")


def file_name(version: DocumentVersion) -> str:
    """Return the name under which a version is saved: "05-BC-CCTĐC Báo cáo khảo sát.docx"."""
    entry: RegisterEntry | None = getattr(version, "register_entry", None)
    head = entry.full_number if entry else _("Draft %(number)d") % {"number": version.number}
    title = " ".join(_NOT_IN_NAMES.sub(" ", version.document.title).split())
    if len(title) > MAX_TITLE:
        title = title[:MAX_TITLE].rsplit(" ", 1)[0]
    return f"{_NOT_IN_NAMES.sub('-', head)} {title.strip(' .')}.docx"


def _attachment(file: object, name: str) -> FileResponse:
    """Answer with a file to be saved, never shown: Django writes the name as RFC 6266 wants it."""
    return FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type=WORD,
        headers={"X-Content-Type-Options": "nosniff"},
    )
