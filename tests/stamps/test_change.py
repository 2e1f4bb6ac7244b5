"""Changing the state of stamps: what may follow on what, who may, and what a replaced stamp leaves behind."""

from __future__ import annotations

import pytest

from stamps import actions
from stamps.errors import ActivationRefused, ChangeRefused, NotAllowedForYou
from stamps.life.spans import free_spans, spans_of
from stamps.models import StampBatch, StampChange
from tests.factories import lots
from tests.factories.people import Office
from tests.factories.stamps import Chain, activate, chain

pytestmark = pytest.mark.django_db
State = StampChange.State
NOW = lots.at(12)


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def batch(line: Chain) -> StampBatch:
    return line.handed_over(20)


def change(line: Chain, batch: StampBatch, state: str, first: int = 0, count: int = 20) -> StampChange:
    """Change `count` stamps from the `first` of the batch on, as the stamp officer."""
    start = batch.start + first
    return actions.change_stamps(
        batch, start, start + count, state=state, reason="Thử", by=line.office.stamp_officer, now=NOW
    )


def test_the_newest_change_of_a_stamp_holds(line: Chain, batch: StampBatch) -> None:
    change(line, batch, State.SUSPENDED, 0, 10)
    void = change(line, batch, State.VOID, 4, 2)

    states = [(span.quantity, span.change and span.change.state) for span in spans_of(batch)]

    assert states == [(4, State.SUSPENDED), (2, State.VOID), (4, State.SUSPENDED), (10, None)]
    assert void.quantity == 2


def test_a_restored_stamp_is_what_it_was_before(line: Chain, batch: StampBatch) -> None:
    activate(batch, batch.start, batch.start + 5, line.lot(), by=line.producer)
    change(line, batch, State.SUSPENDED, 0, 5)
    change(line, batch, State.RESTORED, 0, 5)

    first = spans_of(batch)[0]

    assert (first.quantity, first.change, first.activation is not None) == (5, None, True)


@pytest.mark.parametrize("end", [State.DAMAGED, State.VOID])
def test_a_stamp_that_ended_is_not_suspended(line: Chain, batch: StampBatch, end: str) -> None:
    change(line, batch, end, 0, 3)

    with pytest.raises(ChangeRefused, match="cannot become"):
        change(line, batch, State.SUSPENDED, 2, 5)


def test_a_damaged_stamp_is_not_restored(line: Chain, batch: StampBatch) -> None:
    change(line, batch, State.DAMAGED, 0, 3)

    with pytest.raises(ChangeRefused, match="cannot become"):
        change(line, batch, State.RESTORED, 0, 3)


def test_a_change_needs_a_reason(line: Chain, batch: StampBatch) -> None:
    with pytest.raises(ChangeRefused) as refusal:
        actions.change_stamps(
            batch, batch.start, batch.end, state=State.VOID, reason="  ", by=line.office.stamp_officer
        )

    assert refusal.value.field == "reason"


@pytest.mark.parametrize(("first", "count", "field"), [(-1, 5, "first"), (20, 1, "first"), (18, 5, "last")])
def test_a_range_outside_the_batch_is_refused(
    line: Chain, batch: StampBatch, first: int, count: int, field: str
) -> None:
    with pytest.raises(ChangeRefused) as refusal:
        change(line, batch, State.VOID, first, count)

    assert refusal.value.field == field


@pytest.mark.parametrize("count", [-2, 0])
def test_a_reversed_range_is_refused(line: Chain, batch: StampBatch, count: int) -> None:
    with pytest.raises(ChangeRefused) as refusal:
        change(line, batch, State.VOID, 5, count)

    assert refusal.value.field == "last"


def test_the_producer_reports_its_own_stamps_lost(line: Chain, batch: StampBatch) -> None:
    made = actions.change_stamps(
        batch, batch.start, batch.start + 2, state=State.LOST, reason="Rơi mất", by=line.producer, now=NOW
    )

    assert made.changed_by == line.producer


