"""Kept values: how long they serve, what they were made of, and which go first."""

from __future__ import annotations

from typing import Any

import pytest

from stamps.fast import kept as kept_module
from stamps.fast.kept import Busy, Kept


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock that the kept values read."""
    clock = [100.0]
    monkeypatch.setattr(kept_module.time, "monotonic", lambda: clock[0])
    return clock


def test_a_value_is_fresh_for_its_seconds_and_no_longer(now: list[float]) -> None:
    kept: Kept[str] = Kept(size=3, seconds=10)
    kept.put("a", "old")

    now[0] += 9
    assert (kept.fresh("a"), kept.get("a", lambda: "new")) == ("old", "old")
    now[0] += 1
    assert (kept.fresh("a"), kept.get("a", lambda: "new")) == (None, "new")


def test_what_was_made_of_something_else_is_made_anew(now: list[float]) -> None:
    kept: Kept[str] = Kept(size=3, seconds=10)
    before, after = object(), object()
    kept.get("a", lambda: "old", before)

    assert (kept.fresh("a", before), kept.fresh("a", after)) == ("old", None)
    assert kept.get("a", lambda: "new", after) == "new"


def test_the_last_value_serves_for_so_long(now: list[float]) -> None:
    kept: Kept[str] = Kept(size=3, seconds=10)
    kept.put("a", "old")

    now[0] += 60
    assert kept.last("a", within=60) == "old"
    now[0] += 1
    assert kept.last("a", within=60) is None
    assert kept.last("b", within=60) is None


def test_a_value_made_anew_is_not_the_first_to_go(now: list[float]) -> None:
    kept: Kept[Any] = Kept(size=2, seconds=10)
    for key in ("a", "b", "a", "c"):
        kept.put(key, 1)

    assert [kept.fresh(key) for key in ("a", "b", "c")] == [1, None, 1]


def test_while_another_thread_makes_a_value_the_last_one_serves_unless_it_is_too_old(
    now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_module, "LONGEST_WAIT", 0.01)
    kept: Kept[str] = Kept(size=3, seconds=10)
    kept.put("a", "old")

    with kept._stripes[hash("a") % kept_module.STRIPES]:  # somebody is at it
        now[0] += 19
        assert kept.get("a", lambda: "new") == "old"
        now[0] += 1
        with pytest.raises(Busy):
            kept.get("a", lambda: "new")
