"""Issuing: one row per order, numbers that nobody else gets, two people always."""

import pytest
from django.db.models import ProtectedError

from projects.models import Enrolment
from stamps import actions
from stamps.errors import NotAllowedForYou, OrderRefused
from stamps.models import StampBatch, StampOrder
from tests.factories import stamps


@pytest.fixture
def chain(gia_lai):
    return stamps.chain(gia_lai)


def test_ten_thousand_stamps_are_one_row(chain):
    batch = chain.issued(10_000)
    assert (batch.start, batch.end) == (0, 10_000)
    assert StampBatch.objects.count() == 1


def test_the_next_batch_starts_where_the_last_one_ended(chain):
    chain.issued(10)
    assert (chain.issued(5).start, StampBatch.objects.count()) == (10, 2)


def test_nobody_approves_their_own_order(chain):
    order = chain.order(by=chain.office.manager)
    with pytest.raises(NotAllowedForYou):
        actions.issue_stamps(order, by=chain.office.manager)
    assert StampOrder.objects.get().status == StampOrder.Status.REQUESTED


def test_an_order_is_issued_once(chain):
    batch = chain.issued()
    with pytest.raises(OrderRefused):
        actions.issue_stamps(batch.order, by=chain.office.leader)
    assert StampBatch.objects.count() == 1


def test_a_refusal_needs_a_reason(chain):
    order = chain.order()
    with pytest.raises(OrderRefused):
        actions.refuse_order(order, by=chain.office.leader, reason="  ")
    actions.refuse_order(order, by=chain.office.leader, reason="Chưa đủ hồ sơ")
    assert StampOrder.objects.get().refusal == "Chưa đủ hồ sơ"


def test_stamps_keep_the_code_they_were_printed_with(chain, gia_lai):
    own = stamps.chain(gia_lai, project=chain.project, gtin=None)
    batch = own.issued()
    assert batch.code == own.product.own_code
    own.product.gtin = "09520000009991"
    own.product.save()
    batch.refresh_from_db()
    assert batch.code == own.product.own_code


@pytest.mark.parametrize("model", [StampBatch, StampOrder, Enrolment])
def test_nothing_that_a_printed_code_stands_on_can_be_deleted(chain, model):
    chain.issued()
    kept = set(model.objects.values_list("pk", flat=True))
    with pytest.raises(ProtectedError):
        model.objects.all().delete()
    assert set(model.objects.values_list("pk", flat=True)) == kept != set()
