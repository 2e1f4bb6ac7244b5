"""I2 of manage.py invariants: each rule of the stamps is seen failing on a planted violation."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from config import invariants
from people import audit
from projects.actions.stamp_quota import grant_stamps
from projects.models import Enrolment
from stamps.models import Activation, Roll, SerialCounter, StampBatch, StampChange, StampOrder
from tests.ground.world import World, ordered


def found(check: invariants.Check) -> list[str]:
    return [str(violation) for violation in check()]


@pytest.fixture
def ranges_may_overlap(world: World) -> None:
    """Let rows past the refusals of the database for one test; its rollback brings them back."""
    refusals = import_module("stamps.migrations.0003_ranges_never_overlap")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # a table is not altered while keys wait to be checked
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in refusals.statements(connection.vendor)[1]:
            cursor.execute(statement)


def test_overlapping_batches_are_found(world: World, ranges_may_overlap: None) -> None:
    order = ordered(world.enrolment, world.office, quantity=4)
    StampBatch.objects.create(
        order=order,
        product=world.product,
        code=world.batch.code,
        key_version="0",
        start=3,
        end=7,
        issued_at=timezone.now(),
        issued_by=world.office.leader,
    )
    SerialCounter.objects.update(next_index=10)

    assert found(invariants.stamp_ranges) == [
        f"I2 stamps.stampbatch:{order.batch.pk}: starts at 3, inside the batch that ends at 6"
    ]


def test_a_batch_beyond_the_counter_is_found(world: World) -> None:
    SerialCounter.objects.update(next_index=5)

    assert found(invariants.stamp_ranges) == [
        f"I2 stamps.stampbatch:{world.batch.pk}: ends at 6, beyond the counter 5",
        "I2 stamps.serialcounter:1: has given out 5 numbers, batches hold 6",
    ]


def test_a_batch_of_another_size_than_its_order_is_found(world: World) -> None:
    StampOrder.objects.filter(pk=world.order.pk).update(quantity=60)

    assert found(invariants.stamp_ranges) == [f"I2 stamps.stampbatch:{world.batch.pk}: has 6 stamps, its order 60"]


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [(2, 5, "starts inside the activation that ends at 3"), (3, 7, "leaves its batch [0, 6)")],
)
def test_an_activation_out_of_its_place_is_found(
    world: World, ranges_may_overlap: None, start: int, end: int, message: str
) -> None:
    planted = Activation.objects.create(
        batch=world.batch,
        start=start,
        end=end,
        lot=world.lot,
        activated_at=timezone.now(),
        activated_by=world.farmer,
    )

    assert found(invariants.activations) == [f"I2 stamps.activation:{planted.pk}: {message}"]


def planted_roll(world: World, start: int, end: int, number: int) -> Roll:
    roll: Roll = Roll.objects.create(
        batch=world.batch,
        number=number,
        start=start,
        end=end,
        layout={},
        requested_at=timezone.now(),
        requested_by=world.office.stamp_officer,
    )
    return roll


def test_rolls_out_of_their_place_are_found(world: World, ranges_may_overlap: None) -> None:
    Roll.objects.filter(pk=world.roll.pk).update(cancelled_at=timezone.now())
    planted_roll(world, 0, 4, 101)
    inside, outside = planted_roll(world, 2, 6, 102), planted_roll(world, 6, 8, 103)

    assert found(invariants.rolls) == [
        f"I2 stamps.roll:{inside.pk}: starts inside the roll that ends at 4",
        f"I2 stamps.roll:{outside.pk}: leaves its batch [0, 6)",
    ]


def planted_change(world: World, start: int, end: int, **fields: Any) -> StampChange:
    change: StampChange = StampChange.objects.create(
        batch=world.batch,
        start=start,
        end=end,
        reason="Thử",
        changed_at=timezone.now(),
        changed_by=world.office.stamp_officer,
        **{"state": StampChange.State.SUSPENDED, **fields},
    )
    return change


def test_a_change_outside_its_batch_is_found(world: World) -> None:
    planted = planted_change(world, 4, 9)

    assert found(invariants.stamp_changes) == [f"I2 stamps.stampchange:{planted.pk}: leaves its batch [0, 6)"]


def test_replacements_that_were_never_issued_are_found(world: World) -> None:
    planted = planted_change(world, 0, 2, state=StampChange.State.REPLACED, replaced_by=5)

    assert found(invariants.stamp_changes) == [
        f"I2 stamps.stampchange:{planted.pk}: is replaced by [5, 7), which are no stamps of its product"
    ]


def test_stamps_that_the_ledger_has_elsewhere_are_found(world: World) -> None:
    planted_change(world, 1, 5, state=StampChange.State.VOID)

    assert found(invariants.stamp_ledger) == [
        f"I2 stamps.stampbatch:{world.batch.pk}: [1, 3) lie in void, the ledger says activated",
        f"I2 stamps.stampbatch:{world.batch.pk}: [3, 5) lie in void, the ledger says producer",
    ]


def test_more_stamps_ordered_than_granted_are_found(world: World) -> None:
    Enrolment.objects.filter(pk=world.enrolment.pk).update(stamp_quota=5)

    assert found(invariants.stamp_quotas) == [
        f"I2 projects.enrolment:{world.enrolment.pk}: has 6 stamps ordered, its quota is 5"
    ]


def test_a_quota_made_smaller_than_what_is_ordered_is_none(world: World) -> None:
    grant_stamps(world.enrolment, quota=5, by=world.office.manager)

    assert found(invariants.stamp_quotas) == []


def test_an_order_beyond_a_quota_made_smaller_is_found(world: World) -> None:
    grant_stamps(world.enrolment, quota=5, by=world.office.manager)
    late = StampOrder.objects.create(
        enrolment=world.enrolment, quantity=2, requested_at=timezone.now(), requested_by=world.farmer
    )
    audit.record("stamps.ordered", by=world.farmer, target=late, quantity=2)

    assert found(invariants.stamp_quotas) == [
        f"I2 projects.enrolment:{world.enrolment.pk}: has 8 stamps ordered, its quota is 5"
    ]


@pytest.mark.sqlite  # PostgreSQL lets nobody write past a check
def test_shares_that_do_not_make_a_whole_are_found(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = 1")
        StampOrder.objects.filter(pk=world.order.pk).update(state_share=70, producer_share=20)
        cursor.execute("PRAGMA ignore_check_constraints = 0")

    assert found(invariants.stamp_quotas) == [
        f"I2 stamps.stamporder:{world.order.pk}: is paid 70 % by the budget and 20 % by the producer"
    ]
