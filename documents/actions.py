"""Registering templates, preparing drafts and issuing numbered papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import docx, files, fulltext
from documents.errors import NotReady
from documents.letterhead import Letterhead
from documents.models import (
    Document,
    DocumentTemplate,
    DocumentVersion,
    NumberSeries,
    RegisterEntry,
    field_of,
    symbol_on_paper,
)
from documents.signers import is_in_person, signature_of, signature_of_head
from documents.template_choice import template_for
from people import audit
from people.models import Organisation, User
from projects.models import Deliverable, PilotProject, Plan

State = DocumentVersion.State
DOCX = ".docx"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a room hands over to be printed: the kind, its symbol, and its data (a frozen dataclass)."""

    kind: str
    symbol: str
    data: object
    legal_bases: Sequence[str] = ()
    recipients: Sequence[str] = ()
    title: str = ""  # of a paper that is not called after its deliverable or plan
    occasion: str = ""  # which of several papers of the kind about one subject
    entries: Mapping[str, Any] = field(default_factory=dict)  # what people typed for it, by field
    organisation: Organisation | None = None  # who issues it, where the subject does not say
    recorded: tuple[str, date] | None = None  # number and day of a paper that was issued before it was entered here
    by_head: bool = False  # decided by the agency's head in person, not by the collective that it speaks for


@transaction.atomic
def register_template(
    kind: str, data: bytes, *, paper_class: type, by: User | None, now: datetime | None = None
) -> DocumentTemplate:
    """Register a Word file as the program's newest template of a kind; the same file twice is one version.

    It prints from now on for every province that has published none of its own (`template_actions`).
    Raises TemplateRefused naming the tag when the file uses an unknown variable, has a broken tag, or
    holds anything that could run.
    """
    docx.check_template(data, paper_class)
    latest = DocumentTemplate.objects.of(kind, None).select_for_update().first()
    digest = files.sha256(data)
    if latest and latest.sha256 == digest:
        return latest
    moment = now or timezone.now()
    template = DocumentTemplate.objects.create(
        kind=kind,
        version=latest.version + 1 if latest else 1,
        file=files.keep("document-templates", data, DOCX),
        sha256=digest,
        registered_at=moment,
        registered_by=by,
        state=DocumentTemplate.State.PUBLISHED,
        published_at=moment,
        published_by=by,
    )
    audit.record("document.template_registered", by=by, target=template, at=now, kind=kind, version=template.version)
    return template


@transaction.atomic
def prepare_draft(
    paper: Paper,
    subject: models.Model,
    *,
    by: User,
    now: datetime | None = None,
    is_replacement: bool = False,
    renew_template: bool = False,
) -> DocumentVersion:
    """Render a paper about its subject as the next draft version and return it. A draft carries no number.

    It keeps the template of the draft before it; `renew_template` takes the one in use now. A replacement of an
    issued paper gets a number of its own when it is issued; the old one is in force until then. Raises NotReady
    when an issued paper stands and is not to be replaced or there is no template, ValueError for a subject that
    no paper is about.
    """
    document = _document_of(paper, subject)
    latest = document.latest
    if latest and latest.state == State.ISSUED and not is_replacement:
        raise NotReady(
            _("“%(title)s” is issued as %(number)s; an issued paper is not overwritten.")
            % {"title": document.title, "number": latest.register_entry}
        )
    letterhead = _letterhead(document.organisation, paper)
    context = {"letterhead": docx.plain(letterhead, "letterhead"), "paper": docx.plain(paper.data, "paper")}
    template = template_for(document, paper.data, timezone.localdate(now), renew=renew_template)
    version = _add_version(document, template, context, State.DRAFT, by=by, now=now)
    _log(document, "document.prepared", by=by, at=now, version=version.number)
    return version


@transaction.atomic
def issue(document: Document, *, signer: User, on: date, by: User, now: datetime | None = None) -> RegisterEntry:
    """Give the latest draft its number, print it again with number, date and signer, and put it in force.

    Numbers run without gaps per agency, symbol and year: the counter row is locked, and number,
    register entry and version stand or fall together. Raises NotReady without a draft.
    """
    document = (
        Document.objects.select_for_update(of=("self",)).select_related("organisation__parent").get(pk=document.pk)
    )
    draft = draft_to_issue(document)
    series, _made = NumberSeries.objects.get_or_create(
        organisation=document.organisation, symbol=document.symbol, year=on.year
    )
    series = NumberSeries.objects.select_for_update().get(pk=series.pk)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    entry = RegisterEntry(series=series, number=series.last_number, issued_on=on, signed_by=signer)
    frame = draft.context["letterhead"]
    in_person = is_in_person(frame["signer_authority"])
    context = {**draft.context, "letterhead": frame | _numbered(document, entry, in_person=in_person)}
    document.versions.filter(state=State.ISSUED).update(state=State.SUPERSEDED)
    entry.version = _add_version(document, draft.template, context, State.ISSUED, by=by, now=now)
    entry.save()
    _log(document, "document.issued", by=by, at=now, number=entry.full_number)
    return entry


