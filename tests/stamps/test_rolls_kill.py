"""kill -9 of the worker during a roll: the file is byte for byte that of one run, and work goes on within two seconds.

CI kills 6 times over rolls of 13,000 on each database; ROLL_KILLS=40 ROLL_STAMPS=100000 is the full number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import kill
from tests.factories.databases import on_postgresql

pytestmark = [pytest.mark.kill, pytest.mark.timeout(3600)]

RESUMED_WITHIN = 2.0  # seconds


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'txng.sqlite3'}"
    else:
        with on_postgresql("rolls") as url:
            yield url


def test_killed_at_any_instant_a_roll_is_the_file_of_one_run(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path))
    kills, stamps = os.environ.get("ROLL_KILLS", "6"), os.environ.get("ROLL_STAMPS", "13000")

    run = kill.run(
        "tests.stamps.killed_rolls:kill_at_random", kills, stamps, "7", database_url=database_url, timeout=3500
    )
    (told,) = run.values

    print(told)
    assert told["kills"] >= int(kills) // 2
    assert (told["different"], told["unread"], told["broken"], told["parts"]) == ([], [], [], 0)
    assert told["longest"] <= RESUMED_WITHIN
