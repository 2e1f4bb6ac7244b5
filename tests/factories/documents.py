"""A paper of a few lines, and deliverables that have a draft or a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache

from django.db import connection

from documents import actions, docx, files
from documents import database as guards
from documents.actions import Paper
from documents.models import DocumentTemplate, DocumentVersion, RegisterEntry
from people.models import User
from projects.models import Deliverable, PilotProject
from tests.documents.word import word

NOW = datetime(2022, 3, 7, 9, 0, tzinfo=timezone(timedelta(hours=7)))
DAY = date(2022, 3, 7)
KIND = "survey_report_products"
LINES = (
    "{{ letterhead.number_line }}",
    "{{ letterhead.place_date }}",
    "{% if letterhead.signer_authority %}{{ letterhead.signer_authority }}{% endif %}",
    "{{ letterhead.signer_title }}",
    "{{ letterhead.signer_name }}",
    "{{ paper.finding }}",
)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The data of the paper."""

    finding: str


def template(*lines: str, kind: str = KIND) -> DocumentTemplate:
    """Register the paper's Word template; again it is the same version."""
    return actions.register_template(kind, _file(*(lines or LINES)), paper_class=Finding, by=None, now=NOW)


@cache
def _file(*lines: str) -> bytes:
    """The same lines are the same file: python-docx writes the clock into its bytes."""
    return word(*lines)


def paper(finding: str = "Đã khảo sát 17 sản phẩm", *, symbol: str = "BC") -> Paper:
    """Return what is to be printed."""
    return Paper(kind=KIND, symbol=symbol, data=Finding(finding=finding))


def deliverable_of(project: PilotProject, code: str = "D1") -> Deliverable:
    """Return the project's deliverable of a code."""
    return Deliverable.objects.get(stage__project=project, code=code)


def draft(deliverable: Deliverable, *, by: User, finding: str = "Đã khảo sát 17 sản phẩm") -> DocumentVersion:
    """Make the deliverable's next draft."""
    template()
    return actions.prepare_draft(paper(finding), deliverable, by=by, now=NOW)


def issued(deliverable: Deliverable, *, by: User, signer: User, on: date = DAY) -> RegisterEntry:
    """Make a draft and give it its number."""
    return actions.issue(draft(deliverable, by=by).document, signer=signer, on=on, by=signer, now=NOW)


def text_of(version: DocumentVersion) -> list[str]:
    """Return the paragraphs of a version's file."""
    with version.file.open() as file:
        return docx.text_of(file.read())


def files_of(*lines: str) -> str:
    """Keep a Word file of these lines, checked by nobody, and return its name."""
    return files.keep("document-templates", _file(*lines), ".docx")


def unguarded() -> None:
    """Let the test do what the database refuses; its rollback brings the guards back."""
    with connection.cursor() as cursor:
        for statement in guards.statements(connection.vendor)[1]:
            cursor.execute(statement)
