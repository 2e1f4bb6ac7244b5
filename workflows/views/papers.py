"""Deliverables and their documents as pages show them."""

from __future__ import annotations

from django.db.models import QuerySet

from documents.models import DocumentVersion
from projects.models import Deliverable

Status = Deliverable.Status
TONES = {
    Status.PLANNED: "no",
    Status.DRAFTING: "go",
    Status.FORMAT_CHECK: "go",
    Status.IN_REVIEW: "go",
    Status.WITH_LEADER: "go",
    Status.RETURNED: "wait",
    Status.REJECTED: "late",
    Status.ISSUED: "ok",
    Status.CANCELLED: "no",
}


def with_number(versions: QuerySet[DocumentVersion]) -> QuerySet[DocumentVersion]:
    """Fetch what a row shows, without the data the version was rendered from."""
    return versions.defer("context").select_related(
        "document", "template", "created_by", "register_entry__series__organisation"
    )


def current_versions(versions: QuerySet[DocumentVersion]) -> dict[int, DocumentVersion]:
    """Return the newest version by deliverable: the issued one, or the draft that replaces it. One query."""
    newest = with_number(versions).order_by("number")
    return {version.document.deliverable_id: version for version in newest if version.document.deliverable_id}
