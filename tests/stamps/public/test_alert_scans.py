"""Which scans the page of an alert counts: those of its stamp, or of its network on the day of its key."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from stamps import actions
from stamps.alerts import page as alert_page
from stamps.models import ScanEntry, StampSeen
from tests.stamps.public.conftest import standing_of


def scanned(index: int, client: str, at: datetime, province: str = "52") -> None:
    ScanEntry.objects.create(index=index, scanned_at=at, client=client, province=province)


def test_the_scans_of_a_stamp_are_counted_by_day_of_vietnam_and_province_newest_first(chain, batch):
    alert = actions.raise_alert("clients", standing_of(batch), facts={"networks": 2})
    morning, night = datetime(2022, 6, 10, 1, tzinfo=UTC), datetime(2022, 6, 10, 20, tzinfo=UTC)
    for client in ("a", "a", "b"):
        scanned(batch.start, client, morning)
    scanned(batch.start, "a", morning, "01")
    scanned(batch.start, "a", morning, "")
    scanned(batch.start, "c", night)
    scanned(batch.start + 1, "a", morning)  # another stamp
    for index, scans in ((batch.start, 6), (batch.start + 1, 1)):
        StampSeen.objects.create(index=index, scans=scans, clients=1, first_at=morning, last_at=night)
    seen, days = alert_page.scans_of(alert)
    first, second = date(2022, 6, 10), date(2022, 6, 11)
    assert seen.scans == 6
    assert days == [
        alert_page.ScansOfDay(second, "tỉnh Gia Lai", scans=1, networks=1, stamps=1),
        alert_page.ScansOfDay(first, "", scans=1, networks=1, stamps=1),
        alert_page.ScansOfDay(first, "Hà Nội", scans=1, networks=1, stamps=1),
        alert_page.ScansOfDay(first, "tỉnh Gia Lai", scans=3, networks=2, stamps=1),
    ]


def test_of_many_days_the_newest_are_shown(chain, batch, monkeypatch):
    monkeypatch.setattr(alert_page, "DAYS_SHOWN", 2)
    alert = actions.raise_alert("clients", standing_of(batch), facts={"networks": 2})
    for day in (1, 3, 2):
        scanned(batch.start, "a", datetime(2022, 6, day, 1, tzinfo=UTC))
    _seen, days = alert_page.scans_of(alert)
    assert [row.day.day for row in days] == [3, 2]


def test_the_scans_of_a_network_are_those_of_the_day_of_its_key(chain, batch):
    at = datetime(2022, 6, 10, 1, tzinfo=UTC)
    alert = actions.raise_harvest(batch.product, facts={"network": "mang-1", "stamps": 2}, now=at)
    for place in (0, 0, 1):
        scanned(batch.start + place, "mang-1", at)
    scanned(batch.start, "mang-2", at)
    for hours in (-25, 25):
        scanned(batch.start, "mang-1", at + timedelta(hours=hours))
    StampSeen.objects.create(index=batch.start, scans=6, clients=2, first_at=at, last_at=at)
    day = alert_page.ScansOfDay(date(2022, 6, 10), "tỉnh Gia Lai", scans=3, networks=1, stamps=2)
    assert alert_page.scans_of(alert) == (None, [day])


def test_of_a_code_that_is_none_of_ours_no_scans_are_known(chain, batch):
    alert = actions.report_stamp(actions.Report("unknown"), province=chain.office.province, code_text="LA")
    scanned(batch.start, "a", alert.raised_at)
    assert alert_page.scans_of(alert) == (None, [])
