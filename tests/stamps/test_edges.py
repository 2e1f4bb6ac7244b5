"""Where a rule just holds or just fails: ends of ranges, who asks again, keys somebody holds, networks and time."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from projects.actions.stamp_quota import grant_stamps
from projects.models import StageKind
from stamps import actions, policies
from stamps.codes import serials
from stamps.codes.pins import is_pin, pin_of
from stamps.errors import ActivationRefused, ChangeRefused, NotAllowedForYou, RollRefused
from stamps.fast import throttle
from stamps.fast.rules import look_for_copies
from stamps.fast.scans import Scan
from stamps.fast.throttle import Guesses
from stamps.fast.writing import write
from stamps.life.finding import find_stamp
from stamps.models import StampAlert, StampBatch
from stamps.policies import rolls as roll_policies
from stamps.printing.layouts import A4_65
from stamps.quota import cost_of, quota_of
from tests.factories.people import Office
from tests.factories.stamps import NOW, Chain, chain
from tests.stamps.printing import made, planned

pytestmark = pytest.mark.django_db
TWO_KEYS = {"0": "00" * 32, "1": "17" * 32}


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def batch(line: Chain) -> StampBatch:
    return line.handed_over(10)


# --- quota and shares ------------------------------------------------------------------------
def test_the_whole_quota_can_be_ordered_and_issued(line: Chain) -> None:
    grant_stamps(line.enrolment, quota=100, by=line.office.manager)

    assert line.issued(100).quantity == 100


def test_each_product_has_its_own_quota_and_is_offered_in_its_province(
    line: Chain, gia_lai: Office, son_la: Office
) -> None:
    other = chain(gia_lai, project=line.project)
    other.order(7)
    grant_stamps(line.enrolment, quota=5, by=gia_lai.manager)
    line.enrolment.refresh_from_db()
    line.order(5)

    offered = {enrolment: enrolment.ordered for enrolment in policies.orderable_enrolments(gia_lai.manager)}
    assert offered == {line.enrolment: 5, other.enrolment: 7}
    assert not policies.orderable_enrolments(son_la.manager).exists()


def test_of_a_quota_made_smaller_nothing_is_left(line: Chain) -> None:
    line.order(10)
    grant_stamps(line.enrolment, quota=0, by=line.office.manager)
    line.enrolment.refresh_from_db()

    assert quota_of(line.enrolment).left == 0


def test_the_producer_may_pay_all_and_stamps_may_cost_nothing(line: Chain) -> None:
    order = actions.order_stamps(line.enrolment, quantity=3, by=line.producer, state_share=0, unit_price=0)

    cost = cost_of(order)
    assert cost is not None
    assert (order.producer_share, cost.total) == (100, 0)
    assert cost_of(line.order(3)) is None


@pytest.mark.parametrize("end", ["stopped", "stage closed", "other stage"])
def test_products_that_get_no_stamps_now_are_not_offered(line: Chain, end: str) -> None:
    assert policies.orderable_enrolments(line.producer).exists()
    stages = line.project.stages.exclude(opened_at=None)
    if end == "stopped":
        type(line.project).objects.filter(pk=line.project.pk).update(status="stopped")
    elif end == "stage closed":
        stages.update(closed_at=timezone.now())
    else:
        stages.update(opened_at=None)
        line.project.stages.filter(kind=StageKind.SURVEY).update(opened_at=NOW)

    assert not policies.orderable_enrolments(line.producer).exists()


def test_a_product_in_two_open_stages_is_offered_once(line: Chain) -> None:
    line.project.stages.filter(kind__in=policies.ordering.ORDERING_STAGES).update(opened_at=NOW)

    assert list(policies.orderable_enrolments(line.producer)) == [line.enrolment]


# --- ends of ranges --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "end", "field", "words"),
    [
        (-1, 1, "first", "first stamp is not of this batch"),
        (10, 11, "first", "first stamp is not of this batch"),
        (9, 11, "last", "last stamp is not of this batch"),
        (0, 0, "last", "last stamp is not of this batch"),
        (4, 4, "last", "comes before the first"),
    ],
)
def test_the_stamps_next_to_a_batch_are_not_of_it(line: Chain, start: int, end: int, field: str, words: str) -> None:
    line.handed_over(3)
    batch, _next = line.handed_over(10), line.handed_over(3)

    with pytest.raises(ActivationRefused, match=words) as refusal:
        actions.activate_ranges(batch, [(batch.start + start, batch.start + end)], lot=line.lot(), by=line.producer)

    assert refusal.value.field == field
    assert not batch.activations.exists()


def test_all_that_is_free_can_be_activated_by_count(line: Chain, batch: StampBatch) -> None:
    (made,) = actions.activate_count(batch, quantity=10, lot=line.lot(), by=line.producer)

    assert made.quantity == 10


def test_ranges_side_by_side_share_no_stamp(line: Chain, batch: StampBatch) -> None:
    ends = [(batch.start + 3, batch.start + 5), (batch.start, batch.start + 3)]

    assert len(actions.activate_ranges(batch, ends, lot=line.lot(), by=line.producer)) == 2


@pytest.mark.parametrize("place", [0, 2])
def test_the_ends_of_a_batch_are_found_between_those_of_the_same_product(line: Chain, place: int) -> None:
    line.handed_over(3)
    batch, _next = line.handed_over(3), line.handed_over(3)

    found = find_stamp(actions.serial_at(batch, batch.start + place), line.office.inspector)

    assert found is not None
    assert (found.batch, found.index) == (batch, batch.start + place)


# --- whoever asks again ----------------------------------------------------------------------
def test_a_second_click_after_other_ranges_changes_nothing(line: Chain, batch: StampBatch) -> None:
    start, lot = batch.start, line.lot()
    actions.activate_ranges(batch, [(start + 5, start + 7)], lot=lot, by=line.producer)
    made = actions.activate_ranges(batch, [(start, start + 4)], lot=lot, by=line.producer)

    assert actions.activate_ranges(batch, [(start, start + 4)], lot=lot, by=line.producer) == made


def test_the_same_range_for_another_lot_is_no_second_click(line: Chain, batch: StampBatch) -> None:
    ends = (batch.start, batch.start + 4)
    first = line.lot("A1")
    actions.activate_ranges(batch, [ends], lot=first, by=line.producer)

    with pytest.raises(ActivationRefused, match="already activated for lot A1"):
        actions.activate_ranges(batch, [ends], lot=line.lot("A2"), by=line.producer)

    assert [activation.lot for activation in batch.activations.all()] == [first]


def test_the_same_range_by_another_person_is_told_who_was_faster(line: Chain, batch: StampBatch) -> None:
    ends, lot = (batch.start, batch.start + 4), line.lot()
    actions.activate_ranges(batch, [ends], lot=lot, by=line.producer)

    with pytest.raises(ActivationRefused, match="already activated"):
        actions.activate_ranges(batch, [ends], lot=lot, by=line.office.helper)


@pytest.mark.parametrize("state", ["suspended", "lost", "damaged"])
def test_what_a_producer_may_say_of_its_stamps_others_may_not(
    line: Chain, batch: StampBatch, gia_lai: Office, son_la: Office, state: str
) -> None:
    neighbour = chain(gia_lai, project=line.project).producer

    for person in (neighbour, son_la.manager, line.office.helper):
        with pytest.raises(NotAllowedForYou):
            actions.change_stamps(batch, batch.start, batch.start + 1, state=state, reason="Thử", by=person)


# --- replacements ----------------------------------------------------------------------------
@pytest.mark.parametrize(("old", "new"), [(0, 3), (3, 0), (0, 7)])
def test_stamps_are_replaced_by_their_neighbours_and_by_the_last_ones(
    line: Chain, batch: StampBatch, old: int, new: int
) -> None:
    start = batch.start
    change = actions.replace_stamps(
        batch,
        start + old,
        start + old + 3,
        replacement=(batch, start + new),
        reason="Rách",
        by=line.office.stamp_officer,
    )

    assert change.replaced_by == start + new


def test_only_officials_replace(line: Chain, batch: StampBatch) -> None:
    with pytest.raises(NotAllowedForYou):
        actions.replace_stamps(
            batch, batch.start, batch.start + 1, replacement=(batch, batch.start + 5), reason="Rách", by=line.producer
        )


@pytest.mark.parametrize("first", [-1, 8])
def test_replacements_lie_within_their_batch(line: Chain, batch: StampBatch, first: int) -> None:
    other = line.handed_over(10)

    with pytest.raises(ChangeRefused, match="ends earlier"):
        actions.replace_stamps(
            batch,
            batch.start,
            batch.start + 3,
            replacement=(other, other.start + first),
            reason="Rách",
            by=line.office.stamp_officer,
        )


# --- a key that somebody holds ---------------------------------------------------------------
def test_a_number_under_a_key_it_was_not_printed_with_is_no_stamp(client: Client, line: Chain, settings: Any) -> None:
    batch = line.activated().batch
    settings.STAMPS_KEYS = TWO_KEYS
    ring = serials.keyring_from_settings().with_version("1")
    made_up = serials.encode(batch.code, batch.start, ring)
    rest = line.handed_over(5)
    made_up_end = serials.encode(rest.code, rest.start + 3, ring)

    assert client.get(f"/scan/01/{batch.code}/21/{made_up}/").status_code == 404
    assert find_stamp(made_up, line.office.inspector) is None
    with pytest.raises(ActivationRefused) as refusal:
        actions.activate_stamps(
            rest, first=actions.serial_at(rest, rest.start), last=made_up_end, lot=line.lot("A2"), by=line.producer
        )
    assert refusal.value.field == "last"


def test_a_hidden_code_hangs_on_product_serial_and_key(settings: Any) -> None:
    settings.STAMPS_KEYS = TWO_KEYS
    ring = serials.keyring_from_settings()
    code, serial = "09520000009991", "0ABCDEFGHJKMNP"
    pin = pin_of(code, serial, ring)

    others = {
        pin_of("09520000009984", serial, ring),
        pin_of(code, "0ABCDEFGHJKMNQ", ring),
        pin_of(code, "1" + serial[1:], ring),
    }
    assert len(others | {pin}) == 4
    assert is_pin(f"{pin[:4]} {pin[4:]}", code, serial, ring)
    assert not is_pin(pin[:7], code, serial, ring)
    assert not is_pin(pin, code, "2" + serial[1:], ring)  # a key that is not there


# --- rolls -----------------------------------------------------------------------------------
def test_rolls_of_an_earlier_plan_count_towards_the_most(line: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roll_policies, "MAX_ROLLS", 2)
    batch, officer = line.issued(10), line.office.stamp_officer
    actions.plan_rolls(batch, layout=A4_65, per_roll=5, quantity=5, by=officer)

    with pytest.raises(RollRefused, match="at most 2"):
        actions.plan_rolls(batch, layout=A4_65, per_roll=3, by=officer)
    assert len(actions.plan_rolls(batch, layout=A4_65, per_roll=5, by=officer)) == 1


def test_the_least_and_the_most_can_be_planned(line: Chain, settings: Any) -> None:
    settings.STAMPS_MAX_SHEET = 9
    plan = {"batch": line.issued(10), "layout": A4_65, "by": line.office.stamp_officer}

    (least,), (most,) = actions.plan_rolls(**plan, quantity=1, per_roll=1), actions.plan_rolls(**plan, per_roll=9)

    assert (least.quantity, most.quantity) == (1, 9)


@pytest.mark.parametrize("who", ["producer", "leader", "inspector"])
def test_others_neither_take_back_nor_count(line: Chain, who: str) -> None:
    (roll,) = planned(line.issued(10), by=line.office.stamp_officer)
    person = line.producer if who == "producer" else getattr(line.office, who)

    with pytest.raises(NotAllowedForYou):
        actions.cancel_roll(roll, reason="Thử", by=person)
    with pytest.raises(NotAllowedForYou):
        actions.reconcile_roll(roll, print_house="", printed=10, by=person)


def test_a_roll_that_was_taken_back_does_not_hold_up_the_hand_over(line: Chain) -> None:
    batch, officer = line.issued(10), line.office.stamp_officer
    (roll,) = planned(batch, by=officer)
    actions.cancel_roll(roll, reason="Nhầm khổ giấy", by=officer)
    made(batch, by=officer)
    actions.printed_here(batch, by=officer)

    assert actions.hand_over(batch.order, by=officer).status == "handed_over"


# --- guesses ---------------------------------------------------------------------------------
def test_the_network_that_began_longest_ago_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "NETWORKS", 2)
    monkeypatch.setattr(throttle, "FREE", 1)
    guesses, now = Guesses(), [0.0]
    monkeypatch.setattr(throttle.time, "monotonic", lambda: now[0])
    guesses.take("a")
    guesses.take("b")
    now[0] = throttle.WINDOW
    guesses.take("a")  # begins anew, so that "b" is now the older one
    guesses.take("c")

    assert guesses.take("a") > 0
    assert guesses.take("c") > 0


def test_a_network_is_never_told_to_wait_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "FREE", 1)
    guesses, now = Guesses(), [0.0]
    monkeypatch.setattr(throttle.time, "monotonic", lambda: now[0])
    guesses.take("a")
    now[0] = throttle.WINDOW - 0.1

    assert guesses.take("a") == 1


# --- harvests --------------------------------------------------------------------------------
def harvest(batch: StampBatch, client: str, seconds: float) -> None:
    """One network scans 25 stamps within so many seconds."""
    now = timezone.now().timestamp()
    scans = [Scan(batch.start + place, 0, now - seconds * (24 - place) / 24, client) for place in range(25)]
    write(scans)
    look_for_copies(scans)


def test_many_stamps_over_an_hour_are_no_harvest(line: Chain) -> None:
    harvest(line.activated(30).batch, "a shop", 3600)

    assert not StampAlert.objects.exists()


def test_each_network_that_harvests_is_a_case_of_its_own(line: Chain) -> None:
    batch = line.activated(30).batch

    for client in ("one", "other", "one"):
        harvest(batch, client, 20)

    assert sorted(alert.facts["network"] for alert in StampAlert.objects.filter(kind="harvest")) == ["one", "other"]


def test_a_network_that_goes_on_after_its_case_was_closed_is_a_case_again(line: Chain) -> None:
    batch = line.activated(30).batch
    harvest(batch, "one", 20)
    StampAlert.objects.update(status=StampAlert.Status.HARMLESS)

    harvest(batch, "one", 20)

    assert StampAlert.objects.open().filter(kind="harvest").count() == 1
