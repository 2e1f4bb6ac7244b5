"""Kinds of long work: what one chunk is. A room that has long work derives its own and names it in JOB_KINDS."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.utils.module_loading import import_string

from jobs.errors import KindUnknown
from jobs.files import ChunkFile
from jobs.models import Job
from people.models import User

Cursor = dict[str, Any]


def _no_rows() -> None:
    """There is nothing to write but the cursor."""


@dataclass(frozen=True)
class Chunk:
    """What one call of `Kind.step` did; all of it is committed together, or none of it.

    `cursor` is where to go on (plain JSON), None after the last chunk. `done` counts from the job's
    beginning. `write` writes the chunk's rows, inside the transaction of the cursor; a work that starts
    over (stopped and started again, or its file lost) writes them again, so it must replace what is
    there. `file` goes with the last chunk: it is moved to its final place and becomes the job's result,
    called `file_name`.
    """

    cursor: Cursor | None
    done: int
    write: Callable[[], None] = _no_rows
    file: ChunkFile | None = None
    file_name: str = ""


class Kind(ABC):
    """One kind of long work. `key` stands in rows: never rename it. `unit` is what is counted, in words."""

    key: ClassVar[str]
    label: ClassVar[Any]
    unit: ClassVar[Any]
    queue: ClassVar[str] = "default"

    @abstractmethod
    def step(self, job: Job, cursor: Cursor) -> Chunk:
        """Do one chunk, 0.2 to 2 seconds of work, from `cursor` ({} at first), and return what it did.

        Runs outside any transaction, so that on SQLite nobody waits while it reads, computes and
        appends to a file; rows are written by the chunk's `write`. It may be called again with the
        same cursor after a kill, and must then do the same. Raises `people.errors.Refusal` for what
        trying again cannot mend; any other error is tried again, five times in all.

        After an upgrade the cursor may be one that the version before has left: a step that reads other
        words in it than the last version wrote must know both, or begin anew by raising PartLost.
        """

    def may_fetch(self, job: Job, user: User) -> bool:
        """Whether a user who sees the job may also have its file. By default everyone who sees it."""
        return True


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of long work by their key."""
    found = [import_string(path)() for path in settings.JOB_KINDS]
    return {kind.key: kind for kind in found}


def kind_of(job: Job) -> Kind:
    """Return what does the job. Raises KindUnknown where it was taken out, or where an old version still runs."""
    try:
        return kinds()[job.kind]
    except KeyError:
        raise KindUnknown(job.kind) from None
