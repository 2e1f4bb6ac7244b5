"""Guessing gets slower and slower, by account and by network, and never stops anybody for good."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from people import throttle
from people.claim_models import Throttle
from people.throttle import Counter, TooManyTries
from tests.factories.people import UserFactory

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
HLAN = Counter("login.account", "0900000012", free=3)


def tried(times: int, *, now: datetime = NOON) -> int:
    """Try so often at one moment; return how many tries were let through."""
    done = 0
    for _try in range(times):
        try:
            throttle.take([HLAN], now=now)
        except TooManyTries:
            continue
        done += 1
    return done


@pytest.mark.django_db
def test_the_free_tries_are_free_and_the_next_one_waits() -> None:
    assert tried(10) == 3
    with pytest.raises(TooManyTries, match="15 seconds"):
        throttle.take([HLAN], now=NOON)


@pytest.mark.django_db
def test_the_wait_doubles_up_to_a_quarter_of_an_hour_and_ends() -> None:
    now, waits = NOON, []
    tried(3)
    for _try in range(9):
        wait = Throttle.objects.get().next_at - now
        waits.append(int(wait.total_seconds()))
        now += wait
        throttle.take([HLAN], now=now)
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]


@pytest.mark.django_db
def test_a_right_answer_lets_the_account_start_anew() -> None:
    tried(3)
    throttle.forgive([HLAN])
    assert tried(10, now=NOON + timedelta(seconds=1)) == 3


@pytest.mark.django_db
def test_an_hour_without_a_try_is_forgotten_and_old_counters_are_removed() -> None:
    tried(3)
    assert tried(3, now=NOON + timedelta(hours=1, minutes=1)) == 3
    assert throttle.forget_old(NOON + timedelta(hours=5)) == 1


@pytest.mark.django_db
def test_the_table_names_neither_phone_number_nor_address() -> None:
    tried(1)
    assert "0900000012" not in str(Throttle.objects.values().get())


def test_the_login_page_slows_down_guessing_and_says_how_long(client: Client, db: None) -> None:
    UserFactory(username="hoa", phone="0900000012")
    wrong = {"username": "0900000012", "password": "sai"}
    assert [client.post("/login/", wrong).status_code for _try in range(6)] == [200] * 5 + [429]
    answer = client.post("/login/", {"username": "+84 900000012", "password": "mat-khau-thu-1"})
    assert answer.status_code == 429
    assert "15 seconds" in answer.content.decode()


def test_guessing_at_one_account_does_not_slow_down_another(client: Client, db: None) -> None:
    UserFactory(username="hoa")
    for _try in range(6):
        client.post("/login/", {"username": "khong-co", "password": "sai"})
    assert client.post("/login/", {"username": "hoa", "password": "mat-khau-thu-1"}).status_code == 302


def test_one_network_that_tries_many_accounts_is_slowed_down(client: Client, db: None) -> None:
    answers = [client.post("/login/", {"username": f"nguoi{n}", "password": "sai"}).status_code for n in range(31)]
    assert answers == [200] * 30 + [429]


@pytest.mark.parametrize(
    ("count", "remote", "header", "network"),
    [
        (0, "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (1, "10.0.0.1", "198.51.100.9, 203.0.113.7", "203.0.113.7"),
        (2, "10.0.0.1", "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:203.0.113.7", "", "203.0.113.7"),
        (1, "10.0.0.1", "not an address", "unknown"),
    ],
    ids=["direct", "one proxy", "two proxies", "no header", "IPv6", "IPv4 on a socket for both", "nonsense"],
)
def test_the_network_is_what_our_own_proxies_saw(
    settings: object, count: int, remote: str, header: str, network: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = count  # type: ignore[attr-defined]
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": header} if header else {})
    assert throttle.network_of(request) == network


def at_once(act: Callable[[], None], people: int) -> None:
    barrier = threading.Barrier(people)

    def run() -> None:
        barrier.wait()
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_forty_guesses_in_one_moment_are_three_tries() -> None:
    let_through: list[int] = []

    def guess() -> None:
        if tried(1):
            let_through.append(1)

    at_once(guess, 40)
    assert len(let_through) == 3