@pytest.mark.parametrize("state", [State.VOID, State.RESTORED])
def test_the_producer_neither_voids_nor_restores(line: Chain, batch: StampBatch, state: str) -> None:
    with pytest.raises(NotAllowedForYou):
        actions.change_stamps(batch, batch.start, batch.end, state=state, reason="Thử", by=line.producer)


def test_another_province_changes_nothing(line: Chain, batch: StampBatch, son_la: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        actions.change_stamps(batch, batch.start, batch.end, state=State.VOID, reason="Thử", by=son_la.stamp_officer)


def test_a_stamp_that_is_lost_is_not_activated(line: Chain, batch: StampBatch) -> None:
    change(line, batch, State.LOST, 3, 1)

    with pytest.raises(ActivationRefused, match="Thử"):
        activate(batch, batch.start, batch.end, line.lot(), by=line.producer)


def replace(line: Chain, batch: StampBatch, first: int, count: int, new: int) -> StampChange:
    """Replace `count` stamps from the `first` on by those from `new` on, of the same batch."""
    start = batch.start + first
    return actions.replace_stamps(
        batch,
        start,
        start + count,
        replacement=(batch, batch.start + new),
        reason="Rách",
        by=line.office.stamp_officer,
        now=NOW,
    )


def test_replacements_go_on_the_lot_of_the_old_stamps(line: Chain, batch: StampBatch) -> None:
    lot = line.lot()
    activate(batch, batch.start, batch.start + 5, lot, by=line.producer)

    made = replace(line, batch, 1, 2, new=10)

    spans = {span.start - batch.start: span for span in spans_of(batch)}
    assert (made.replaced_by, spans[1].change) == (batch.start + 10, made)
    assert spans[10].activation is not None
    assert (spans[10].quantity, spans[10].activation.lot) == (2, lot)


def test_replacements_of_stamps_in_the_drawer_stay_in_the_drawer(line: Chain, batch: StampBatch) -> None:
    replace(line, batch, 0, 2, new=10)

    assert free_spans(batch) == [(batch.start + 2, batch.end)]


def test_a_replacement_must_be_free(line: Chain, batch: StampBatch) -> None:
    activate(batch, batch.start + 10, batch.start + 12, line.lot(), by=line.producer)

    with pytest.raises(ChangeRefused, match="free"):
        replace(line, batch, 0, 3, new=9)


def test_a_stamp_does_not_replace_itself(line: Chain, batch: StampBatch) -> None:
    with pytest.raises(ChangeRefused, match="itself"):
        replace(line, batch, 0, 3, new=2)


def test_replacements_do_not_run_out_of_the_batch(line: Chain, batch: StampBatch) -> None:
    with pytest.raises(ChangeRefused, match="ends earlier"):
        replace(line, batch, 0, 3, new=18)


def test_replacements_are_of_the_same_product(line: Chain, batch: StampBatch, gia_lai: Office) -> None:
    other = chain(gia_lai, project=line.project, name="Mật ong").handed_over(5)

    with pytest.raises(ChangeRefused) as refusal:
        actions.replace_stamps(
            batch,
            batch.start,
            batch.start + 1,
            replacement=(other, other.start),
            reason="Rách",
            by=line.office.stamp_officer,
        )

    assert refusal.value.field == "replacement"


def test_replacements_are_in_the_hands_of_the_producer(line: Chain, batch: StampBatch) -> None:
    other = line.issued(5)

    with pytest.raises(ChangeRefused, match="not handed over"):
        actions.replace_stamps(
            batch,
            batch.start,
            batch.start + 1,
            replacement=(other, other.start),
            reason="Rách",
            by=line.office.stamp_officer,
        )


def test_stamps_of_two_lots_are_replaced_one_lot_at_a_time(line: Chain, batch: StampBatch) -> None:
    for number, first in (("L1", 0), ("L2", 5)):
        activate(batch, batch.start + first, batch.start + first + 5, line.lot(number), by=line.producer)

    with pytest.raises(ChangeRefused, match="several lots"):
        replace(line, batch, 4, 2, new=12)
