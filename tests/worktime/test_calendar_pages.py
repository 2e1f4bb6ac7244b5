"""The calendar's pages: everybody reads, keepers change, and nothing that is typed breaks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.factories.people import Office
from worktime.models import SpecialDay

URL = "/calendar/"
Browser = Callable[[User], Client]


@pytest.fixture
def leader(gia_lai: Office, as_user: Browser) -> Client:
    return as_user(gia_lai.leader)


@pytest.fixture
def national_day(db: None) -> SpecialDay:
    return SpecialDay.objects.create(day=date(2026, 9, 2), name="Quốc khánh")


def test_without_special_days_the_page_says_that_holidays_count_as_worked(leader: Client) -> None:
    page = leader.get(URL, {"year": 2026}).content.decode()

    assert "Plain Monday to Friday" in page
    assert "2026: 261 working days" in page


def test_the_year_shows_its_special_days_and_counts_without_them(leader: Client, national_day: SpecialDay) -> None:
    page = leader.get(URL, {"year": 2026}).content.decode()

    assert "2026: 260 working days" in page
    assert "Quốc khánh" in page
    assert "Plain Monday to Friday" not in page


def test_readers_see_the_year_and_no_button(gia_lai: Office, as_user: Browser, national_day: SpecialDay) -> None:
    clerk = as_user(gia_lai.clerk)

    page = clerk.get(URL, {"year": 2026}).content.decode()

    assert "Quốc khánh" in page
    assert reverse("worktime:enter") not in page
    assert reverse("worktime:remove", args=[national_day.pk]) not in page
    assert clerk.post(reverse("worktime:remove", args=[national_day.pk])).status_code == 403


@pytest.mark.parametrize("year", ["", "x", "0", "9999", "99999999999", "-1", "²⁰²⁶", "2026\x00"])
def test_a_year_that_is_none_is_no_error(leader: Client, year: str) -> None:
    for name in ("worktime:calendar", "worktime:propose"):
        assert leader.get(reverse(name), {"year": year}).status_code == 200


def test_a_leader_enters_a_day(leader: Client) -> None:
    answer = leader.post(
        reverse("worktime:enter"), {"kind": "off", "day": "02/09/2026", "name": "Quốc khánh", "instead": ""}
    )

    assert answer["Location"] == "/calendar/?year=2026"
    assert SpecialDay.objects.get().day == date(2026, 9, 2)


def test_a_leader_enters_a_swap(leader: Client) -> None:
    leader.post(
        reverse("worktime:enter"), {"kind": "off", "day": "31/08/2026", "name": "Hoán đổi", "instead": "22/08/2026"}
    )

    assert list(SpecialDay.objects.values_list("day", "kind")) == [
        (date(2026, 8, 22), "worked"),
        (date(2026, 8, 31), "off"),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"kind": "off", "day": "31/02/2026", "name": "x"},
        {"kind": "off", "day": "02/09/99999", "name": "x"},
        {"kind": "holiday", "day": "02/09/2026", "name": "x"},
        {"kind": "off", "day": "02/09/2026", "name": " "},
        {"kind": "off", "day": "02/09/2026", "name": "a\x00b"},
        {"kind": "off", "day": "02/09/2026", "name": "x" * 121},
        {"kind": "off", "day": "05/09/2026", "name": "a Saturday"},
        {"kind": "worked", "day": "05/09/2026", "name": "x", "instead": "06/09/2026"},
        {"kind": "off", "day": "02/09/2026", "name": "x", "instead": "03/09/2026"},
    ],
)
def test_what_cannot_be_is_asked_again(leader: Client, typed: dict[str, str]) -> None:
    assert leader.post(reverse("worktime:enter"), typed).status_code == 422
    assert not SpecialDay.objects.exists()


def test_the_proposal_is_shown_before_anything_is_entered(leader: Client) -> None:
    page = leader.get(reverse("worktime:propose"), {"year": 2026}).content.decode()

    assert 'value="2026-09-02"' in page
    assert not SpecialDay.objects.exists()


def test_only_ticked_days_of_the_proposal_are_entered(leader: Client) -> None:
    ticked = ["2026-09-02", "2026-01-01", "2026-03-03", "x", "\x00"]  # the last three are not proposed

    leader.post(reverse("worktime:propose"), {"year": "2026", "day": ticked})

    assert [one.day for one in SpecialDay.objects.all()] == [date(2026, 1, 1), date(2026, 9, 2)]


def test_a_day_is_taken_out_after_a_question(leader: Client, national_day: SpecialDay) -> None:
    address = reverse("worktime:remove", args=[national_day.pk])

    assert "Quốc khánh" in leader.get(address).content.decode()
    assert SpecialDay.objects.exists()
    assert leader.post(address)["Location"] == "/calendar/?year=2026"
    assert not SpecialDay.objects.exists()
    assert leader.post(address).status_code == 404
    assert leader.get("/calendar/999999999999/remove/").status_code == 404


def test_the_year_asks_few_questions(
    leader: Client, national_day: SpecialDay, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        leader.get(URL, {"year": 2026})
