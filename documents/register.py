"""The register's rows: every number that was given out, whatever became of it, and the drafts that wait for one."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from documents.models import DocumentVersion
from people.models import User
from people.scope import scope_of

State = DocumentVersion.State
# Through what a document belongs to a project.
PROJECTS = (
    "document__deliverable__stage__project",
    "document__council__project",
    "document__training__project",
    "document__enrolment__project",
    "document__project",
)


def register_rows(user: User) -> QuerySet[DocumentVersion]:
    """Return the rows that the user may see, without what a page shows of them (`for_page`)."""
    scope = scope_of(user)
    rows = DocumentVersion.objects.all()
    if not scope.is_keeper:
        rows = rows.filter(document__organisation__province__in=scope.province_ids)
    later = DocumentVersion.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    return rows.filter(Q(register_entry__isnull=False) | Q(~Exists(later), state=State.DRAFT))


def in_order(rows: QuerySet[DocumentVersion]) -> QuerySet[DocumentVersion]:
    """Order the numbers by date, the newest first, and the drafts after them."""
    return rows.order_by(F("register_entry__issued_on").desc(nulls_last=True), "-register_entry__number", "-pk")


def for_page(rows: QuerySet[DocumentVersion]) -> QuerySet[DocumentVersion]:
    """Fetch what a row shows. Narrow rows: the database sorts them all before it gives out a page."""
    return (
        rows.defer("context")
        .annotate(project_code=Coalesce(*(f"{path}__code" for path in PROJECTS)))
        .select_related(
            "document__deliverable__stage__project",
            "document__council__project",
            "document__plan",
            "register_entry__series__organisation",
            "register_entry__signed_by",
            "revocation__by_entry__series__organisation",
        )
    )
