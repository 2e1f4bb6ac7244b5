"""kill -9 in the middle of an import leaves all of its rows or none.

CI kills a few times; `IMPORT_KILLS=60 pytest -m kill tests/imports` sixty times.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import kill

KILLS = int(os.environ.get("IMPORT_KILLS", "6"))


@pytest.mark.kill
@pytest.mark.timeout(1200)
def test_killed_at_any_instant_an_import_leaves_all_rows_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path))
    url = f"sqlite:///{tmp_path / 'txng.sqlite3'}"
    run = kill.run("tests.imports.killed:go", str(KILLS), "4", database_url=url, timeout=1100)
    (found,) = run.values
    print(found)
    assert found["faults"] == []
    assert sum(found["ends"].values()) == KILLS
    if KILLS >= 60:  # the kills fell on both sides of the commit
        assert min(found["ends"].get("all", 0), found["ends"].get("nothing", 0)) > 0
