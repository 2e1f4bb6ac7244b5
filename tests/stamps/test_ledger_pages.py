"""The ledger on its pages: producers, months, differences in red, and what was counted by hand."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from stamps import actions
from stamps.errors import CountRefused, NotAllowedForYou
from stamps.models import Account, Activation, StampBatch, StampCount
from tests.factories import lots
from tests.factories.people import Office, signed_in
from tests.factories.stamps import Chain, activate, chain

pytestmark = pytest.mark.django_db
JUNE = date(2022, 6, 1)


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def batch(line: Chain) -> StampBatch:
    """Twenty stamps in June 2022, five of them on a lot."""
    batch = line.handed_over(20)
    activate(batch, batch.start, batch.start + 5, line.lot(), by=line.producer)
    return batch


def url(line: Chain, month: str = "2022-06") -> str:
    return f"/stamps/ledger/{line.product.producer_id}/?month={month}"


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))


@pytest.mark.requirement("SL-S7")
def test_the_month_shows_sums_that_balance(line: Chain, batch: StampBatch) -> None:
    page = signed_in(line.office.stamp_officer).get(url(line))

    closing = {each.account: each.closing for each in page.context["page"].lines if each.closing}
    assert closing == {Account.PRODUCER: 15, Account.ACTIVATED: 5}
    opening, received, given, total = page.context["sums"]
    assert (opening, total) == (0, 20)
    assert opening + received - given == total
    assert f"{opening} + {received} − {given} = {total}" in page.content.decode()


def test_movements_lead_to_their_order_and_their_first_stamp(line: Chain, batch: StampBatch) -> None:
    page = signed_in(line.office.stamp_officer).get(url(line)).content.decode()

    assert f'href="{batch.order.get_absolute_url()}"' in page
    assert "/stamps/find/?q=" in page


def test_months_lead_to_each_other_but_not_into_the_future(line: Chain, batch: StampBatch) -> None:
    client = signed_in(line.producer)

    june, now = client.get(url(line)), client.get(url(line, ""))

    assert (june.context["previous"], june.context["following"]) == (date(2022, 5, 1), date(2022, 7, 1))
    assert now.context["following"] is None


@pytest.mark.parametrize("text", ["2022-13", "x", "0000-01", "2022-6", "9999-12", "²022-06", "2022-06-01"])
def test_a_month_that_does_not_exist_is_this_month(line: Chain, batch: StampBatch, text: str) -> None:
    page = signed_in(line.producer).get(url(line, text))

    assert page.context["following"] is None


def test_a_difference_is_named_with_its_place(line: Chain, batch: StampBatch) -> None:
    Activation.objects.update(end=batch.start + 3)
    client = signed_in(line.office.manager)

    page = client.get(url(line))
    ((difference, shown),) = page.context["differences"]
    (red,) = re.findall(r'<li class="text-late">.*?</li>', page.content.decode(), re.DOTALL)

    assert (difference.quantity, shown.quantity) == (2, 2)
    assert shown.first in red
    assert "the ledger says “Activated”, they are “Handed over”" in red
    assert f'href="{batch.order.get_absolute_url()}"' in red
    (row,) = client.get("/stamps/ledger/").context["rows"]
    assert row.differing == 2


def test_officials_see_every_producer_and_a_producer_its_own(line: Chain, batch: StampBatch, son_la: Office) -> None:
    other = chain(line.office, project=line.project, name="Mật ong")
    other.handed_over(7)

    def issued(person: Any) -> list[int]:
        return sorted(row.issued for row in signed_in(person).get("/stamps/ledger/").context["rows"])

    assert issued(line.office.clerk) == [7, 20]
    assert issued(line.producer) == [20]
    assert issued(son_la.manager) == []


def test_the_list_asks_the_same_for_many_producers_as_for_one(
    line: Chain, batch: StampBatch, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(line.office.manager)
    client.get("/stamps/ledger/")
    with CaptureQueriesContext(
        connection,
    ) as first:
        client.get("/stamps/ledger/")
    for n in range(3):
        chain(line.office, project=line.project, name=f"Mật ong {n}").handed_over(7)

    with django_assert_num_queries(len(first)):
        client.get("/stamps/ledger/")


def test_both_are_workbooks(line: Chain, batch: StampBatch) -> None:
    client = signed_in(line.office.manager)

    producers = rows_of(client.get("/stamps/ledger/", {"export": "xlsx"}))
    month = rows_of(client.get(url(line) + "&export=xlsx"))

    assert producers[-1][0] == line.product.producer.name
    assert producers[-1][-2:] == (20, 0)
    totals = next(row for row in month if row[0] == "Total")
    assert totals[1] + totals[2] - totals[3] == totals[4] == 20
    assert month[-1][0] == "Handed over → Activated"


def test_the_printed_page_has_its_head_and_three_signatures(line: Chain, batch: StampBatch, vietnamese: None) -> None:
    client = signed_in(line.office.stamp_officer)
    client.cookies["django_language"] = "vi"

    page = client.get(url(line)).content.decode()

    assert line.office.organisation.name in page
    assert page.count("signatures") == 1


# --- counting --------------------------------------------------------------------------------
def count(line: Chain, counted: int, *, cause: str = "", account: str = Account.PRODUCER, **more: Any) -> StampCount:
    """Count as the producer's person at the end of June."""
    answers = {"month": JUNE, "by": line.producer, "now": lots.at(30)} | more
    return actions.count_stamps(line.product.producer, account=account, counted=counted, cause=cause, **answers)


