"""Numbers stay without a gap and without a double when processes number side by side and are killed in between.

CI starts 4 processes 2 times each; NUMBERING_ROUNDS=15 is the long run.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import kill
from tests.factories.databases import on_postgresql

pytestmark = [pytest.mark.kill, pytest.mark.timeout(1800)]

WORK = "tests.documents.killed_numbering:"
PROCESSES, PAPERS = 4, 120


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path))
    return f"sqlite:///{tmp_path / 'txng.sqlite3'}"


@pytest.fixture
def postgres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path))
    with on_postgresql("numbering") as url:
        yield url


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_processes_that_are_killed_while_they_number_lose_no_number(
    database: str, request: pytest.FixtureRequest
) -> None:
    url, chance = str(request.getfixturevalue(database)), random.Random(17)  # noqa: S311  no secret
    kill.run(f"{WORK}prepare", str(PAPERS), database_url=url, timeout=600)
    delays = [chance.uniform(0.05, 0.6) for _ in range(PROCESSES * int(os.environ.get("NUMBERING_ROUNDS", "2")))]

    def one(delay: float) -> None:
        kill.run(f"{WORK}issue_for_ever", str(delay), database_url=url, after=delay, timeout=300)

    with ThreadPoolExecutor(PROCESSES) as crew:
        list(crew.map(one, delays))
    (told,) = kill.run(f"{WORK}issue_the_rest", database_url=url, timeout=600).values
    assert told["numbers"] == list(range(1, PAPERS + 1))
    assert (told["papers"], told["counter"], told["twice"], told["broken"]) == (PAPERS, PAPERS, 0, [])
