"""The copy rules: each speaks when it should, keeps silent when it should not, and says it once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from stamps import actions
from stamps.fast.app import Scans
from stamps.fast.rules import look_for_copies
from stamps.fast.scans import Scan
from stamps.fast.writing import write
from stamps.life.provinces import PROVINCES, kilometres
from stamps.models import StampAlert, StampBatch
from tests.factories.people import Office
from tests.factories.stamps import Chain, chain
from tests.stamps.fast.conftest import ask, path_of

pytestmark = pytest.mark.django_db
Kind = StampAlert.Kind
HANOI, SAIGON, HUNG_YEN = "01", "79", "33"


@pytest.fixture
def batch(line: Chain) -> StampBatch:
    return line.activated(40).batch


def scanned(batch: StampBatch, *scans: tuple[float, str, str], offset: int = 0) -> list[str]:
    """Write scans (hours ago, network, province) of a stamp, apply the rules, and return the kinds of open alerts."""
    now = timezone.now().timestamp()
    made = [Scan(batch.start + offset, 0, now - hours * 3600, client, place) for hours, client, place in scans]
    write(made)
    look_for_copies(made)
    return sorted(StampAlert.objects.open().values_list("kind", flat=True))


def test_three_networks_in_two_provinces_within_a_day(batch: StampBatch) -> None:
    assert scanned(batch, (20, "a", HANOI), (10, "b", HANOI)) == []
    assert scanned(batch, (0, "c", SAIGON)) == [Kind.PLACES]
    alert = StampAlert.objects.get()
    assert (alert.index, alert.product, alert.province) == (
        batch.start,
        batch.product,
        batch.product.producer.province,
    )
    assert alert.facts == {"provinces": [HANOI, SAIGON], "networks": 3}


@pytest.mark.parametrize(
    "scans",
    [
        [(30, "a", HANOI), (10, "b", HANOI), (0, "c", SAIGON)],
        [(20, "a", HANOI), (10, "a", HANOI), (0, "b", SAIGON)],
        [(20, "a", HANOI), (10, "b", HANOI), (0, "c", HANOI)],
        [(20, "a", ""), (10, "b", HANOI), (0, "c", "")],
    ],
    ids=["one of them earlier", "two networks", "one province", "provinces unknown"],
)
def test_less_than_that_is_silent(batch: StampBatch, scans: list[tuple[float, str, str]]) -> None:
    assert scanned(batch, *scans) == []


def test_faster_than_an_aeroplane(batch: StampBatch) -> None:
    assert scanned(batch, (1, "a", HANOI), (0, "b", SAIGON)) == [Kind.SPEED]
    assert StampAlert.objects.get().facts["km"] == pytest.approx(1140, abs=20)


@pytest.mark.parametrize(
    "scans",
    [[(3, "a", HANOI), (0, "b", SAIGON)], [(0.01, "a", HANOI), (0, "b", HUNG_YEN)]],
    ids=["as fast as a flight", "neighbours"],
)
def test_a_journey_that_can_be_made_is_silent(batch: StampBatch, scans: list[tuple[float, str, str]]) -> None:
    assert scanned(batch, *scans) == []


def test_ten_networks_in_total(batch: StampBatch) -> None:
    assert scanned(batch, *((n, f"client{n}", "") for n in range(9, 0, -1))) == []
    assert scanned(batch, (0, "client0", "")) == [Kind.CLIENTS]


def test_a_stamp_that_ended_is_scanned(scans: Scans, line: Chain, batch: StampBatch) -> None:
    actions.change_stamps(batch, batch.start, batch.start + 1, state="void", reason="Thử", by=line.office.stamp_officer)
    assert ask(scans, path_of(batch)).status == 410
    ask(scans, path_of(batch, 1))
    scans.log.flush()
    assert [(alert.kind, alert.index) for alert in StampAlert.objects.all()] == [(Kind.AFTER_END, batch.start)]


def test_more_than_twenty_stamps_a_minute_by_one_network(scans: Scans, batch: StampBatch) -> None:
    scans.log.flush()
    for offset in range(20):
        ask(scans, path_of(batch, offset))
    scans.log.flush()
    assert not StampAlert.objects.exists()
    for offset in range(20, 30):
        ask(scans, path_of(batch, offset))
        scans.log.flush()
    alert = StampAlert.objects.get()
    assert (alert.kind, alert.index, alert.facts["stamps"]) == (Kind.HARVEST, None, 21)


def test_a_rule_speaks_once_until_an_officer_has_looked(batch: StampBatch) -> None:
    for _again in range(3):
        assert scanned(batch, (1, "a", HANOI), (0, "b", SAIGON)) == [Kind.SPEED]
    StampAlert.objects.update(status=StampAlert.Status.HARMLESS)
    assert scanned(batch, (0, "c", HANOI)).count(Kind.SPEED) == 1


def test_other_stamps_are_not_suspected(batch: StampBatch) -> None:
    scanned(batch, (1, "a", HANOI), offset=0)
    assert scanned(batch, (0, "b", SAIGON), offset=1) == []


def test_a_closed_case_is_not_opened_anew_by_the_scan_of_another_stamp(batch: StampBatch) -> None:
    kinds = scanned(batch, *((n / 10, f"client{n}", (HANOI, SAIGON)[n % 2]) for n in range(9, -1, -1)))
    assert kinds == [Kind.CLIENTS, Kind.PLACES, Kind.SPEED]
    StampAlert.objects.update(status=StampAlert.Status.HARMLESS)
    assert scanned(batch, (0, "z", HANOI), offset=1) == []


@pytest.mark.parametrize("place", [0, -1])
def test_a_case_is_of_the_product_whose_stamp_was_scanned(line: Chain, gia_lai: Office, place: int) -> None:
    line.handed_over(3)
    batch = chain(gia_lai, project=line.project).handed_over(3)
    line.handed_over(3)
    scan = Scan(range(batch.start, batch.end)[place], 0, timezone.now().timestamp(), "a", HANOI, has_ended=True)
    assert look_for_copies([scan]) == 1
    assert StampAlert.objects.get().product == batch.product


def test_there_are_34_provinces_and_hanoi_is_far_from_saigon() -> None:
    assert len(PROVINCES) == 34
    assert kilometres(HANOI, SAIGON) == pytest.approx(1140, abs=20)
    assert kilometres(HANOI, "99") == kilometres("99", HANOI) == 0
