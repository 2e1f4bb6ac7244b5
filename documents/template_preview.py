"""How a template prints before anybody is bound by it: on sample data, on a real paper, and beside the one in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import docx
from documents.compare import Comparison, check_length, runs_of
from documents.docx import text as docx_text
from documents.errors import NotComparable, NotReady
from documents.labels import LETTERHEAD, PAPER
from documents.letterhead import Letterhead
from documents.models import Document, DocumentTemplate
from documents.reading import Reading
from documents.samples import SAMPLES
from people.models import Membership, Organisation, User

MAX_CASES = 30  # real papers to choose from


@dataclass(frozen=True)
class Side:
    """One side of a comparison: what the version is called."""

    number: str


def sample_data(kind: str, organisation: Organisation | None) -> Mapping[str, object]:
    """Return the sample of a kind under the organisation's own letterhead. Raises NotReady for a kind without one."""
    if kind not in SAMPLES:
        raise NotReady(_("There is no sample for this kind of paper; choose a paper of yours."))
    letterhead, paper = SAMPLES[kind]
    return {LETTERHEAD: _own_frame(letterhead, organisation) if organisation else letterhead, PAPER: paper}


def cases(template: DocumentTemplate, user: User) -> list[Document]:
    """Return the newest papers of the template's kind and province that the user may see and that have a version."""
    papers = Document.objects.visible_to(user).filter(kind=template.kind, versions__isnull=False).distinct()
    if template.province_id:
        papers = papers.filter(organisation__province=template.province_id)
    return list(papers.select_related("organisation").order_by("-pk")[:MAX_CASES])


def data_of(document: Document) -> Mapping[str, Any]:
    """Return what the newest version of a paper was printed from."""
    latest = document.latest
    if latest is None:
        raise NotReady(_("“%(title)s” has no version yet; prepare it first.") % {"title": document.title})
    context: dict[str, Any] = latest.context
    return context


def printed(template: DocumentTemplate, data: Mapping[str, object]) -> bytes:
    """Return the paper as the template prints it. Raises TemplateRefused for data that it cannot print."""
    with template.file.open() as file:
        return docx.render(file.read(), **data)


def reading(paper: bytes) -> Reading:
    """Return the paper's text, to be read on the screen."""
    return Reading(tuple(docx_text.lines_of(paper)))


def compared(before: DocumentTemplate, after: DocumentTemplate) -> Comparison:
    """Compare the words and tags of two versions of a template, whoever's they are."""
    texts = _text(before), _text(after)
    sides = Side(_called(before)), Side(_called(after))
    try:
        for side, text in zip(sides, texts, strict=True):
            check_length(text, side.number)
    except NotComparable as error:
        return Comparison(*sides, (), (), str(error))
    return Comparison(*sides, (), tuple(runs_of(texts)))


def organisation_of(user: User, province_id: int | None) -> Organisation | None:
    """Return where the user works in the province: whose letterhead a sample shows."""
    offices = Membership.objects.active(timezone.localdate()).filter(user=user)
    if province_id:
        offices = offices.filter(organisation__province=province_id)
    office = offices.select_related("organisation__parent").order_by("pk").first()
    return office.organisation if office else None


def _text(template: DocumentTemplate) -> Reading:
    with template.file.open() as file:
        return reading(file.read())


def _called(template: DocumentTemplate) -> str:
    return (
        _("%(number)d of the program") % {"number": template.version}
        if template.is_of_program
        else str(template.version)
    )


def _own_frame(letterhead: Letterhead, organisation: Organisation) -> Letterhead:
    """The sample's letterhead with the agency's names in it."""
    parent = organisation.parent.name if organisation.parent else ""
    return replace(
        letterhead,
        parent_agency=parent,
        agency=organisation.name,
        number_line=f"{letterhead.number_line.rsplit('-', 1)[0]}-{organisation.symbol}",
        place_date=f"{organisation.place}, {letterhead.place_date.split(', ', 1)[-1]}",
    )
