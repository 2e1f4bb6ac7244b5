"""R1 of the test plan for any long work: kill -9 of its worker loses nothing and repeats a chunk at most.

CI kills 16 times on SQLite and 8 times on PostgreSQL; JOB_KILLS=400 kills as often on both.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import kill
from tests.factories.databases import on_postgresql

pytestmark = [pytest.mark.kill, pytest.mark.timeout(1800)]

WORK = "tests.jobs.killed:"
RESUMED_WITHIN = 2.0  # seconds


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path))
    return f"sqlite:///{tmp_path / 'txng.sqlite3'}"


@pytest.fixture
def postgres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path))
    with on_postgresql("jobs") as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def go(name: str, *arguments: str, url: str) -> Any:
    (told,) = kill.run(WORK + name, *arguments, database_url=url, timeout=1700).values
    print(told)
    return told


def check(told: dict[str, Any], kills: int) -> None:
    assert told["kills"] == kills
    assert (told["different"], told["lost"], told["without a row"]) == ([], [], [])
    assert told["repeated"] <= kills  # one chunk at most for each kill
    assert told["longest"] <= RESUMED_WITHIN
    assert (told["broken"], told["failed"], told["parts"]) == ([], 0, 0)


def test_killed_at_any_instant_a_job_goes_on_within_two_seconds_on_sqlite(sqlite: str) -> None:
    kills = int(os.environ.get("JOB_KILLS", "16"))
    check(go("kill_at_random", str(kills), "5", url=sqlite), kills)


def test_killed_at_any_instant_a_job_goes_on_within_two_seconds_on_postgresql(postgres: str) -> None:
    kills = int(os.environ.get("JOB_KILLS", "8"))
    check(go("kill_at_random", str(kills), "6", url=postgres), kills)


def test_workers_side_by_side_do_every_task_once(database_url: str) -> None:
    assert go("share", "300", url=database_url) == {"twice": [], "done": 300}


def test_a_worker_that_is_told_to_stop_ends_its_chunk_and_the_next_goes_on(sqlite: str) -> None:
    told = go("stop_gently", "7", url=sqlite)
    assert (told["code"], told["task"], told["tries"]) == (0, "READY", [])
    assert told["diary"] == told["done"]
    assert told["parts"] == 0


def test_whatever_ends_the_supervisor_ends_its_worker_and_its_web_server(sqlite: str) -> None:
    codes = {"SIGTERM": 0, "SIGINT": 0, "SIGHUP": 0, "SIGKILL": -9}
    run = kill.run(WORK + "end_with_its_supervisor", *codes, database_url=sqlite, timeout=600)
    for told, code in zip(run.values, codes.values(), strict=True):
        assert told["family"] == 4  # guard, granian, its process, worker
        assert (told["left"], told["answers"], told["code"]) == ([], False, code)


def test_the_supervisor_starts_a_dead_worker_again(sqlite: str) -> None:
    assert go("start_a_dead_worker_again", url=sqlite) == {"workers": 3, "left": []}
