"""A file that grows by a piece with every chunk, and that nobody sees before it is whole."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from jobs.errors import PartLost
from jobs.models import Job


class ChunkFile:
    """The unfinished file of one job, under VAR_DIR/jobs.

    with ChunkFile(job).append(cursor.get("length", 0)) as file:
        file.write(b"...")
    cursor = {..., "length": file.length}

    What lies behind the committed length is cut off first: a killed worker left it. Several hosts
    need VAR_DIR on a disk that they share; without it the work starts over on the other host.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.path = Path(settings.VAR_DIR, "jobs", f"{job.pk}.part")
        self.length = 0

    @contextmanager
    def append(self, length: int) -> Iterator[ChunkFile]:
        """Open behind the first `length` bytes; on leaving, what was written is on the disk.

        Raises PartLost when the file is shorter than that, and BlockingIOError while another process
        of this host has it open (a worker that was given up but still breathes).
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as self._stream:
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self._stream.tell() < length:
                raise PartLost(f"{self.path.name} has {self._stream.tell()} bytes, {length} were committed")
            self._stream.truncate(length)
            self.length = length
            yield self
            self._stream.flush()
            os.fsync(self._stream.fileno())

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self._stream.write(data)
        self.length += len(data)

    def store(self, file_name: str) -> tuple[str, str]:
        """Put the whole file into the storage; return its name there and its SHA-256.

        The name is made of the content, so a second try after a kill finds or repeats the first. The
        unfinished file stays until `remove`, which is for after the commit.
        """
        with self.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        name = f"jobs/{self.job.pk}/{digest[:24]}{Path(file_name).suffix}"
        if default_storage.exists(name):
            if default_storage.size(name) == self.path.stat().st_size:
                return name, digest
            default_storage.delete(name)  # half copied when the worker was killed
        try:
            with _Movable(self.path) as whole:
                return default_storage.save(name, whole), digest
        except OSError:  # a full disk, another one than that of the unfinished file
            default_storage.delete(name)
            raise

    @staticmethod
    def numbers() -> list[int]:
        """Return the numbers of the jobs that have an unfinished file."""
        return [int(path.stem) for path in Path(settings.VAR_DIR, "jobs").glob("*.part")]

    def remove(self) -> None:
        """Forget the unfinished file."""
        self.path.unlink(missing_ok=True)


class _Movable(File):  # type: ignore[type-arg]
    """A second name of a file, which a storage on the same disk takes by renaming: whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._second = path.with_suffix(".whole")
        self._second.unlink(missing_ok=True)
        try:
            os.link(path, self._second)
        except OSError:  # a disk without hard links
            shutil.copyfile(path, self._second)
        super().__init__(self._second.open("rb"))

    def temporary_file_path(self) -> str:
        """Where the storage may take it from."""
        return str(self._second)

    def close(self) -> None:
        super().close()
        self._second.unlink(missing_ok=True)
