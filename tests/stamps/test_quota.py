"""The quota of an enrolment, the shares of the cost, and what an order needs to be issued."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from projects.actions.stamp_quota import grant_stamps
from projects.errors import NotAllowedForYou as NotAManager
from projects.errors import NotAllowedNow
from stamps import actions
from stamps.errors import OrderRefused
from stamps.models import StampBatch, StampOrder
from tests.factories.people import Office, signed_in
from tests.factories.stamps import NOW, Chain, chain
from tests.ground import world
from workflows import actions as desk
from workflows.models import StampOrderProcess

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    made = chain(gia_lai)
    grant_stamps(made.enrolment, quota=100, by=gia_lai.manager)
    return made


def test_orders_stop_at_the_quota(line: Chain) -> None:
    line.order(60)

    with pytest.raises(OrderRefused, match="at most 40") as refusal:
        line.order(41)

    assert refusal.value.field == "quantity"
    assert line.order(40).quantity == 40


def test_a_refused_order_gives_its_part_back(line: Chain) -> None:
    actions.refuse_order(line.order(100), by=line.office.leader, reason="Chưa cần")

    assert line.order(100).quantity == 100


def test_an_order_is_not_issued_beyond_a_quota_made_smaller(line: Chain) -> None:
    order = line.order(60)
    grant_stamps(line.enrolment, quota=50, by=line.office.manager)

    with pytest.raises(OrderRefused, match="quota"):
        actions.issue_stamps(order, by=line.office.leader)

    assert not StampBatch.objects.exists()


def test_an_order_of_a_product_that_left_is_not_issued(line: Chain) -> None:
    order = line.order(10)
    line.enrolment.withdrawn_at = NOW
    line.enrolment.save(update_fields=["withdrawn_at"])

    with pytest.raises(OrderRefused, match="no longer takes part"):
        actions.issue_stamps(order, by=line.office.leader)


def test_the_page_of_the_leader_says_why_stamps_of_a_product_that_left_are_not_issued(line: Chain) -> None:
    order = desk.order_stamps(line.enrolment, quantity=10, by=line.producer)
    line.enrolment.withdrawn_at = NOW
    line.enrolment.save(update_fields=["withdrawn_at"])
    task = world.open_task(StampOrderProcess.objects.get(order=order), "approve")

    answer = signed_in(line.office.leader).post(reverse("task", args=[task.pk]), {"decision": "issue"})

    assert answer.status_code in (200, 409, 422)
    assert "no longer takes part in project GL-99; enrol it again first" in answer.content.decode()
    order.refresh_from_db()
    assert order.status == StampOrder.Status.REQUESTED
    assert not StampBatch.objects.exists()


def test_the_form_does_not_take_an_order_for_a_product_that_left(line: Chain) -> None:
    line.enrolment.withdrawn_at = NOW
    line.enrolment.save(update_fields=["withdrawn_at"])
    answers = {"enrolment": line.enrolment.pk, "quantity": 10, "state_share": 100, "producer_share": 0}

    answer = signed_in(line.producer).post("/stamps/orders/new/", answers)

    assert answer.status_code == 200
    assert answer.context["form"].errors["enrolment"]
    assert not StampOrder.objects.exists()


def test_only_the_manager_grants_stamps(line: Chain) -> None:
    with pytest.raises(NotAManager):
        grant_stamps(line.enrolment, quota=10, by=line.producer)


def test_a_product_that_left_gets_no_stamps(line: Chain) -> None:
    line.enrolment.withdrawn_at = NOW
    line.enrolment.save(update_fields=["withdrawn_at"])

    with pytest.raises(NotAllowedNow, match="no longer takes part"):
        grant_stamps(line.enrolment, quota=10, by=line.office.manager)


@pytest.mark.parametrize("quota", [-1, 100_000_001])
def test_a_quota_is_a_possible_number(line: Chain, quota: int) -> None:
    with pytest.raises(NotAllowedNow, match="between 0"):
        grant_stamps(line.enrolment, quota=quota, by=line.office.manager)


def test_the_shares_of_the_cost_make_a_hundred(line: Chain) -> None:
    order = actions.order_stamps(line.enrolment, quantity=10, by=line.producer, state_share=70, unit_price=350)

    assert (order.state_share, order.producer_share, order.unit_price) == (70, 30, 350)


@pytest.mark.parametrize(
    ("share", "price", "field"), [(101, None, "state_share"), (-1, None, "state_share"), (50, -1, "unit_price")]
)
def test_an_impossible_share_or_price_is_refused(line: Chain, share: int, price: int | None, field: str) -> None:
    with pytest.raises(OrderRefused) as refusal:
        actions.order_stamps(line.enrolment, quantity=10, by=line.producer, state_share=share, unit_price=price)

    assert refusal.value.field == field


def test_the_database_refuses_shares_that_do_not_make_a_hundred(line: Chain) -> None:
    order = line.order(10)

    with pytest.raises(IntegrityError), transaction.atomic():
        StampOrder.objects.filter(pk=order.pk).update(producer_share=5)


def test_below_the_limit_one_person_may_order_and_approve(line: Chain, settings: object) -> None:
    settings.STAMPS_SECOND_PERSON_ABOVE = 50  # type: ignore[attr-defined]
    small = line.order(50, by=line.office.manager)

    assert actions.issue_stamps(small, by=line.office.manager).quantity == 50
