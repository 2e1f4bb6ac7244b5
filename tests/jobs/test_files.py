"""A file that grows by chunks: what was not committed is cut off, and nobody sees it half."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult

from jobs.errors import PartLost
from jobs.files import ChunkFile
from jobs.models import Job
from jobs.worker import Worker
from people.models import Throttle
from tests.factories.disk import disk_takes, stored
from tests.jobs import toy
from tests.jobs.conftest import Start, content


def test_what_a_killed_worker_left_behind_the_committed_length_is_cut_off(start: Start) -> None:
    file = ChunkFile(start())
    with file.append(0):
        file.write(b"kept and half a ch")
    with file.append(4):
        file.write(b" whole")
    assert (file.path.read_bytes(), file.length) == (b"kept whole", 10)


def test_a_file_shorter_than_what_was_committed_is_lost(start: Start) -> None:
    with pytest.raises(PartLost, match="0 bytes, 5 were committed"), ChunkFile(start()).append(5):
        pass


def test_a_file_that_another_process_still_writes_is_not_touched(start: Start) -> None:
    file = ChunkFile(job := start())
    with file.append(0):
        file.write(b"first")
        with pytest.raises(BlockingIOError), ChunkFile(job).append(0):
            pass
    assert file.path.read_bytes() == b"first"


def test_a_job_whose_unfinished_file_is_gone_starts_over(start: Start) -> None:
    job = start(refuses_at=1)
    Worker().run(until_empty=True)
    ChunkFile(job).remove()
    Job.objects.update(state="waiting", arguments={"pieces": 2})
    Throttle.objects.all().delete()
    DBTaskResult.objects.update(status="READY")
    Worker().run(until_empty=True)
    job.refresh_from_db()
    assert content(job) == toy.whole(2)


def test_storing_twice_gives_the_same_one_file(start: Start) -> None:
    file = ChunkFile(job := start())
    with file.append(0):
        file.write(b"whole")
    assert file.store("a.txt") == file.store("a.txt")
    assert len(default_storage.listdir(f"jobs/{job.pk}")[1]) == 1
    assert file.path.read_bytes() == b"whole"


def test_a_copy_that_was_cut_off_is_stored_again(start: Start) -> None:
    file = ChunkFile(start())
    with file.append(0):
        file.write(b"whole")
    name, _digest = file.store("a.txt")
    stored = Path(default_storage.path(name))
    stored.unlink()
    stored.write_bytes(b"who")
    assert file.store("a.txt")[0] == name
    assert stored.read_bytes() == b"whole"


def test_storing_never_shows_half_a_file(start: Start) -> None:
    """The storage takes the file by renaming: what it has is the same file on the disk."""
    file = ChunkFile(start())
    with file.append(0):
        file.write(b"whole")
    inode = file.path.stat().st_ino
    assert Path(default_storage.path(file.store("a.txt")[0])).stat().st_ino == inode


def test_a_full_disk_of_the_storage_keeps_no_half_copy(start: Start, settings: Any) -> None:
    """The storage is another disk than that of unfinished files, so that the file is copied there."""
    file = ChunkFile(start())
    with file.append(0):
        file.write(bytes(100_000))
    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        settings.MEDIA_ROOT = other
        with disk_takes(50_000), pytest.raises(OSError, match="too large"):
            file.store("a.txt")
        assert stored() == []
        assert default_storage.size(file.store("a.txt")[0]) == 100_000
