"""The ledger: every act moves stamps between accounts, every month balances, and the ranges prove it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from stamps import actions
from stamps.life import ledger
from stamps.models import Account, Activation, StampBatch, StampChange, StampMovement
from tests.factories import lots
from tests.factories.people import Office
from tests.factories.stamps import Chain, activate, chain, printed

pytestmark = pytest.mark.django_db
State = StampChange.State


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


def moves(batch: StampBatch) -> list[tuple[str, str, int]]:
    """(from, to, quantity) of the batch's movements in their order."""
    return [(row.source, row.target, row.quantity) for row in batch.movements.order_by("pk")]


def change(line: Chain, batch: StampBatch, state: str, first: int, count: int) -> None:
    """Change stamps of the batch as the stamp officer."""
    start = batch.start + first
    actions.change_stamps(
        batch, start, start + count, state=state, reason="Thử", by=line.office.stamp_officer, now=lots.at(12)
    )


def test_stamps_go_from_store_to_producer_to_lot(line: Chain) -> None:
    batch = line.activated(10).batch

    assert moves(batch) == [("issue", "store", 10), ("store", "producer", 10), ("producer", "activated", 10)]


def test_what_ends_a_stamp_takes_it_from_where_it_lay(line: Chain) -> None:
    batch = line.handed_over(10)
    activate(batch, batch.start, batch.start + 4, line.lot(), by=line.producer)

    change(line, batch, State.VOID, 2, 4)

    assert moves(batch)[-2:] == [("activated", "void", 2), ("producer", "void", 2)]


def test_a_suspension_moves_nothing(line: Chain) -> None:
    batch = line.handed_over(10)
    before = moves(batch)

    change(line, batch, State.SUSPENDED, 0, 10)

    assert moves(batch) == before


def test_stamps_voided_before_the_hand_over_are_not_handed_over(line: Chain) -> None:
    batch = line.issued(10)
    change(line, batch, State.VOID, 0, 3)

    printed(batch, by=line.office.stamp_officer)
    actions.hand_over(batch.order, by=line.office.stamp_officer)

    assert moves(batch)[-1] == ("store", "producer", 7)


def test_the_month_balances(line: Chain) -> None:
    batch = line.handed_over(10)
    activate(batch, batch.start, batch.start + 4, line.lot(), by=line.producer)
    change(line, batch, State.LOST, 8, 1)

    page = ledger.month_page(line.product.producer, date(2022, 6, 15))

    closing = {each.account: each.closing for each in page.lines if each.closing}
    assert closing == {Account.PRODUCER: 5, Account.ACTIVATED: 4, Account.LOST: 1}
    assert (page.issued, page.differences) == (10, [])


def test_the_next_month_opens_with_what_the_last_one_closed(line: Chain) -> None:
    line.handed_over(10)

    page = ledger.month_page(line.product.producer, date(2022, 7, 1))

    drawer = next(each for each in page.lines if each.account == Account.PRODUCER)
    assert (drawer.opening, drawer.received, drawer.given, drawer.closing) == (10, 0, 0, 10)
    assert page.movements == []


def test_a_range_changed_beside_the_acts_is_a_difference(line: Chain) -> None:
    activation = line.activated(10)
    Activation.objects.filter(pk=activation.pk).update(end=activation.end - 2)

    (found,) = ledger.differences_of([activation.batch])

    assert (found.quantity, found.booked, found.found) == (2, Account.ACTIVATED, Account.PRODUCER)


def test_a_million_stamps_are_booked_in_one_row(line: Chain) -> None:
    batch = line.issued(1_000_000)

    assert StampMovement.objects.filter(batch=batch).count() == 1


def test_the_first_instant_of_a_month_is_of_that_month(line: Chain) -> None:
    midnight = timezone.make_aware(datetime(2022, 7, 1))
    actions.issue_stamps(line.order(10), by=line.office.leader, now=midnight)

    june, july, august = (ledger.month_page(line.product.producer, date(2022, month, 1)) for month in (6, 7, 8))

    assert (june.sums, july.sums, august.sums) == ((0, 0, 0, 0), (0, 10, 0, 10), (10, 0, 0, 10))
    assert [len(page.movements) for page in (june, july, august)] == [0, 1, 0]


def test_the_ledger_of_a_producer_has_no_stamps_of_others(line: Chain, gia_lai: Office) -> None:
    own = line.issued(10)
    other = chain(gia_lai, project=line.project).issued(7)
    other.movements.all().delete()  # no act of the house: a difference that is not this producer's
    chain(gia_lai, project=line.project).issued(5)

    page = ledger.month_page(line.product.producer, date(2022, 6, 1))

    assert (page.issued, page.differences) == (10, [])
    assert [move.batch for move in page.movements] == [own]
    assert ledger.closing_of(line.product.producer, page.month)[Account.STORE] == 10
