"""kill -9 of the worker over many papers of one action: each is made once, none is lost, and the work goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import kill

pytestmark = [pytest.mark.kill, pytest.mark.timeout(300)]

PAPERS, KILLS = 24, 6


def test_killed_over_many_papers_a_worker_leaves_each_made_once_and_the_next_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path))
    url = f"sqlite:///{tmp_path / 'txng.sqlite3'}"
    run = kill.run("tests.workflows.killed_papers:go", str(PAPERS), str(KILLS), "8", database_url=url, timeout=250)
    (told,) = run.values
    print(told["killed at"])
    assert told["broken"] == []
    assert (told["state"], told["outcomes"], told["problems"], told["repeated"]) == ("done", PAPERS, [], 0)
    assert len(told["killed at"]) == KILLS
    assert max(told["killed at"]) < PAPERS  # each kill was in the middle
