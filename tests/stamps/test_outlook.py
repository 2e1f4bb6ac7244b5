"""How long stamps last: the pace of use, the day on which they end, and who is told (feature row 95)."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from openpyxl import load_workbook

from projects.actions.project import withdraw_product
from stamps import actions
from stamps.life.outlook import Outlook, outlooks
from stamps.models import StampBatch, StampMovement
from tests.factories.people import Office, signed_in
from tests.factories.stamps import Chain, activate, chain

pytestmark = pytest.mark.django_db
URL = "/stamps/outlook/"
TODAY = date(2026, 3, 31)


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


def used(line: Chain, quantity: int, of: int, *, days_ago: int) -> StampBatch:
    """Hand over some stamps and put a part of them on a lot, so many days ago."""
    batch = line.handed_over(of)
    if quantity:
        activate(batch, batch.start, batch.start + quantity, line.lot(f"L{batch.pk:06}-01"), by=line.producer)
    moved_at = timezone.now() - timedelta(days=days_ago)
    StampMovement.objects.filter(batch=batch).update(moved_at=moved_at)
    return batch


# --- the pace ------------------------------------------------------------------------------------
def test_the_last_stamp_is_used_when_the_rest_lasts_no_longer_at_the_pace() -> None:
    assert Outlook(with_producer=600, used=300, days=30).ends_on(TODAY) == TODAY + timedelta(days=60)


def test_stamps_of_the_office_count_with_those_of_the_producer() -> None:
    assert Outlook(in_store=500, with_producer=100, used=300, days=30).left == 600


def test_without_use_there_is_no_day_and_no_alarm() -> None:
    unused = Outlook(with_producer=5)
    assert unused.ends_on(TODAY) is None
    assert not unused.is_short


def test_a_day_beyond_the_calendar_is_no_day() -> None:
    assert Outlook(with_producer=10**9, used=1, days=90).ends_on(TODAY) is None


@pytest.mark.parametrize(("left", "short"), [(300, True), (301, False), (0, True)])
def test_stamps_for_thirty_days_or_less_are_too_few(left: int, short: bool) -> None:
    assert Outlook(with_producer=left, used=300, days=30).is_short is short


def test_an_order_that_would_do_ends_the_alarm() -> None:
    assert not Outlook(with_producer=10, asked=300, used=300, days=30).is_short


def test_the_pace_is_told_over_the_days_since_the_first_use(line: Chain) -> None:
    used(line, 40, 100, days_ago=20)

    assert outlooks([line.product.pk])[line.product.pk] == Outlook(with_producer=60, used=40, days=20)


def test_a_first_use_yesterday_is_spread_over_fourteen_days(line: Chain) -> None:
    used(line, 40, 100, days_ago=1)

    assert outlooks([line.product.pk])[line.product.pk].days == 14


def test_use_longer_ago_than_ninety_days_is_no_pace(line: Chain) -> None:
    used(line, 40, 100, days_ago=91)

    assert outlooks([line.product.pk])[line.product.pk] == Outlook(with_producer=60, used=0, days=90)


def test_stamps_issued_but_not_handed_over_are_in_store_and_orders_undecided_are_asked_for(line: Chain) -> None:
    line.issued(30)
    line.order(7)

    assert outlooks([line.product.pk])[line.product.pk] == Outlook(in_store=30, asked=7)


def test_lost_stamps_are_not_left(line: Chain) -> None:
    batch = line.handed_over(10)
    actions.change_stamps(batch, batch.start, batch.start + 4, state="lost", reason="rách", by=line.producer)

    assert outlooks([line.product.pk])[line.product.pk].left == 6


# --- the pages -----------------------------------------------------------------------------------
def test_those_that_end_first_stand_first_and_the_unused_last(gia_lai: Office, line: Chain) -> None:
    late, never = (chain(gia_lai, project=line.project) for _ in range(2))
    used(never, 0, 100, days_ago=30)
    used(late, 10, 100, days_ago=30)
    used(line, 90, 100, days_ago=30)

    page = signed_in(gia_lai.stamp_officer).get(URL)

    assert [row.record.product for row in page.context["table"].rows] == [line.product, late.product, never.product]
    assert "The stamps of 1 product end before an order made today would arrive." in page.content.decode()


def test_a_producer_sees_only_what_is_theirs(gia_lai: Office, line: Chain) -> None:
    other = chain(gia_lai, project=line.project)
    for each in (line, other):
        used(each, 50, 100, days_ago=30)

    page = signed_in(line.producer).get(URL).content.decode()

    assert line.product.name in page
    assert other.product.name not in page


def test_the_workbook_has_the_days_as_days(gia_lai: Office, line: Chain) -> None:
    used(line, 50, 100, days_ago=50)

    answer = signed_in(gia_lai.stamp_officer).get(f"{URL}?export=xlsx")

    last = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))[-1]
    assert last[2:6] == (50, 0, 0, 30)
    assert last[6].date() == timezone.localdate() + timedelta(days=50)


def test_the_list_asks_as_many_questions_for_many_products_as_for_one(gia_lai: Office, line: Chain) -> None:
    client = signed_in(gia_lai.stamp_officer)
    used(line, 50, 100, days_ago=50)
    client.get(URL)
    with CaptureQueriesContext(connection) as for_one:
        client.get(URL)
    for _ in range(3):
        used(chain(gia_lai, project=line.project), 50, 100, days_ago=50)

    with CaptureQueriesContext(connection) as for_four:
        client.get(URL)

    assert len(for_four) == len(for_one)


def test_the_producer_is_asked_to_order_before_the_stamps_end(line: Chain) -> None:
    used(line, 90, 100, days_ago=30)

    page = signed_in(line.producer).get("/stamps/mine/")

    assert [row["url"] for row in page.context["short"]] == [f"/stamps/orders/new/?enrolment={line.enrolment.pk}"]


@pytest.mark.parametrize("why", ["enough", "asked", "no quota", "withdrawn"])
def test_the_producer_is_not_asked_where_no_order_is_due_or_possible(line: Chain, why: str) -> None:
    used(line, 90, 1_000 if why == "enough" else 100, days_ago=30)
    if why == "asked":
        line.order(500)
    if why == "no quota":
        line.enrolment.stamp_quota = 100
        line.enrolment.save()
    if why == "withdrawn":
        withdraw_product(line.enrolment, reason="Chủ thể xin thôi", by=line.office.manager)

    assert signed_in(line.producer).get("/stamps/mine/").context["short"] == []


def test_the_order_says_how_long_what_is_there_lasts(line: Chain) -> None:
    used(line, 50, 100, days_ago=50)
    order = line.order(10)

    page = signed_in(line.office.leader).get(order.get_absolute_url()).content.decode()

    day = timezone.localdate() + timedelta(days=50)
    assert f"50 on no lot; at the present pace enough until about {date_format(day, 'SHORT_DATE_FORMAT')}" in page
