"""Handing over: only what was issued, once."""

import pytest

from stamps import actions
from stamps.errors import OrderRefused
from stamps.models import StampOrder
from tests.factories import stamps


@pytest.fixture
def chain(gia_lai):
    return stamps.chain(gia_lai)


def test_the_order_says_who_handed_over_and_when(client, chain):
    order = chain.handed_over().order
    assert (order.status, order.handed_over_by) == (StampOrder.Status.HANDED_OVER, chain.office.stamp_officer)
    client.force_login(chain.office.inspector)
    assert str(chain.office.stamp_officer) in client.get(f"/stamps/orders/{order.pk}/").content.decode()


def test_an_order_that_waits_cannot_be_handed_over(chain):
    with pytest.raises(OrderRefused):
        actions.hand_over(chain.order(), by=chain.office.stamp_officer)


def test_stamps_are_handed_over_once(chain):
    order = chain.handed_over().order
    with pytest.raises(OrderRefused):
        actions.hand_over(order, by=chain.office.stamp_officer)
