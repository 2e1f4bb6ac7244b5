"""The acceptance dossier as one ZIP, made in the background: the list on top, then every paper in its order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import files
from documents.actions import written
from documents.dossier import Place, places_of
from documents.dossier.index import TITLE, index_of
from documents.errors import DocumentError
from documents.models import DocumentVersion
from documents.names import dossier_name
from jobs.actions import start_job
from jobs.files import ChunkFile
from jobs.kinds import Chunk, Cursor, Kind
from jobs.models import Job
from people.models import User
from projects.models import PilotProject

MAX_BYTES = 200 * 1024 * 1024
MAX_PAPERS = 1000
AT_ONCE = 20  # papers compared with their SHA-256 in one chunk


class DossierRefused(DocumentError):
    """The dossier cannot be made as things stand; the message names the paper and the way out."""


class AcceptanceDossier(Kind):
    """Makes the dossier of the project in `arguments["project"]`.

    Chunk by chunk every paper is compared with its SHA-256; the last chunk writes the ZIP. The papers are those
    of the first chunk: the cursor is {"versions": their numbers, "next"}.
    """

    key: ClassVar[str] = "acceptance_dossier"
    label: ClassVar[Any] = gettext_lazy("Acceptance dossier")
    unit: ClassVar[Any] = gettext_lazy("papers")

    def step(self, job: Job, cursor: Cursor) -> Chunk:
        project = PilotProject.objects.select_related("owner", "line", "template").get(pk=job.arguments["project"])
        with translation.override(settings.LANGUAGE_CODE):
            places = places_of(project)
            versions = {version.pk: version for place in places for version in place.versions}
            cursor = cursor or {"versions": list(versions), "next": 0}
            if cursor["versions"] != list(versions):  # something was issued meanwhile: a dossier is of one moment
                return Chunk({"versions": list(versions), "next": 0}, 0)
            some = cursor["versions"][cursor["next"] : cursor["next"] + AT_ONCE]
            if some:
                check([versions[pk] for pk in some])
                return Chunk({**cursor, "next": cursor["next"] + len(some)}, cursor["next"] + len(some))
            return _written(job, project, places)


@transaction.atomic
def ask_for_dossier(project: PilotProject, *, by: User) -> Job:
    """Have the dossier made; asked twice it is one work. Raises DossierRefused when it would be too large."""
    count = sum(len(place.versions) for place in places_of(project))
    if count > MAX_PAPERS:
        raise DossierRefused(
            _("The dossier would have %(count)d papers; %(limit)d at most are put into one file.")
            % {"count": count, "limit": MAX_PAPERS}
        )
    return start_job(
        AcceptanceDossier,
        project,
        by=by,
        province=project.province,
        total=count,
        label=project.title,
        arguments={"project": project.pk},
    )


def check(versions: list[DocumentVersion]) -> None:
    """Raise DossierRefused naming the first paper whose stored file is not what was issued."""
    for version in versions:
        if not files.is_intact(str(version.file.name), version.sha256):
            raise DossierRefused(
                _(
                    "The stored file of “%(title)s” is missing or was changed, so the dossier would be wrong. Tell the "
                    "administrator, who can restore it from the backup; then ask for the dossier again."
                )
                % {"title": version.document.title}
            )


def numbered(places: list[Place]) -> Iterator[tuple[str, DocumentVersion]]:
    """Yield the papers with their numbers in the dossier: "03", or "03.1" and "03.2" in one place."""
    for place in places:
        for nth, version in enumerate(place.versions, start=1):
            tail = f".{nth}" if len(place.versions) > 1 else ""
            yield f"{place.position:02d}{tail}", version


def _written(job: Job, project: PilotProject, places: list[Place]) -> Chunk:
    papers = list(numbered(places))
    names = {version.pk: dossier_name(number, version) for number, version in papers}
    _check_size([version for _number, version in papers])
    today = timezone.localdate()
    file = ChunkFile(job)
    with file.append(0), zipfile.ZipFile(_Sink(file), "w") as package:
        package.writestr(_member(f"00 {TITLE}.docx", today), index_of(project, places, names, written(today)))
        for _number, version in papers:
            entry = getattr(version, "register_entry", None)
            with version.file.open() as stored:
                package.writestr(_member(names[version.pk], entry.issued_on if entry else today), stored.read())
    return Chunk(None, len(papers), file=file, file_name=f"Ho-so-nghiem-thu-{project.code}.zip")


def _check_size(versions: list[DocumentVersion]) -> None:
    size = sum(default_storage.size(str(version.file.name)) for version in versions)
    if size > MAX_BYTES:
        raise DossierRefused(
            _("The papers of the dossier have %(size)d MB together; %(limit)d MB at most are put into one file.")
            % {"size": size >> 20, "limit": MAX_BYTES >> 20}
        )


def _member(name: str, day: date) -> zipfile.ZipInfo:
    """A member that is stored as it is: a .docx is a ZIP already."""
    return zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))


class _Sink:
    """What a ZIP is written into from its beginning to its end, never going back."""

    def __init__(self, file: ChunkFile) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        """Append."""
        self._file.write(data)
        return len(data)

    def flush(self) -> None:
        """The file is flushed when it is left."""

    def close(self) -> None:
        """The file is closed when it is left."""
