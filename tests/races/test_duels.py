"""R6 of the test plan: two decisions on one paper in the same moment, on both databases.

CI fights a few duels of each kind; `DUELS=250 make races` fights the thousand.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import kill
from tests.races.duels import KINDS

pytestmark = [pytest.mark.kill, pytest.mark.timeout(3600)]

PAIRS = int(os.environ.get("DUELS", "12"))
SERVER = os.environ.get("RACES_URL", "postgresql://postgres@127.0.0.1:5432")
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
    name = f"txng_duels_{os.getpid()}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
        yield f"{SERVER}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


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
