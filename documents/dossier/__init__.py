"""The acceptance dossier of a project: which papers it takes, in which order, and which of them are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from documents.models import Document, DocumentVersion
from documents.proofs import DossierItem
from projects.models import Deliverable, PilotProject, StageKind

State = DocumentVersion.State
_STAGES = list(StageKind.values)


@dataclass(frozen=True)
class Place:
    """One place of the dossier with the papers that fill it; none where the paper is missing."""

    position: int
    title: str
    is_required: bool
    versions: tuple[DocumentVersion, ...] = ()
    why_missing: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether a paper that must be there is not."""
        return self.is_required and not self.versions


def places_of(project: PilotProject) -> list[Place]:
    """Return the dossier in its order; the template's items, else what the project owes. A handful of queries.

    A paper counts that is in force, or one that a producer signs and no agency numbers. Papers in force that no
    place asks for close the dossier.
    """
    documents = list(_documents(project))
    counting = {document.pk: version for document in documents if (version := _counting(document))}
    items = list(DossierItem.objects.filter(template=project.template_id))
    wanted = _by_items(items, documents) if items else _by_debts(project, documents)
    places: list[Place] = []
    taken: set[int] = set()
    for title, is_required, found in wanted:
        taken |= {document.pk for document in found}
        versions = tuple(counting[document.pk] for document in found if document.pk in counting)
        places.append(Place(len(places) + 1, title, is_required, versions, "" if versions else _why(found)))
    rest = [document for document in documents if document.pk in counting and document.pk not in taken]
    places += [
        Place(number, document.title, is_required=False, versions=(counting[document.pk],))
        for number, document in enumerate(rest, start=len(places) + 1)
    ]
    return places


def _documents(project: PilotProject) -> Iterable[Document]:
    """The papers of the project's case, and those of the plan that orders it."""
    of_case = Q(
        Q(deliverable__stage__project=project)
        | Q(council__project=project)
        | Q(training__project=project)
        | Q(enrolment__project=project)
        | Q(project=project)
    )
    plan = project.line.plan_id if project.line else None
    rows = Document.objects.filter(of_case | Q(plan=plan, plan__isnull=False)).select_related("deliverable", "council")
    return rows.prefetch_related("versions__register_entry__series__organisation").order_by("pk")


def _counting(document: Document) -> DocumentVersion | None:
    versions = sorted(document.versions.all(), key=lambda version: version.number)
    in_force = next((version for version in versions if version.state == State.ISSUED), None)
    return in_force or (versions[-1] if versions and not document.symbol else None)


Wanted = Iterator[tuple[str, bool, list[Document]]]


def _by_items(items: list[DossierItem], documents: list[Document]) -> Wanted:
    for item in items:
        yield item.title, item.is_required, [each for each in documents if each.kind == item.document_kind]


def _by_debts(project: PilotProject, documents: list[Document]) -> Wanted:
    """The annex of the plan, the deliverables by stage, the minutes of the councils."""
    for document in documents:
        if document.plan_id:
            yield document.title, False, [document]
    owed = Deliverable.objects.filter(stage__project=project).select_related("stage")
    by_paper = {document.deliverable_id: document for document in documents if document.deliverable_id}
    for paper in sorted(owed, key=lambda paper: (_STAGES.index(paper.stage.kind), paper.code, paper.pk)):
        yield f"{paper.code} {paper.title}", True, [by_paper[paper.pk]] if paper.pk in by_paper else []
    minutes = [document for document in documents if document.council_id]
    yield _("Minutes of the acceptance council"), True, minutes


def _why(found: list[Document]) -> str:
    """Say why no paper stands there: none was made, it is a draft, or it was revoked."""
    states = {version.state for document in found for version in document.versions.all()}
    if State.REVOKED in states:
        return _("revoked, not replaced")
    return _("a draft only, not issued") if states else _("not made yet")
