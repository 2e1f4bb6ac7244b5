"""Registering templates, preparing drafts and issuing numbered papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import docx, files
from documents.errors import NotReady
from documents.letterhead import Letterhead
from documents.models import Document, DocumentTemplate, DocumentVersion, NumberSeries, RegisterEntry
from people import audit
from people.models import Organisation, User
from projects.models import Council, Deliverable, Plan, TrainingSession

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


@transaction.atomic
def register_template(
    kind: str, data: bytes, *, paper_class: type, by: User | None, now: datetime | None = None
) -> DocumentTemplate:
    """Register a Word file as the newest template of a kind; the same file twice is one version.

    Raises TemplateRefused naming the tag when the file uses an unknown variable, has a broken
    tag, or holds anything that could run.
    """
    docx.check_template(data, paper_class)
    latest = DocumentTemplate.objects.select_for_update().filter(kind=kind).order_by("-version").first()
    digest = files.sha256(data)
    if latest and latest.sha256 == digest:
        return latest
    template = DocumentTemplate.objects.create(
        kind=kind,
        version=latest.version + 1 if latest else 1,
        file=files.keep("document-templates", data, DOCX),
        sha256=digest,
        registered_at=now or timezone.now(),
        registered_by=by,
    )
    audit.record("document.template_registered", by=by, target=template, at=now, kind=kind, version=template.version)
    return template


@transaction.atomic
def prepare_draft(
    paper: Paper,
    *,
    deliverable: Deliverable | None = None,
    plan: Plan | None = None,
    council: Council | None = None,
    training: TrainingSession | None = None,
    by: User,
    now: datetime | None = None,
) -> DocumentVersion:
    """Render a paper of a deliverable, plan, council or class as its next draft version and return it.

    A draft carries no number. Raises NotReady when an issued paper stands or there is no template.
    """
    document = _document_of(paper, deliverable, plan, council, training)
    latest = document.latest
    if latest and latest.state == State.ISSUED:
        raise NotReady(
            _("“%(title)s” is issued as %(number)s; an issued paper is not overwritten.")
            % {"title": document.title, "number": latest.register_entry}
        )
    letterhead = _letterhead(document.organisation, paper)
    context = {"letterhead": docx.plain(letterhead, "letterhead"), "paper": docx.plain(paper.data, "paper")}
    version = _add_version(document, _template_for(paper.kind), context, State.DRAFT, by=by, now=now)
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
    draft = document.latest
    if draft is None or draft.state != State.DRAFT:
        raise NotReady(_("“%(title)s” has no draft to issue; prepare it first.") % {"title": document.title})
    series, _made = NumberSeries.objects.get_or_create(
        organisation=document.organisation, symbol=document.symbol, year=on.year
    )
    series = NumberSeries.objects.select_for_update().get(pk=series.pk)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    entry = RegisterEntry(series=series, number=series.last_number, issued_on=on, signed_by=signer)
    context = {**draft.context, "letterhead": draft.context["letterhead"] | _numbered(document, entry)}
    document.versions.filter(state=State.ISSUED).update(state=State.SUPERSEDED)
    entry.version = _add_version(document, draft.template, context, State.ISSUED, by=by, now=now)
    entry.save()
    _log(document, "document.issued", by=by, at=now, number=entry.full_number)
    return entry


def _document_of(
    paper: Paper,
    deliverable: Deliverable | None,
    plan: Plan | None,
    council: Council | None,
    training: TrainingSession | None,
) -> Document:
    if deliverable is not None:
        project = deliverable.stage.project
        defaults = {
            "kind": paper.kind,
            "symbol": paper.symbol,
            "title": deliverable.title,
            "organisation": project.owner,
        }
        document, _made = Document.objects.get_or_create(deliverable=deliverable, defaults=defaults)
    elif plan is not None:
        defaults = {"symbol": paper.symbol, "title": plan.annex_title or plan.title, "organisation": plan.issuer}
        document, _made = Document.objects.get_or_create(plan=plan, kind=paper.kind, defaults=defaults)
    elif council is not None:
        project = council.project
        title = paper.title or str(council)
        defaults = {"kind": paper.kind, "symbol": paper.symbol, "title": title, "organisation": project.owner}
        document, _made = Document.objects.get_or_create(council=council, defaults=defaults)
    elif training is not None:
        defaults = {"symbol": paper.symbol, "title": paper.title, "organisation": training.project.owner}
        document, _made = Document.objects.get_or_create(training=training, kind=paper.kind, defaults=defaults)
    else:
        raise ValueError("a paper belongs to a deliverable, a plan, a council or a class")
    return Document.objects.select_for_update(of=("self",)).select_related("organisation__parent").get(pk=document.pk)


def _template_for(kind: str) -> DocumentTemplate:
    template = DocumentTemplate.objects.filter(kind=kind).order_by("-version").first()
    if template is None:
        raise NotReady(
            _("No Word template is registered for “%(kind)s”; run manage.py register_templates.") % {"kind": kind}
        )
    return template


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
    return DocumentVersion.objects.create(
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


# --- the frame of the paper ------------------------------------------------------------------
BLANK_NUMBER = "     "  # a draft leaves room for the clerk's number (domain: "Số:      /BC-…")


def _letterhead(organisation: Organisation, paper: Paper) -> Letterhead:
    symbol = f"{paper.symbol}-{organisation.symbol}"
    return Letterhead(
        parent_agency=organisation.parent.name if organisation.parent else "",
        agency=organisation.name,
        number_line=f"Số: {BLANK_NUMBER}/{symbol}",
        place_date=f"{organisation.place}, ngày      tháng      năm",
        signer_authority="",
        signer_title=organisation.head_title.upper(),
        signer_name="",
        recipients=tuple(paper.recipients) or _usual_recipients(organisation),
        legal_bases=tuple(paper.legal_bases),
    )


def _usual_recipients(organisation: Organisation) -> tuple[str, ...]:
    above = (f"{organisation.parent.name} (b/c)",) if organisation.parent else ()
    return (*above, f"Lưu: VT, {organisation.symbol}")


def _numbered(document: Document, entry: RegisterEntry) -> dict[str, str]:
    """What changes in the frame when the paper gets its number."""
    organisation, signer = document.organisation, entry.signed_by
    is_head = not signer.job_title or signer.job_title.casefold() == organisation.head_title.casefold()
    return {
        "number_line": f"Số: {entry.full_number}",
        "place_date": f"{organisation.place}, {written(entry.issued_on)}",
        "signer_authority": "" if is_head else f"KT. {organisation.head_title.upper()}",
        "signer_title": (organisation.head_title if is_head else signer.job_title).upper(),
        "signer_name": signer.full_name,
    }


def written(day: date) -> str:
    """Return a date as papers write it; days below 10 and the months 1 and 2 get a leading 0 (NĐ 30/2020, annex I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _log(document: Document, verb: str, *, by: User, at: datetime | None, **facts: object) -> None:
    case = document.project or document.plan
    facts["title"] = document.title
    audit.record(verb, by=by, target=document, case=case, province=document.organisation.province, at=at, **facts)
