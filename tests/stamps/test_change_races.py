"""Two officers change the same stamps in the same second, on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest

from stamps import actions
from stamps.errors import ActivationRefused, ChangeRefused
from stamps.life import ledger
from stamps.life.spans import spans_of
from stamps.models import StampBatch
from tests.factories import people, stamps
from tests.stamps.test_activate_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


def void(line: stamps.Chain, batch: StampBatch, by: Any, first: int = 0, count: int = 6) -> Any:
    start = batch.start + first
    return lambda: actions.change_stamps(batch, start, start + count, state="void", reason="Thử", by=by)


def test_a_range_that_is_voided_and_activated_at_once_is_one_after_the_other() -> None:
    line = stamps.chain(people.gia_lai())
    lot = line.lot()
    for _ in range(ROUNDS):
        batch = line.handed_over(10)
        start = batch.start

        voided, activated = at_once(
            void(line, batch, line.office.stamp_officer),
            lambda batch=batch, start=start: actions.activate_ranges(
                batch, [(start, start + 6)], lot=lot, by=line.producer
            ),
        )

        # Voided last, the stamps were activated before; voided first, the activation is refused.
        assert not isinstance(voided, Exception), voided
        assert isinstance(activated, (list, ActivationRefused)), activated
        assert spans_of(batch)[0].change is not None
        assert list(ledger.differences_of([batch])) == []


def test_a_range_is_voided_by_one_of_two_officers() -> None:
    line = stamps.chain(people.gia_lai())
    for _ in range(ROUNDS):
        batch = line.handed_over(10)

        answers = at_once(
            void(line, batch, line.office.stamp_officer), void(line, batch, line.office.manager, first=4, count=3)
        )

        assert sorted(type(answer).__name__ for answer in answers) == ["ChangeRefused", "StampChange"]
        assert batch.changes.count() == 1
        assert list(ledger.differences_of([batch])) == []


def test_replacements_that_cross_two_batches_do_not_wait_for_each_other_for_ever() -> None:
    line = stamps.chain(people.gia_lai())
    for _ in range(ROUNDS):
        one, two = line.handed_over(10), line.handed_over(10)

        def replace(old: StampBatch, new: StampBatch, by: Any) -> Any:
            return lambda: actions.replace_stamps(
                old, old.start, old.start + 2, replacement=(new, new.start + 5), reason="Rách", by=by
            )

        answers = at_once(replace(one, two, line.office.stamp_officer), replace(two, one, line.office.manager))

        assert [answer for answer in answers if isinstance(answer, Exception)] == []
        assert list(ledger.differences_of([one, two])) == []


def test_a_free_stamp_takes_the_place_of_one_range_only() -> None:
    line = stamps.chain(people.gia_lai())
    for _ in range(ROUNDS):
        batch = line.handed_over(10)
        start = batch.start
        lot = line.lot(f"L{start}")
        stamps.activate(batch, start, start + 4, lot, by=line.producer)

        def replace(first: int, by: Any, batch: StampBatch = batch, start: int = start) -> Any:
            return lambda: actions.replace_stamps(
                batch, start + first, start + first + 2, replacement=(batch, start + 6), reason="Rách", by=by
            )

        answers = at_once(replace(0, line.office.stamp_officer), replace(2, line.office.manager))

        assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [ChangeRefused]
        assert list(ledger.differences_of([batch])) == []
