"""The activation page: the way to choose stamps, the preview, and confirming what was previewed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lots import actions as lot_actions
from lots.models import Lot
from stamps import actions
from stamps.codes.serials import grouped
from stamps.errors import ActivationRefused, NotAllowedForYou
from stamps.models import Activation, Roll, StampBatch, StampChange
from tests.factories import lots
from tests.factories.people import Office, signed_in
from tests.factories.stamps import NOW, Chain, activate, chain

pytestmark = pytest.mark.django_db
State = StampChange.State


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def batch(line: Chain) -> StampBatch:
    return line.handed_over(20)


@pytest.fixture
def farmer(line: Chain) -> Client:
    return signed_in(line.producer)


def url(batch: StampBatch) -> str:
    return f"/stamps/batches/{batch.pk}/activate/"


def printed(batch: StampBatch, place: int) -> str:
    return grouped(actions.serial_at(batch, batch.start + place))


def roll(batch: StampBatch, first: int, last: int, number: int = 1) -> Roll:
    """A roll of the stamps first ≤ n < last of the batch."""
    start = batch.start
    by = batch.order.requested_by
    batch.rolls.all().delete()  # the one that the hand-over needed
    made: Roll = Roll.objects.create(
        batch=batch, number=number, start=start + first, end=start + last, layout={}, requested_at=NOW, requested_by=by
    )
    return made


def suspend(line: Chain, batch: StampBatch, first: int, count: int, state: str = State.SUSPENDED) -> None:
    start = batch.start + first
    actions.change_stamps(batch, start, start + count, state=state, reason="Thử", by=line.office.stamp_officer)


def taken(batch: StampBatch) -> list[tuple[int, int]]:
    """The ranges on lots, counted from the first stamp of the batch."""
    return [(each.start - batch.start, each.end - batch.start) for each in batch.activations.order_by("start")]


def confirmed(farmer: Client, batch: StampBatch, answers: dict[str, Any]) -> Any:
    """Ask for the preview, and send what its form holds."""
    page = farmer.post(url(batch), answers | {"step": "preview"})
    assert page.templates[0].name == "stamps/activate_preview.html", page.context["form"].errors
    shown = [f"{row.first}~{row.last}" for row in page.context["rows"]]
    return farmer.post(url(batch), dict(page.context["sent"]) | {"range": shown})


@pytest.mark.requirement("SL-S6")
def test_so_many_packages_take_the_next_free_stamps(line: Chain, batch: StampBatch, farmer: Client) -> None:
    lot = line.lot()
    activate(batch, batch.start, batch.start + 3, lot, by=line.producer)

    confirmed(farmer, batch, {"lot": lot.pk, "way": "count", "quantity": "5"})

    assert taken(batch) == [(0, 3), (3, 8)]


def test_the_next_free_stamps_pass_over_those_that_are_suspended(
    line: Chain, batch: StampBatch, farmer: Client
) -> None:
    suspend(line, batch, 2, 3)

    confirmed(farmer, batch, {"lot": line.lot().pk, "way": "count", "quantity": "4"})

    assert taken(batch) == [(0, 2), (5, 7)]


def test_a_roll_goes_on_a_lot_as_far_as_it_is_free(line: Chain, batch: StampBatch, farmer: Client) -> None:
    lot, chosen = line.lot(), roll(batch, 5, 15)
    activate(batch, batch.start + 5, batch.start + 7, lot, by=line.producer)

    confirmed(farmer, batch, {"lot": lot.pk, "way": "roll", "roll": chosen.pk})

    assert taken(batch) == [(5, 7), (7, 15)]


def test_a_roll_without_a_free_stamp_is_refused(line: Chain, batch: StampBatch) -> None:
    lot, chosen = line.lot(), roll(batch, 0, 4)
    activate(batch, batch.start, batch.start + 4, lot, by=line.producer)

    with pytest.raises(ActivationRefused, match="roll 1") as refusal:
        actions.activate_roll(chosen, lot=lot, by=line.producer)

    assert refusal.value.field == "roll"


def test_a_batch_without_rolls_does_not_ask_for_one(batch: StampBatch, line: Chain, farmer: Client) -> None:
    line.lot()
    batch.rolls.all().delete()

    assert "roll" not in farmer.get(url(batch)).context["form"].fields


@pytest.mark.parametrize("quantity", [0, 21])
def test_more_packages_than_free_stamps_are_refused(line: Chain, batch: StampBatch, quantity: int) -> None:
    with pytest.raises(ActivationRefused, match="between 1 and 20") as refusal:
        actions.activate_count(batch, quantity=quantity, lot=line.lot(), by=line.producer)

    assert refusal.value.field == "quantity"


def test_the_preview_changes_nothing_and_says_from_where_to_where(
    line: Chain, batch: StampBatch, farmer: Client
) -> None:
    page = farmer.post(url(batch), {"lot": line.lot().pk, "way": "count", "quantity": "4", "step": "preview"})

    text = page.content.decode()
    assert printed(batch, 0) in text
    assert printed(batch, 3) in text
    assert page.context["count"] == 4
    assert not Activation.objects.exists()


def test_confirming_twice_activates_what_was_shown_once(line: Chain, batch: StampBatch, farmer: Client) -> None:
    answers = {"lot": line.lot().pk, "way": "count", "quantity": "4"}
    page = farmer.post(url(batch), answers | {"step": "preview"})
    sent = answers | {"range": [f"{row.first}~{row.last}" for row in page.context["rows"]]}

    assert [farmer.post(url(batch), sent).status_code for _ in range(2)] == [302, 302]

    assert taken(batch) == [(0, 4)]


def test_stamps_taken_since_the_preview_are_not_activated_again(line: Chain, batch: StampBatch, farmer: Client) -> None:
    lot = line.lot()
    answers = {"lot": lot.pk, "way": "count", "quantity": "4"}
    page = farmer.post(url(batch), answers | {"step": "preview"})
    activate(batch, batch.start, batch.start + 2, lot, by=line.office.helper)

    again = farmer.post(url(batch), answers | {"range": [f"{row.first}~{row.last}" for row in page.context["rows"]]})

    assert again.status_code == 200
    assert "already activated" in str(again.context["form"].errors)
    assert taken(batch) == [(0, 2)]


def test_a_range_that_somebody_made_up_is_refused_in_words(line: Chain, batch: StampBatch, farmer: Client) -> None:
    answer = farmer.post(url(batch), {"lot": line.lot().pk, "way": "whole", "range": ["x~y"]})

    assert answer.status_code == 200
    assert "Choose the stamps again" in str(answer.context["form"].errors)


def test_going_back_from_the_preview_keeps_the_answers(line: Chain, batch: StampBatch, farmer: Client) -> None:
    answer = farmer.post(
        url(batch), {"lot": line.lot().pk, "way": "count", "quantity": "4", "step": "back", "range": ["x~y"]}
    )

    assert answer.context["form"]["quantity"].value() == "4"
    assert not Activation.objects.exists()


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"way": "count"}, "quantity"),
        ({"way": "count", "quantity": "nhiều"}, "quantity"),
        ({"way": "count", "quantity": "9999999999999999999"}, "quantity"),
        ({"way": "range", "first": ""}, "first"),
        ({"way": "bay"}, "way"),
        ({}, "way"),
    ],
)
def test_a_missing_or_wrong_answer_is_named(
    line: Chain, batch: StampBatch, farmer: Client, answers: dict[str, str], field: str
) -> None:
    answer = farmer.post(url(batch), {"lot": line.lot().pk, "step": "preview", **answers})

    assert field in answer.context["form"].errors


def test_the_answers_of_the_other_ways_do_not_matter(line: Chain, batch: StampBatch, farmer: Client) -> None:
    confirmed(farmer, batch, {"lot": line.lot().pk, "way": "whole", "quantity": "x", "first": "y"})

    assert taken(batch) == [(0, 20)]


def test_the_preview_is_refused_with_the_missing_items_in_view(line: Chain, batch: StampBatch, farmer: Client) -> None:
    line.product.standards.clear()
    lot = lots.open_lot(line.product, by=line.producer)

    page = farmer.post(url(batch), {"lot": lot.pk, "way": "whole", "step": "preview"})

    assert "Item 10" in page.context["form"].errors["lot"][0]
    assert [item.number for item in page.context["items"] if item.gaps] == [5, 10]


# --- what keeps stamps off a lot -------------------------------------------------------------
@pytest.mark.parametrize("state", [State.SUSPENDED, State.VOID, State.LOST, State.DAMAGED])
def test_a_stamp_that_something_was_said_against_is_not_activated(line: Chain, batch: StampBatch, state: str) -> None:
    suspend(line, batch, 4, 1, state)

    with pytest.raises(ActivationRefused, match="Thử"):
        activate(batch, batch.start + 3, batch.start + 6, line.lot(), by=line.producer)


def test_a_replaced_stamp_is_not_activated(line: Chain, batch: StampBatch) -> None:
    start = batch.start
    actions.replace_stamps(
        batch, start, start + 1, replacement=(batch, start + 9), reason="Rách", by=line.office.stamp_officer
    )

    with pytest.raises(ActivationRefused, match="replaced"):
        activate(batch, start, start + 1, line.lot(), by=line.producer)


def recalled(line: Chain, lot: Lot | None) -> Any:
    return lot_actions.recall(
        line.product, lot=lot, reason="Nhãn sai", advice="Trả lại nơi mua", by=line.office.inspector
    )


@pytest.mark.parametrize("is_whole_product", [False, True])
def test_a_recalled_lot_gets_no_stamps(line: Chain, batch: StampBatch, is_whole_product: bool) -> None:
    lot = line.lot()
    recalled(line, None if is_whole_product else lot)

    with pytest.raises(ActivationRefused, match="recalled: Nhãn sai") as refusal:
        activate(batch, batch.start, batch.start + 1, lot, by=line.producer)

    assert refusal.value.field == "lot"


def test_the_recall_of_another_lot_does_not_matter(line: Chain, batch: StampBatch) -> None:
    recalled(line, line.lot("L1"))

    assert activate(batch, batch.start, batch.start + 1, line.lot("L2"), by=line.producer).quantity == 1


def test_a_lot_gets_stamps_again_when_its_recall_is_lifted(line: Chain, batch: StampBatch) -> None:
    lot = line.lot()
    lot_actions.lift_recall(recalled(line, lot), reason="Đã thay nhãn", by=line.office.leader)

    assert activate(batch, batch.start, batch.start + 1, lot, by=line.producer).quantity == 1


@pytest.mark.parametrize("place", [-1, 20])
def test_a_stamp_next_to_the_batch_is_not_of_it(line: Chain, place: int) -> None:
    for _ in range(2):
        batch = line.handed_over(20)
    line.handed_over(20)
    start = batch.start + place

    with pytest.raises(ActivationRefused, match="not of this batch"):
        actions.activate_ranges(batch, [(start, start + 1)], lot=line.lot(), by=line.producer)


def test_strangers_activate_neither_rolls_nor_counts(line: Chain, batch: StampBatch, son_la: Office) -> None:
    lot, chosen = line.lot(), roll(batch, 0, 5)

    with pytest.raises(NotAllowedForYou):
        actions.activate_roll(chosen, lot=lot, by=son_la.manager)
    with pytest.raises(NotAllowedForYou):
        actions.activate_count(batch, quantity=1, lot=lot, by=son_la.manager)


def test_nothing_chosen_is_refused(line: Chain, batch: StampBatch) -> None:
    with pytest.raises(ActivationRefused, match="Choose the stamps"):
        actions.activate_ranges(batch, [], lot=line.lot(), by=line.producer)
