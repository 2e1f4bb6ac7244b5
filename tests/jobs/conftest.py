"""Long work in a folder of its own, and a worker that works until nothing is ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jobs import runner
from jobs.actions import start_job
from jobs.models import Job
from tests.factories.people import Office
from tests.jobs.toy import Toy

Start = Callable[..., Job]


@pytest.fixture(autouse=True)
def _work_is_in_a_temporary_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.VAR_DIR = tmp_path
    runner.forget_stop()
    yield
    runner.forget_stop()


@pytest.fixture
def start(gia_lai: Office) -> Start:
    """Ask for a toy work on the office's organisation."""

    def ask(**how: Any) -> Job:
        how = {"pieces": 3, **how}
        return start_job(
            Toy,
            gia_lai.organisation,
            by=gia_lai.manager,
            province=gia_lai.province,
            total=how["pieces"],
            arguments=how,
            url="/account/",
        )

    return ask


def content(job: Job) -> bytes:
    """The bytes of a job's result."""
    with job.file.open("rb") as stored:
        return bytes(stored.read())
