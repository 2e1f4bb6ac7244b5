"""kill -9 in the middle of the case: after a restart and a tick nothing is broken, no number lost or given twice."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import kill
from tests.ground.killed import EACH, ORDERS, PAPERS

pytestmark = [pytest.mark.kill, pytest.mark.timeout(300)]

WORK = "tests.ground.killed:"
KILLS = 6
# Seconds after the first act began; seeded, so that a failure can be repeated.
_random = random.Random(2)  # noqa: S311  no secret
MOMENTS = [round(_random.uniform(0, 1.2), 3) for _ in range(KILLS)]

Run = Callable[..., kill.Run]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation on SQLite with papers on the leader's desk and orders to approve."""
    var = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TXNG_VAR", str(var))
        kill.run(WORK + "build", database_url=f"sqlite:///{var / 'txng.sqlite3'}", timeout=200)
    return var


@pytest.fixture
def run(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a function in a process on a copy of that installation, files included."""
    var = tmp_path / "var"
    shutil.copytree(built, var)
    monkeypatch.setenv("TXNG_VAR", str(var))

    def start(name: str, **how: Any) -> kill.Run:
        return kill.run(WORK + name, database_url=f"sqlite:///{var / 'txng.sqlite3'}", timeout=200, **how)

    return start


def check_all_is_done(ended: dict[str, Any]) -> None:
    assert ended["broken"] == []
    assert (len(ended["issued"]), len(ended["stamped"])) == (PAPERS, ORDERS)
    assert ended["ranges"] == [[start, start + EACH] for start in range(0, ORDERS * EACH, EACH)]
    assert ended["next"] == ORDERS * EACH
    assert ended["steps"] == ["documentation"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_while_papers_are_numbered_no_number_is_lost_or_given_twice(run: Run, moment: float) -> None:
    acknowledged = run("approve_papers", after=moment).values

    found, ended = run("recover").values

    assert found["broken"] == []
    assert set(acknowledged) <= set(found["issued"])
    assert len(found["numbers"]) == len(found["issued"]) <= len(acknowledged) + 1
    check_all_is_done(ended)


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_while_stamps_are_issued_no_range_is_lost_or_given_twice(run: Run, moment: float) -> None:
    acknowledged = run("issue_stamps", after=moment).values

    found, ended = run("recover").values

    assert found["broken"] == []
    assert set(acknowledged) <= set(found["stamped"])
    assert found["next"] == EACH * len(found["stamped"])
    assert len(found["stamped"]) <= len(acknowledged) + 1
    check_all_is_done(ended)


def test_killed_between_a_papers_end_and_its_stages_going_on_the_next_tick_heals_it(run: Run) -> None:
    assert run("approve_the_last", at="paper issued").killed

    found, ended = run("recover").values

    assert (found["broken"], found["steps"]) == ([], ["close_survey"])
    check_all_is_done(ended)
