"""Many papers in one action: each is prepared by itself, and of each it is kept whether it was or what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document, DocumentVersion, field_of
from jobs.actions import start_job
from jobs.kinds import Chunk, Cursor, Kind
from jobs.models import Job
from people import audit
from people.errors import Refusal
from people.models import User
from projects.errors import NotAllowedForYou
from projects.models import Deliverable, PilotProject
from workflows.auth import holds
from workflows.papers import kinds_about, prepare, prepare_about

PREPARE = "workflows.prepare_deliverable"
MAX_PAPERS = 200


class _Unchanged(Exception):
    """The draft says what the last one says: it is not kept, so that asking twice makes no heap of equal drafts."""


class NothingChosen(Refusal):
    """No paper, or too many, were ticked."""


@dataclass(frozen=True)
class Choice:
    """One paper to be prepared: its subject, and of other than deliverables the kind and the occasion."""

    subject: models.Model
    title: str
    kind: str = ""
    occasion: str = ""

    @property
    def key(self) -> str:
        """Its name in forms and jobs: "projects.deliverable:7", "projects.trainingsession:3|attendance_list|"."""
        label = audit.label(self.subject)
        return f"{label}|{self.kind}|{self.occasion}" if self.kind else label


class PreparePapers(Kind):
    """Prepares the papers in `arguments["papers"]`, one in a chunk: a draft and its outcome are kept together.

    The cursor is {"next", "outcomes": [{"title", "url", "problem", "is_new"}, …]}; the last one stays with the job.
    """

    key: ClassVar[str] = "prepare_papers"
    label: ClassVar[Any] = gettext_lazy("Several papers at once")
    unit: ClassVar[Any] = gettext_lazy("papers")

    def step(self, job: Job, cursor: Cursor) -> Chunk:
        cursor = cursor or {"next": 0, "outcomes": []}
        papers = job.arguments["papers"]
        if cursor["next"] >= len(papers):
            return Chunk(None, len(papers))
        after = {"next": cursor["next"] + 1, "outcomes": list(cursor["outcomes"])}

        def write() -> None:
            # The draft is made inside the transaction of the cursor, so that a paper is prepared once, whatever
            # is killed; the outcome goes into that cursor before it is saved.
            after["outcomes"].append(_outcome(papers[cursor["next"]], job.owner))

        return Chunk(after, after["next"], write)


def choices_of(project: PilotProject) -> list[Choice]:
    """Return the papers of a project that can be prepared now: deliverables with their authors, and those about it."""
    open_ones = (Deliverable.Status.DRAFTING, Deliverable.Status.RETURNED)
    rows = Deliverable.objects.filter(stage__project=project, status__in=open_ones).select_related("stage__project")
    choices = [Choice(paper, str(paper)) for paper in rows.order_by("code", "pk")]
    for subject in (project, *project.training_sessions.all(), *project.enrolments.filter(withdrawn_at=None)):
        choices += _about(subject)
    return choices


@transaction.atomic
def prepare_many(project: PilotProject, choices: Sequence[Choice], *, by: User) -> Job:
    """Have the papers prepared in the background, as `by`; asked twice it is one work. Raises NothingChosen."""
    if not 0 < len(choices) <= MAX_PAPERS:
        raise NothingChosen(_("Tick the papers to prepare: one at least, %(limit)d at most.") % {"limit": MAX_PAPERS})
    if not holds(by, PREPARE, project):
        raise NotAllowedForYou(
            _("Only the managers of project %(code)s can generate its documents; ask %(manager)s.")
            % {"code": project.code, "manager": project.manager}
        )
    return start_job(
        PreparePapers,
        project,
        by=by,
        province=project.province,
        total=len(choices),
        label=project.title,
        url=reverse("prepare_papers", args=[project.code]),
        arguments={"papers": [{"key": choice.key, "title": choice.title} for choice in choices]},
    )


def _about(subject: models.Model) -> list[Choice]:
    return [
        Choice(subject, " · ".join(filter(None, (str(kind.name), occasion.label, str(subject)))), key, occasion.key)
        for key, kind in kinds_about(subject).items()
        for occasion in kind.occasions(subject)
    ]


def _outcome(paper: dict[str, str], by: User) -> dict[str, Any]:
    """Prepare one paper; what is missing becomes its outcome and stops nothing."""
    done = {"title": paper["title"], "url": "", "problem": "", "is_new": True}
    try:
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
            version = _prepare(paper["key"], by)
            done["url"] = reverse("paper", args=[version.document_id])
            if version.document.versions.filter(
                number=version.number - 1, state=version.state, sha256=version.sha256
            ).exists():
                raise _Unchanged
    except _Unchanged:
        done["is_new"] = False
    except Refusal as refusal:
        done["problem"] = str(refusal)
    return done


def _prepare(key: str, by: User) -> DocumentVersion:
    label, _bar, rest = key.partition("|")
    kind, _bar, occasion = rest.partition("|")
    model, _colon, pk = label.partition(":")
    subject = apps.get_model(model)._default_manager.filter(pk=pk).first()
    if subject is None:
        raise NothingChosen(_("What this paper is about was deleted meanwhile."))
    if isinstance(subject, Deliverable):
        if not holds(by, PREPARE, subject.stage.project):
            raise NotAllowedForYou(_("You are no longer a manager of this project."))
        return prepare(subject, by=by)
    return prepare_about(subject, kind, by=by, occasion=occasion, entries=_entries(subject, kind, occasion))


def _entries(subject: models.Model, key: str, occasion: str) -> Any:
    """What was typed for the paper before, else what the records propose."""
    known = Document.objects.filter(**{field_of(subject): subject}, kind=key, occasion=occasion).first()
    if known and known.entries:
        return known.entries
    kind = kinds_about(subject).get(key)
    return kind.initial(subject, occasion) if kind else {}
