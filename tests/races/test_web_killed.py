"""R4 of the test plan: kill -9 of the web process while it completes a step.

CI kills a few times; `KILLS=200 make races` two hundred times.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import kill
from tests.races.web_killed import STEPS

pytestmark = [pytest.mark.kill, pytest.mark.timeout(3600)]

KILLS = int(os.environ.get("KILLS", "20"))


def test_killed_while_completing_a_step_nothing_is_lost_or_stuck_and_the_next_try_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path))
    url = f"sqlite:///{tmp_path / 'txng.sqlite3'}"
    papers = max(KILLS // len(STEPS), 1)
    kill.run("tests.races.web_killed:build", str(papers), database_url=url, timeout=600)

    (told,) = kill.run("tests.races.web_killed:go", "4", database_url=url, timeout=3000).values

    print(told)  # how many kills fell before and after the commit
    assert (told["faults"], told["broken"]) == ([], [])
    assert sum(told["ends"].values()) == papers * len(STEPS)
    assert told["stage"] == ["close_survey"]
    if KILLS >= 100:  # the kills fell on both sides of the commit
        assert {"done", "not done"} <= set(told["ends"])
