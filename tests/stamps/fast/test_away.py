"""Without a database: pages that were shown go on and say of when they are; others ask for patience; nothing fails."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import OperationalError, connection

from stamps.codes import serials
from stamps.fast import pages
from stamps.fast.app import Scans
from stamps.fast.kept import Kept
from stamps.models import StampBatch
from tests.factories.stamps import Chain
from tests.stamps.fast.conftest import ask, path_of

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def no_database(*_call: Any) -> Any:
    raise OperationalError("the server is gone")


@pytest.fixture
def batch(line: Chain) -> StampBatch:
    return line.activated().batch


def test_stamps_of_a_lot_that_was_scanned_go_on_and_say_of_when_they_are(scans: Scans, batch: StampBatch) -> None:
    assert "Data as of" not in ask(scans, path_of(batch), **ENGLISH).text
    with connection.execute_wrapper(no_database):
        answer = ask(scans, path_of(batch, 1), **ENGLISH)
        unknown = ask(scans, f"/scan/01/{batch.code}/21/0ABCDEFGHJKMNP/", **ENGLISH)
    assert (answer.status, unknown.status) == (200, 404)
    assert "Data as of" in answer.text
    assert "First scan" not in answer.text  # nobody knows that now
    time.sleep(pages.SECONDS)
    scans.tables._due_at = 0
    assert "Data as of" not in ask(scans, path_of(batch, 1), **ENGLISH).text


def test_a_lot_that_was_never_scanned_asks_for_patience(scans: Scans, batch: StampBatch) -> None:
    scans.tables.current()
    with connection.execute_wrapper(no_database):
        answer = ask(scans, path_of(batch), **ENGLISH)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "says nothing about the stamp" in answer.text


def test_a_process_that_starts_without_a_database_asks_for_patience(scans: Scans, batch: StampBatch) -> None:
    with connection.execute_wrapper(no_database):
        assert ask(scans, path_of(batch)).status == 503


def test_while_the_database_is_away_it_is_not_asked_by_every_page(scans: Scans, batch: StampBatch) -> None:
    ask(scans, path_of(batch))
    asked = []

    def count(*call: Any) -> Any:
        asked.append(call[1])
        raise OperationalError

    with connection.execute_wrapper(count):
        for offset in range(8):
            assert ask(scans, path_of(batch, offset)).status == 200
    assert len(asked) <= 2


def test_a_fault_in_the_layer_is_answered_by_django_and_logged_without_the_serial(
    scans: Scans, batch: StampBatch, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any) -> Any:
        raise RuntimeError(path_of(batch))

    monkeypatch.setattr(scans._pages, "of", fail)
    assert ask(scans, path_of(batch)).status == 299
    assert "RuntimeError" in caplog.text
    assert path_of(batch).split("/")[-2][4:] not in caplog.text


def test_the_layer_logs_no_serial_and_no_address(
    scans: Scans, batch: StampBatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for path in (path_of(batch), f"/scan/01/{batch.code}/21/0ABCDEFGHJKMNP/"):
        ask(scans, path, REMOTE_ADDR="203.0.113.7")
    scans.log.flush()
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("stamps")]
    assert logged == []


def test_what_is_made_at_once_is_made_once() -> None:
    import threading

    kept: Kept[int] = Kept(size=10, seconds=60)
    made: list[int] = []

    def make() -> int:
        time.sleep(0.05)
        made.append(1)
        return len(made)

    threads = [threading.Thread(target=lambda: kept.get("a", make)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_only_so_much_is_kept() -> None:
    kept: Kept[int] = Kept(size=3, seconds=60)
    for key in range(10):
        kept.get(key, lambda: 1)
    assert len(kept) == 3


def test_forged_and_unissued_serials_take_the_same_time(scans: Scans, batch: StampBatch) -> None:
    """Both are one answer; so must be the time, within what the clock of a shared machine can tell.

    Compared are the 20th percentiles of interleaved trials, which other people's work hardly moves.
    """
    ring, tables = serials.keyring_from_settings(), scans.tables
    unissued = [serials.encode(batch.code, 10_000_000 + number, ring) for number in range(400)]
    forged = [serial[:-2] + ("00" if serial[-2:] != "00" else "11") for serial in unissued]
    tables._every = 60
    tables.find(batch.code, forged[0])
    times: dict[str, list[int]] = {"unissued": [], "forged": []}
    for pair in zip(unissued, forged, strict=True):
        for kind, serial in zip(times, pair, strict=True):
            began = time.perf_counter_ns()
            assert tables.find(batch.code, serial) is None
            times[kind].append(time.perf_counter_ns() - began)
    middle = {kind: sorted(taken)[len(taken) // 5] for kind, taken in times.items()}
    assert 0.75 < middle["forged"] / middle["unissued"] < 1.33, middle