def test_a_count_that_agrees_needs_no_cause(line: Chain, batch: StampBatch) -> None:
    made = count(line, 15, cause="thừa lời")

    assert (made.expected, made.cause) == (15, "")


def test_a_difference_needs_its_cause(line: Chain, batch: StampBatch) -> None:
    with pytest.raises(CountRefused, match="ledger says 15, you counted 13") as refusal:
        count(line, 13, cause="  ")
    assert refusal.value.field == "cause"

    assert count(line, 13, cause="Rách hai tem").expected == 15


def test_a_month_to_come_is_not_counted(line: Chain, batch: StampBatch) -> None:
    with pytest.raises(CountRefused, match="not begun"):
        count(line, 15, month=date(2022, 7, 1))


def test_a_month_is_counted_from_its_first_day_on(line: Chain, batch: StampBatch) -> None:
    midnight = timezone.make_aware(datetime(2022, 7, 1))

    assert count(line, 15, month=date(2022, 7, 1), now=midnight).expected == 15


def test_stamps_on_lots_are_not_counted(line: Chain, batch: StampBatch) -> None:
    with pytest.raises(CountRefused):
        count(line, 5, account=Account.ACTIVATED)


def test_the_store_is_counted_by_its_officers_and_the_drawer_also_by_the_producer(
    line: Chain, batch: StampBatch, son_la: Office
) -> None:
    assert count(line, 0, account=Account.STORE, by=line.office.stamp_officer).expected == 0
    assert count(line, 15, by=line.office.manager).expected == 15
    for person, account in (
        (line.producer, Account.STORE),
        (line.office.clerk, Account.PRODUCER),
        (son_la.stamp_officer, Account.STORE),
    ):
        with pytest.raises(NotAllowedForYou):
            count(line, 0, account=account, by=person)


def test_a_count_is_entered_on_the_page_and_its_difference_is_red(line: Chain, batch: StampBatch) -> None:
    client: Client = signed_in(line.producer)
    sent = {"account": "producer", "counted": "13"}

    refused = client.post(url(line), sent)
    assert "cause" in refused.context["form"].errors
    assert client.post(url(line), sent | {"cause": "Rách hai tem"}).status_code == 302

    page = client.get(url(line))
    assert [row.difference for row in page.context["counts"]] == [-2]
    assert re.search(r'<b class="text-late">difference -2</b>\s*· Rách hai tem', page.content.decode())


def test_a_count_that_agrees_is_not_red(line: Chain, batch: StampBatch) -> None:
    client: Client = signed_in(line.producer)

    client.post(url(line), {"account": "producer", "counted": "15"})

    page = client.get(url(line)).content.decode()
    assert "counted 15, ledger 15" in page
    assert "text-late" not in page


@pytest.mark.parametrize("counted", ["-1", "mười", "", "99999999999"])
def test_an_impossible_count_is_refused_next_to_its_field(line: Chain, batch: StampBatch, counted: str) -> None:
    page = signed_in(line.producer).post(url(line), {"account": "producer", "counted": counted})

    assert "counted" in page.context["form"].errors
    assert not StampCount.objects.exists()


def test_a_reader_is_not_offered_to_count(line: Chain, batch: StampBatch) -> None:
    client = signed_in(line.office.clerk)

    assert client.get(url(line)).context["form"] is None
    assert client.post(url(line), {"account": "producer", "counted": "1"}).status_code == 403
