"""R6 of the test plan: two decisions on one paper in the same moment, on both databases.

CI fights a few duels of each kind; `DUELS=250 make races` fights the thousand.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import kill
from tests.factories.databases import on_postgresql
from tests.races.duels import KINDS

pytestmark = [pytest.mark.kill, pytest.mark.timeout(3600)]

PAIRS = int(os.environ.get("DUELS", "12"))
# What may come of each kind; anything else, a 500 or two winners among it, is a fault.
ENDS = {
    "approve_approve": {"won: issued"},
    "approve_return": {"won: issued", "won: returned"},
    "approve_cancel": {"won: issued", "won: cancelled"},
    "quorum": {"won: with_leader"},
}


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path))
    return f"sqlite:///{tmp_path / 'txng.sqlite3'}"


@pytest.fixture
def postgres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TXNG_VAR", str(tmp_path))
    with on_postgresql("duels") as url:
        yield url


def fought(database_url: str) -> list[Any]:
    kill.run("tests.races.duels:build", str(PAIRS), database_url=database_url, timeout=1800)
    return kill.run("tests.races.duels:fight", database_url=database_url, timeout=1800).values


def check(told: list[Any]) -> None:
    print(told)
    *kinds, last = told
    assert last == {"broken": []}
    assert [kind["kind"] for kind in kinds] == list(KINDS)
    for kind in kinds:
        assert set(kind["ends"]) <= ENDS[kind["kind"]], kind
        assert sum(kind["ends"].values()) == PAIRS


def test_of_two_decisions_at_once_exactly_one_counts_on_sqlite(sqlite: str) -> None:
    check(fought(sqlite))


def test_of_two_decisions_at_once_exactly_one_counts_on_postgresql(postgres: str) -> None:
    check(fought(postgres))
