"""Looking again and again whether every stored file still is what was written, and telling who can restore it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from documents import files
from documents.models import DocumentVersion
from documents.proofs import IntegrityCheck
from notices.actions import tell
from people.models import Membership, User

logger = logging.getLogger(__name__)
Problem = IntegrityCheck.Problem

EVERY = timedelta(days=7)  # each file; one found damaged is looked at daily, until it is restored
DAMAGED_EVERY = timedelta(days=1)
AT_ONCE = 100  # files of one tick: ten thousand papers in less than nine hours
TOLD = Membership.Role.ADMINISTRATOR


def check_some(now: datetime | None = None) -> int:
    """Check the files that are due, the longest unchecked first; return how many. For `tick`, harmless to repeat.

    The administrators of the paper's province are told of each damage once, until it is mended.
    """
    now = now or timezone.now()
    due = Q(integrity=None) | Q(integrity__checked_at__lt=now - EVERY)
    due |= Q(integrity__checked_at__lt=now - DAMAGED_EVERY) & ~Q(integrity__problem=Problem.NONE)
    rows = DocumentVersion.objects.filter(due).select_related("document__organisation__province")
    versions = list(rows.defer("context").order_by(F("integrity__checked_at").asc(nulls_first=True), "pk")[:AT_ONCE])
    for version in versions:
        check(version, now=now)
    return len(versions)


@transaction.atomic
def check(version: DocumentVersion, *, now: datetime | None = None) -> IntegrityCheck:
    """Compare a version's file with its SHA-256, keep the result, and tell of a damage that is new."""
    now = now or timezone.now()
    problem, before = _problem(version), IntegrityCheck.objects.filter(version=version).first()
    row, _made = IntegrityCheck.objects.update_or_create(
        version=version, defaults={"checked_at": now, "problem": problem}
    )
    if problem and (before is None or before.problem != problem):
        logger.error("The stored file of document version %s is damaged: %s.", version.pk, problem)
        _tell(version, row, now)
    return row


def _problem(version: DocumentVersion) -> str:
    name = str(version.file.name)
    if files.is_intact(name, version.sha256):
        return Problem.NONE
    return Problem.CHANGED if default_storage.exists(name) else Problem.MISSING


def _tell(version: DocumentVersion, check: IntegrityCheck, now: datetime) -> None:
    """Tell the province's administrators, each once per damaged file."""
    document = version.document
    province = document.organisation.province
    holders = Membership.objects.active(timezone.localdate(now)).filter(role=TOLD, organisation__province=province)
    people = list(User.objects.filter(pk__in=holders.values("user")).order_by("pk"))
    entry = getattr(version, "register_entry", None)
    number = entry.full_number if entry else f"v{version.number}"
    tell(
        "documents.damaged",
        people,
        key=f"documents.damaged:{version.pk}:{now:%Y%m%d}:{check.problem}",
        facts={"about": document.title, "number": number, "result": str(check.get_problem_display())},
        url=document.get_absolute_url(),
        case=document,
        province=province,
        now=now,
    )
