"""Two people activate overlapping stamps in the same second, on PostgreSQL: one wins, the other is told."""

import pytest

from stamps import actions
from stamps.errors import ActivationRefused
from stamps.models import Activation
from tests.factories import people, stamps
from tests.factories.together import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_overlapping_ranges_are_activated_once():
    chain = stamps.chain(people.gia_lai())
    lot = chain.lot()
    for _ in range(8):
        batch = chain.handed_over(10)

        def take(first, last, by, batch=batch):
            ends = (actions.serial_at(batch, batch.start + place) for place in (first, last))
            return actions.activate_stamps(batch, first=next(ends), last=next(ends), lot=lot, by=by)

        answers = at_once(lambda: take(0, 6, chain.producer), lambda: take(4, 9, chain.office.helper))
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        assert [type(error) for error in refused] == [ActivationRefused]
        assert Activation.objects.filter(batch=batch).count() == 1


def test_two_orders_issued_at_once_share_no_number():
    chain = stamps.chain(people.gia_lai())
    for _ in range(8):
        orders = [chain.order(10), chain.order(10)]
        first, second = at_once(
            *(lambda order=order: actions.issue_stamps(order, by=chain.office.leader) for order in orders)
        )
        assert first.end <= second.start or second.end <= first.start
