"""A toy kind of long work: lines appended to a file, chunk by chunk, and rows written with each chunk.

Every call leaves the chunk's number in a diary beside the data, which no database takes back: so it
can be counted how often a chunk was done.
"""

from __future__ import annotations

import errno
import os
import time
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from jobs.files import ChunkFile
from jobs.kinds import Chunk, Cursor, Kind
from jobs.models import Job
from people.errors import Refusal
from people.models import Throttle, User

PIECE = 1000


class Toy(Kind):
    """Appends `pieces` pieces; `arguments` say how slow it is, and where it fails or dies."""

    key: ClassVar[str] = "toy"
    label: ClassVar[Any] = "Toy file"
    unit: ClassVar[Any] = "pieces"

    def step(self, job: Job, cursor: Cursor) -> Chunk:
        how, number = job.arguments, cursor.get("next", 0)
        note(f"{job.pk}.{number}")
        with ChunkFile(job).append(cursor.get("length", 0)) as file:
            for part in range(10):
                file.write(piece(number)[part * PIECE // 10 : (part + 1) * PIECE // 10])
                time.sleep(how.get("seconds", 0) / 10)
                if how.get("fails_at") == number:
                    raise ValueError("toy")
                if how.get("disk_full_at") == number:
                    raise OSError(errno.ENOSPC, "No space left on device")
                if how.get("refuses_at") == number:
                    raise Refusal("Mend it first.")
        write = partial(leave_a_row, f"toy {job.pk}.{number}")
        if number + 1 == how["pieces"]:
            return Chunk(None, number + 1, write, file=file, file_name="toy.txt")
        return Chunk({"next": number + 1, "length": file.length}, number + 1, write)

    def may_fetch(self, job: Job, user: User) -> bool:
        return not job.arguments.get("is_secret")


def leave_a_row(key: str) -> None:
    """The row of one chunk; its key is unique, so a second one fails."""
    Throttle.objects.create(key=key, last_at=timezone.now(), next_at=timezone.now())


def piece(number: int) -> bytes:
    """The bytes of one chunk."""
    return (f"{number:06d}." * PIECE)[:PIECE].encode()


def whole(pieces: int) -> bytes:
    """The bytes of the whole file."""
    return b"".join(piece(number) for number in range(pieces))


def note(word: object) -> None:
    """Write a word into the diary."""
    with Path(settings.VAR_DIR, "diary").open("a") as diary:
        diary.write(f"{os.getpid()} {word}\n")


def chunks() -> list[int]:
    """The numbers of the chunks in the diary, as they were done."""
    return [int(word.partition(".")[2]) for word in diary()]


def diary() -> list[str]:
    """The words of the diary."""
    path = Path(settings.VAR_DIR, "diary")
    return [line.split()[1] for line in path.read_text().splitlines()] if path.exists() else []


@task(queue_name="bulk")
def jot(word: str) -> None:
    """A task that is no job: leaves a word, after a moment in which another worker could take it too."""
    note(word)
    time.sleep(0.005)


@task
def stumble() -> None:
    """A task that always fails."""
    note("stumbled")
    raise ValueError("stumbled")
