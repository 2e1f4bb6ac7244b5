"""What to look at before a paper leaves the house: its format, and the legal texts it cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from documents import files
from documents.blueprints import BLUEPRINTS
from documents.errors import DocumentError, NotReadable
from documents.format import Finding, Form, check_format
from documents.models import Document, DocumentVersion
from projects.legal import LegalWarning, legal_warnings


@dataclass(frozen=True)
class Checks:
    """What the checkers say about a version. `findings` is None when its format was not asked for.

    `problem` says why a file could not be checked.
    """

    warnings: tuple[LegalWarning, ...]
    findings: tuple[Finding, ...] | None = None
    problem: str = ""


def checks_of(version: DocumentVersion | None, *, with_format: bool = False, today: date | None = None) -> Checks:
    """Return what the checkers say about a version; nothing for a paper that has none yet."""
    if version is None:
        return Checks(())
    warnings = tuple(legal_warnings_of(version, today=today))
    if not with_format:
        return Checks(warnings)
    try:
        return Checks(warnings, tuple(format_findings(version)))
    except DocumentError as error:
        return Checks(warnings, problem=str(error))


def legal_warnings_of(version: DocumentVersion, *, today: date | None = None) -> list[LegalWarning]:
    """Return a warning for each legal text that the version cites and that does not hold on its day.

    Its day is the day of issue, for a draft today. Legal bases come first, then the paper's other texts.
    """
    entry = getattr(version, "register_entry", None) if version.state != DocumentVersion.State.DRAFT else None
    day = entry.issued_on if entry else today or timezone.localdate()
    frame = version.context.get("letterhead", {})
    texts = [*frame.get("legal_bases", ()), *_texts(version.context.get("paper", {}))]
    return legal_warnings(texts, on=day)


def format_findings(version: DocumentVersion) -> list[Finding]:
    """Return what is wrong with the format of a version's file.

    Raises NotReadable when the file is missing or was changed, TemplateRefused when it is no plain .docx.
    """
    if not files.is_intact(str(version.file.name), version.sha256):
        raise NotReadable(version.number)
    with version.file.open() as file:
        return check_format(file.read(), form=form_of_document(version.document))


def form_of_document(document: Document) -> Form | None:
    """Return what the decree asks of a document; None where its number and head say so.

    A paper without a number is no paper of the agency: its producer signs it.
    """
    return form_of_kind(document.kind) or (None if document.symbol else Form.OUTSIDE)


def form_of_kind(kind: str) -> Form | None:
    """Return what the decree asks of a kind of paper; None where the paper itself says so."""
    blueprint = BLUEPRINTS.get(kind)
    return blueprint.form if blueprint else None


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of a stored context."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
