"""R3 of the test plan: kill -9 while papers are drafted and issued: no number lost or double, no half file kept.

CI kills a few times; `KILLS=60 pytest tests/documents/test_killed.py` sixty times.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import kill

pytestmark = [pytest.mark.kill, pytest.mark.timeout(1800)]

KILLS = int(os.environ.get("KILLS", "8"))


def test_killed_while_papers_are_drafted_and_issued_every_number_is_there_once_and_no_file_is_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path))
    url = f"sqlite:///{tmp_path / 'txng.sqlite3'}"
    kill.run("tests.documents.killed:build", str(KILLS + 1), database_url=url, timeout=300)

    (told,) = kill.run("tests.documents.killed:go", "6", database_url=url, timeout=1500).values

    print(told["ends"], "orphans:", told["orphans"])  # how many steps were told of before the kill
    assert (told["faults"], told["left"]) == ([], [])
    assert sum(told["ends"].values()) == KILLS
    assert all(given == list(range(1, last + 1)) for _symbol, given, last in told["numbers"])
    assert sum(last for _symbol, _given, last in told["numbers"]) == KILLS + 1
