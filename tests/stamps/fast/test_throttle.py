"""Who guesses is slowed down; whoever scans a stamp is not, beside the guesser or behind the same address."""

from __future__ import annotations

import pytest

from stamps.codes.serials import ALPHABET
from stamps.fast import throttle
from stamps.fast.app import Scans
from stamps.fast.throttle import FREE, Guesses
from stamps.models import StampBatch
from tests.factories.stamps import Chain
from tests.stamps.fast.conftest import ask, path_of

pytestmark = pytest.mark.django_db
GUESSER, OTHER = "203.0.113.7", "198.51.100.1"


@pytest.fixture
def batch(line: Chain) -> StampBatch:
    return line.activated().batch


def guess(scans: Scans, batch: StampBatch, number: int, address: str = GUESSER, query: str = "") -> int:
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in range(6))
    return ask(scans, f"/scan/01/{batch.code}/21/0ABCDEFG{letters}/{query}", REMOTE_ADDR=address).status


def test_thirty_unknown_codes_are_free_and_the_next_waits(scans: Scans, batch: StampBatch) -> None:
    answers = [guess(scans, batch, number) for number in range(FREE + 5)]
    assert answers == [404] * FREE + [429] * 5
    refused = ask(scans, f"/scan/01/{batch.code}/21/0ABCDEFGHJKMNP/", REMOTE_ADDR=GUESSER, HTTP_ACCEPT_LANGUAGE="en")
    assert 0 < int(refused.headers["Retry-After"]) <= throttle.WINDOW
    assert "Stamps of ours are shown all the time" in refused.text


def test_a_stamp_of_ours_is_shown_to_a_network_that_waits(scans: Scans, batch: StampBatch) -> None:
    for number in range(FREE + 1):
        guess(scans, batch, number)
    assert ask(scans, path_of(batch), REMOTE_ADDR=GUESSER).status == 200


def test_other_networks_notice_nothing(scans: Scans, batch: StampBatch) -> None:
    for number in range(FREE + 1):
        guess(scans, batch, number)
    assert guess(scans, batch, 1, OTHER) == 404


def test_a_query_is_no_way_around(scans: Scans, batch: StampBatch) -> None:
    for number in range(FREE):
        guess(scans, batch, number, query="?x=1")
    assert guess(scans, batch, 99, query="?x=1") == 429


def test_guesses_from_many_networks_find_nothing_and_take_no_more_memory(
    scans: Scans, batch: StampBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "NETWORKS", 100)
    scans.tables._every = 60
    for number in range(2_000):
        address = f"10.{number % 7}.{number % 251}.1"
        assert guess(scans, batch, number, address) in (404, 429)
    assert len(scans._guesses) <= 100


def test_after_ten_minutes_a_network_is_free_again(monkeypatch: pytest.MonkeyPatch) -> None:
    guesses, now = Guesses(), [0.0]
    monkeypatch.setattr(throttle.time, "monotonic", lambda: now[0])
    assert [guesses.take("a") for _ in range(FREE)] == [0] * FREE
    now[0] = 300
    assert guesses.take("a") == 300
    now[0] = 600
    assert guesses.take("a") == 0


def test_the_page_rounds_the_wait_up_to_minutes(
    scans: Scans, batch: StampBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "FREE", 0)
    monkeypatch.setattr(throttle, "WINDOW", 90)

    refused = ask(scans, f"/scan/01/{batch.code}/21/0ABCDEFGHJKMNP/", HTTP_ACCEPT_LANGUAGE="en")
    assert "2 minutes" in refused.text
