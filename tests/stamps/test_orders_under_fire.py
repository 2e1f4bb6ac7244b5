"""R7 of the test plan: clerks order and issue stamps near the quota, side by side, and are killed at any instant.

CI places 150 orders on each database; ORDERS=30000 PAUSE=4 DESK=50 is the full number, with a kill about every PAUSE
seconds and every DESKth order through its flow.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import kill
from tests.factories.databases import on_postgresql
from tests.stamps.orders_under_fire import CLERKS

pytestmark = [pytest.mark.kill, pytest.mark.timeout(7200)]

ORDERS = int(os.environ.get("ORDERS", "150"))


@pytest.fixture(autouse=True)
def _files_go_to_a_folder_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path / "var"))


@pytest.fixture
def postgres() -> Iterator[str]:
    with on_postgresql("orders") as url:
        yield url


def storm(url: str, folder: Path) -> dict[str, Any]:
    pause = os.environ.get("PAUSE", "0.5")  # seconds between two kills
    arguments = (str(ORDERS), str(folder), "5", pause)
    run = kill.run("tests.stamps.orders_under_fire:storm", *arguments, database_url=url, timeout=7000)
    (told,) = run.values
    print(told)
    return dict(told)


def check(told: dict[str, Any]) -> None:
    assert told["faults"] == []
    assert (told["lost"], told["overlaps"], told["exceeded"], told["broken"]) == ([], [], [], [])
    assert told["ordered"] == ORDERS // CLERKS * CLERKS
    assert told["unanswered"] <= told["kills"]  # what was done without an answer: one act for each kill
    few, many = told["writes"]
    assert few == many
    # The storm was one: killed often enough, at the quota, and over the same orders.
    assert told["kills"] >= 5
    assert told["full"] >= ORDERS // 50
    assert told["late"] >= 1


def test_orders_side_by_side_with_kills_lose_nothing_and_exceed_no_quota_on_sqlite(tmp_path: Path) -> None:
    told = storm(f"sqlite:///{tmp_path / 'txng.sqlite3'}", tmp_path)
    check(told)


def test_orders_side_by_side_with_kills_lose_nothing_and_exceed_no_quota_on_postgresql(
    postgres: str, tmp_path: Path
) -> None:
    check(storm(postgres, tmp_path))
