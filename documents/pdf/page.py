"""A version as PDF: asked for, awaited, looked at and downloaded."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents import pdf as office
from documents.models import Document, DocumentVersion
from documents.names import file_name
from documents.pdf import job as pdf_job
from documents.way import way
from jobs.models import Job
from jobs.progress import progress_of
from people import audit
from people.frame import refusals_said
from projects.views.case import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The version as PDF, or how far its making is; a POST has it made."""
    version = _fetch(request, pk)
    if request.method == "POST":
        with refusals_said(request):
            pdf_job.ask_for_pdf(version, by=request.user)
        return redirect("documents:pdf", pk)
    job = Job.objects.filter(kind=pdf_job.PdfOfVersion.key, target=audit.label(version)).order_by("-pk").first()
    context = {
        "version": version,
        "name": file_name(version, suffix=".pdf"),
        "copy": pdf_job.copy_of(version),
        "is_there": office.is_there(),
        "missing": office.missing(),
        "crumbs": way(version.document),
        **(progress_of(job, request.user) if job else {}),
    }
    return render(request, "documents/pdf.html", context)


@login_required
@require_safe
def pdf_file(request: PersonRequest, pk: int) -> HttpResponse | FileResponse:
    """The PDF itself, shown by the browser; `?download=1` saves it."""
    version = _fetch(request, pk)
    copy = pdf_job.copy_of(version)
    if copy is None:  # not made yet, or damaged: that page makes it (anew)
        return redirect("documents:pdf", pk)
    return FileResponse(
        copy.file.open("rb"),
        as_attachment="download" in request.GET,
        filename=file_name(version, suffix=".pdf"),
        content_type="application/pdf",
        headers={"X-Content-Type-Options": "nosniff"},
    )


def _fetch(request: PersonRequest, pk: int) -> DocumentVersion:
    visible = DocumentVersion.objects.filter(document__in=Document.objects.visible_to(request.user)).defer("context")
    rows = visible.select_related("document__organisation__province", "register_entry__series__organisation")
    return get_object_or_404(rows, pk=pk)
