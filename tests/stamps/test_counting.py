"""What the print house printed: issued is printed plus spoiled, and nothing is handed over before that is known."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from stamps import actions
from stamps.errors import RollRefused
from stamps.life.spans import free_spans
from stamps.models import Roll, StampChange, StampOrder
from tests.factories.people import Office
from tests.factories.stamps import Chain, chain
from tests.stamps.printing import made, planned, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def officer(line: Chain) -> Any:
    return line.office.stamp_officer


@pytest.fixture
def roll(line: Chain, officer: Any) -> Roll:
    (only,) = made(line.issued(10), by=officer)
    return only


@pytest.mark.requirement("SL-S7")
def test_spoiled_stamps_become_void_and_the_rest_is_handed_over(roll: Roll, officer: Any) -> None:
    spoiled = [(roll.start, roll.start + 1), (roll.start + 4, roll.start + 6)]

    counted = actions.reconcile_roll(roll, print_house="Nhà in (giả lập)", printed=7, spoiled=spoiled, by=officer)

    assert (counted.printed, counted.spoiled, counted.print_house) == (7, 3, "Nhà in (giả lập)")
    assert set(StampChange.objects.values_list("start", "end", "state")) == {(*each, "void") for each in spoiled}
    order = actions.hand_over(roll.batch.order, by=officer)
    assert order.status == StampOrder.Status.HANDED_OVER
    assert sum(end - start for start, end in free_spans(roll.batch)) == 7


@pytest.mark.parametrize(("printed", "spoiled"), [(9, []), (10, [(0, 1)]), (11, []), (7, [(0, 2)])])
def test_a_difference_is_refused_and_named(
    roll: Roll, officer: Any, printed: int, spoiled: list[tuple[int, int]]
) -> None:
    ranges = [(roll.start + start, roll.start + end) for start, end in spoiled]

    with pytest.raises(RollRefused, match="The roll has 10 stamps") as refusal:
        actions.reconcile_roll(roll, print_house="", printed=printed, spoiled=ranges, by=officer)

    assert refusal.value.field == "printed"
    assert not StampChange.objects.exists()


@pytest.mark.parametrize("spoiled", [[(-1, 2)], [(9, 11)], [(3, 3)], [(0, 2), (1, 2)]])
def test_ranges_outside_reversed_or_named_twice_are_refused(
    roll: Roll, officer: Any, spoiled: list[tuple[int, int]]
) -> None:
    ranges = [(roll.start + start, roll.start + end) for start, end in spoiled]

    with pytest.raises(RollRefused) as refusal:
        actions.reconcile_roll(roll, print_house="", printed=7, spoiled=ranges, by=officer)

    assert refusal.value.field == "spoiled"


def test_a_roll_is_counted_once_and_only_when_released(line: Chain, roll: Roll, officer: Any) -> None:
    actions.printed_here(roll.batch, by=officer)
    with pytest.raises(RollRefused, match="counted already"):
        actions.reconcile_roll(roll, print_house="", printed=10, by=officer)
    with pytest.raises(RollRefused, match="no roll left"):
        actions.printed_here(roll.batch, by=officer)
    batch = line.issued(5)
    planned(batch, by=officer)
    with pytest.raises(RollRefused, match="not released"):
        actions.printed_here(batch, by=officer)


def test_nothing_is_handed_over_before_all_is_planned_released_and_counted(line: Chain, officer: Any) -> None:
    batch = line.issued(10)
    with pytest.raises(RollRefused, match="are on no roll yet"):
        actions.hand_over(batch.order, by=officer)
    planned(batch, by=officer)
    with pytest.raises(RollRefused, match="not released"):
        actions.hand_over(batch.order, by=officer)
    made_now = made_from_plan(batch, officer)
    with pytest.raises(RollRefused, match="not counted"):
        actions.hand_over(batch.order, by=officer)
    actions.printed_here(made_now.batch, by=officer)

    assert actions.hand_over(batch.order, by=officer).status == StampOrder.Status.HANDED_OVER


def made_from_plan(batch: Any, officer: Any) -> Roll:
    actions.request_files(batch, by=officer)
    work()
    roll: Roll = batch.rolls.get()
    return roll


def test_the_officer_counts_on_the_rolls_page(client: Client, roll: Roll, officer: Any) -> None:
    client.force_login(officer)
    first, last = (actions.serial_at(roll.batch, roll.start + place) for place in (3, 4))
    url = f"/stamps/rolls/{roll.pk}/count/"
    assert client.get(url).status_code == 200

    client.post(url, {"print_house": "Nhà in (giả lập)", "printed": "7", "spoiled": f"{first} {last}\n"})
    assert Roll.objects.get().reconciled_at is None
    client.post(url, {"print_house": "Nhà in (giả lập)", "printed": "8", "spoiled": f"{first} {last}"})

    counted = Roll.objects.get()
    assert (counted.printed, counted.spoiled) == (8, 2)
    assert "2 spoiled" in client.get(f"/stamps/orders/{roll.batch.order_id}/").content.decode()


@pytest.mark.parametrize("spoiled", ["XXXX", "a b c", "0000-0000-0000-00"])
def test_a_line_that_is_no_stamp_is_refused_at_its_field(
    client: Client, roll: Roll, officer: Any, spoiled: str
) -> None:
    client.force_login(officer)

    form = client.post(f"/stamps/rolls/{roll.pk}/count/", {"printed": "9", "spoiled": spoiled}).context["form"]

    assert "spoiled" in form.errors


def test_the_print_house_gets_a_list_with_the_hash_of_each_file(client: Client, roll: Roll, officer: Any) -> None:
    client.force_login(officer)

    data = client.get(f"/stamps/batches/{roll.batch_id}/rolls/print-house/").content

    rows = list(load_workbook(io.BytesIO(data)).worksheets[0].values)
    assert rows[-1][0] == 1
    assert rows[-1][3] == 10
    assert roll.sha256 in rows[-1]


def test_one_press_counts_what_was_printed_in_the_office(client: Client, roll: Roll, officer: Any) -> None:
    client.force_login(officer)

    client.post(f"/stamps/batches/{roll.batch_id}/rolls/printed/")

    assert Roll.objects.get().reconciled_by == officer