def waits_for_number(version: DocumentVersion) -> bool:
    """Whether it is a draft that leaves room for a number; one of a paper that was issued elsewhere bears its own."""
    return version.state == State.DRAFT and BLANK_NUMBER in version.context["letterhead"]["number_line"]


def draft_to_issue(document: Document) -> DocumentVersion:
    """Return the newest version, a draft that waits for its number. Raises NotReady for any other."""
    draft = document.latest
    if draft is None or draft.state != State.DRAFT:
        raise NotReady(_("“%(title)s” has no draft to issue; prepare it first.") % {"title": document.title})
    if not waits_for_number(draft):
        raise NotReady(
            _("“%(title)s” was issued before it was entered here and keeps its number; it is not numbered again.")
            % {"title": document.title}
        )
    return draft


def _document_of(paper: Paper, subject: models.Model) -> Document:
    """The paper's row, locked; made when it is prepared for the first time."""
    key = {field_of(subject): subject, "kind": paper.kind, "occasion": paper.occasion}
    organisation = paper.organisation or _issuer(subject)
    defaults = {"symbol": paper.symbol, "title": paper.title or _usual_title(subject), "organisation": organisation}
    document, _made = Document.objects.get_or_create(**key, defaults=defaults)
    document = (
        Document.objects.select_for_update(of=("self",)).select_related("organisation__parent").get(pk=document.pk)
    )
    if document.entries != paper.entries:
        document.entries = dict(paper.entries)
        document.save(update_fields=["entries"])
    return document


def _issuer(subject: models.Model) -> Organisation:
    """The agency whose paper it is: the plan's issuer, else the one that owns the project."""
    if isinstance(subject, Plan):
        return subject.issuer
    project = subject.stage.project if isinstance(subject, Deliverable) else getattr(subject, "project", subject)
    if not isinstance(project, PilotProject):
        raise ValueError(f"say which agency issues a paper about a {type(subject).__name__}")
    return project.owner


def _usual_title(subject: models.Model) -> str:
    """What a paper is called that bears no title of its own."""
    if isinstance(subject, Plan):
        return subject.annex_title or subject.title
    return subject.title if isinstance(subject, Deliverable) else str(subject)


def _add_version(
    document: Document,
    template: DocumentTemplate,
    context: dict[str, object],
    state: str,
    *,
    by: User,
    now: datetime | None,
) -> DocumentVersion:
    with template.file.open() as file:
        data = docx.render(file.read(), **context)
    latest = document.latest
    version = DocumentVersion.objects.create(
        document=document,
        number=latest.number + 1 if latest else 1,
        template=template,
        context=context,
        file=files.keep("documents", data, DOCX),
        sha256=files.sha256(data),
        state=state,
        created_at=now or timezone.now(),
        created_by=by,
    )
    fulltext.keep_text(version, docx.text_of(data))
    return version


# --- the frame of the paper ------------------------------------------------------------------
BLANK_NUMBER = "     "  # a draft leaves room for the clerk's number (domain: "Số:      /BC-…")
BLANK_DATE = "ngày      tháng      năm"


def _letterhead(organisation: Organisation, paper: Paper) -> Letterhead:
    symbol = symbol_on_paper(paper.symbol, organisation)
    number, day = f"{BLANK_NUMBER}/{symbol}", BLANK_DATE
    if paper.recorded:
        number, day = paper.recorded[0], written(paper.recorded[1])
    signature = signature_of_head(organisation, in_person=paper.by_head)
    return Letterhead(
        parent_agency=organisation.parent.name if organisation.parent else "",
        agency=organisation.name,
        number_line=f"Số: {number}",
        number=number,
        place_date=f"{organisation.place}, {day}",
        date=day,
        signer_authority=signature.authority,
        signer_title=signature.title,
        signer_name="",
        recipients=tuple(paper.recipients) or usual_recipients(organisation),
        legal_bases=tuple(paper.legal_bases),
    )


def usual_recipients(organisation: Organisation) -> tuple[str, ...]:
    """Return who gets every paper of an agency: the agency above it, and its own archive."""
    above = (f"{organisation.parent.name} (b/c)",) if organisation.parent else ()
    return (*above, f"Lưu: VT, {organisation.symbol}")


def _numbered(document: Document, entry: RegisterEntry, *, in_person: bool) -> dict[str, str]:
    """What changes in the frame when the paper gets its number."""
    organisation, signer = document.organisation, entry.signed_by
    signature = signature_of(signer, organisation, in_person=in_person, day=entry.issued_on)
    return {
        "number_line": f"Số: {entry.full_number}",
        "number": entry.full_number,
        "place_date": f"{organisation.place}, {written(entry.issued_on)}",
        "date": written(entry.issued_on),
        "signer_authority": signature.authority,
        "signer_title": signature.title,
        "signer_name": signer.full_name,
    }


def written(day: date) -> str:
    """Return a date as papers write it; days below 10 and the months 1 and 2 get a leading 0 (NĐ 30/2020, annex I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _log(document: Document, verb: str, *, by: User, at: datetime | None, **facts: object) -> None:
    facts["title"] = document.title
    province = document.organisation.province
    audit.record(verb, by=by, target=document, case=document.case, province=province, at=at, **facts)
