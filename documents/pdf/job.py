"""Making the PDF of a version in the background; one of each Word file is kept, by its SHA-256."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from documents import files, pdf
from documents.errors import NotReadable
from documents.models import DocumentVersion
from documents.proofs import PdfCopy
from jobs.actions import start_job
from jobs.kinds import Chunk, Cursor, Kind
from jobs.models import Job
from people.models import User


class PdfOfVersion(Kind):
    """Converts the version in `arguments["version"]`, in one chunk: LibreOffice cannot be stopped half way."""

    key: ClassVar[str] = "document_pdf"
    label: ClassVar[Any] = gettext_lazy("PDF of a document")
    unit: ClassVar[Any] = gettext_lazy("documents")

    def step(self, job: Job, cursor: Cursor) -> Chunk:
        version = DocumentVersion.objects.get(pk=job.arguments["version"])
        if copy_of(version):  # another version with the same file was faster
            return Chunk(None, 1)
        if not files.is_intact(str(version.file.name), version.sha256):
            raise NotReadable(version.number)
        with version.file.open() as stored:
            made = pdf.convert(stored.read())
        # Named after the Word file: a second try after a kill replaces what the first left, and nothing is orphaned.
        name = f"pdf/{version.sha256[:2]}/{version.sha256}.pdf"
        default_storage.delete(name)
        name = files.put(name, made)
        return Chunk(None, 1, partial(_keep, version.sha256, name, files.sha256(made)))

    def may_fetch(self, job: Job, user: User) -> bool:
        """Nobody: the PDF is had from its document's page."""
        return False


def copy_of(version: DocumentVersion) -> PdfCopy | None:
    """Return the PDF that was made of the version's file, if it still is what was made."""
    copy = PdfCopy.objects.filter(source_sha256=version.sha256).first()
    return copy if copy and files.is_intact(str(copy.file.name), copy.file_sha256) else None


@transaction.atomic
def ask_for_pdf(version: DocumentVersion, *, by: User) -> Job:
    """Have the PDF made; asked twice it is one work. Raises PdfFailed where LibreOffice is missing."""
    if not pdf.is_there():
        raise pdf.PdfFailed(pdf.missing())
    return start_job(
        PdfOfVersion,
        version,
        by=by,
        province=version.document.organisation.province,
        total=1,
        label=version.document.title,
        url=reverse("documents:pdf", args=[version.pk]),
        arguments={"version": version.pk},
    )


def _keep(source: str, name: str, digest: str) -> None:
    PdfCopy.objects.update_or_create(source_sha256=source, defaults={"file": name, "file_sha256": digest})
