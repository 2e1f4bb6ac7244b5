"""The scan log: what is kept, how it is counted, and that it never stands in the way of a page."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from stamps.fast import log as log_module
from stamps.fast.app import Scans
from stamps.fast.network import DayKeys, family_of, hashed, network_of, province_of
from stamps.fast.tables import Away
from stamps.models import DayKey, ScanDay, ScanEntry, StampSeen
from tests.factories.stamps import Chain
from tests.stamps.fast.conftest import ask, path_of
from workflows.tick import tick

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


def no_database(*_call: Any) -> Any:
    raise OperationalError("the server is gone")


@pytest.fixture
def path(line: Chain) -> str:
    return path_of(line.activated().batch)


def scan(scans: Scans, path: str, *addresses: str, **meta: Any) -> None:
    scans.log.flush()  # the day's key is there from now on
    for address in addresses:
        assert ask(scans, path, REMOTE_ADDR=address, **meta).status == 200
    scans.log.flush()


def test_a_scan_leaves_an_entry_and_is_counted(scans: Scans, path: str) -> None:
    scan(scans, path, "203.0.113.7", "203.0.113.9", "198.51.100.1")
    seen = StampSeen.objects.get()
    assert (seen.scans, seen.clients) == (3, 2)
    scan(scans, path, "198.51.100.200", "192.0.2.1")
    seen.refresh_from_db()
    assert (seen.scans, seen.clients) == (5, 3)
    assert ScanEntry.objects.filter(index=seen.pk).count() == 5
    assert ScanDay.objects.get().scans == 5


def test_no_address_is_kept_anywhere(scans: Scans, path: str) -> None:
    scan(scans, path, "203.0.113.7", HTTP_USER_AGENT=PHONE)
    entry = ScanEntry.objects.get()
    assert len(entry.client) == 16
    assert "203" not in repr(scans.log._scans)
    key = bytes(DayKey.objects.get().key)
    assert entry.client == hashed("203.0.113 Chrome Android", key)


def test_all_processes_share_the_key_of_a_day_and_tomorrow_has_another() -> None:
    today = timezone.localdate()
    one, other = DayKeys(), DayKeys()
    assert one.of(today) != other.of(today)  # before it was fetched
    one.fetch(today)
    other.fetch(today)
    assert one.of(today) == other.of(today)
    other.fetch(today + timedelta(days=1))
    assert one.of(today) != other.of(today + timedelta(days=1))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:203.0.113.7", "203.0.113"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_a_network_is_the_24_or_the_48(address: str, network: str) -> None:
    assert network_of({"REMOTE_ADDR": address}) == network


def test_behind_a_proxy_the_sender_cannot_choose_its_network(settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    meta = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.7"}
    assert network_of(meta) == "203.0.113"


def test_versions_of_a_browser_are_one_family() -> None:
    assert family_of(PHONE) == family_of(PHONE.replace("130", "131")) == "Chrome Android"


@pytest.mark.parametrize(("proxies", "kept"), [(1, "14"), (0, "")], ids=["behind a proxy", "open to all"])
def test_a_province_is_believed_only_from_our_proxy(
    scans: Scans, path: str, settings: Any, proxies: int, kept: str
) -> None:
    settings.STAMPS_PROVINCE_HEADER, settings.TRUSTED_PROXY_COUNT = "X-Province", proxies
    scan(scans, path, "203.0.113.7", HTTP_X_PROVINCE="14", HTTP_X_FORWARDED_FOR="203.0.113.7")
    assert ScanEntry.objects.get().province == kept


def test_a_province_that_is_none_is_not_kept(scans: Scans, path: str, settings: Any) -> None:
    settings.STAMPS_PROVINCE_HEADER, settings.TRUSTED_PROXY_COUNT = "X-Province", 1
    scan(scans, path, "203.0.113.7", HTTP_X_PROVINCE="<b", HTTP_X_FORWARDED_FOR="203.0.113.7")
    assert ScanEntry.objects.get().province == ""


@pytest.mark.parametrize(
    "meta", [{"REQUEST_METHOD": "HEAD"}, {"HTTP_SEC_PURPOSE": "prefetch;prerender"}], ids=["HEAD", "prefetch"]
)
def test_what_nobody_reads_is_no_scan(scans: Scans, path: str, meta: dict[str, Any]) -> None:
    scan(scans, path, "203.0.113.7", **meta)
    assert not ScanEntry.objects.exists()


def test_an_unknown_code_leaves_nothing(scans: Scans, path: str) -> None:
    ask(scans, path[:-15] + "0ABCDEFGHJKMNP/")
    scans.log.flush()
    assert not ScanEntry.objects.exists()


def test_without_a_database_scans_wait_and_are_written_later(scans: Scans, path: str) -> None:
    scans.log.flush()
    ask(scans, path)
    with connection.execute_wrapper(no_database), pytest.raises(Away):
        scans.log.flush()
    assert len(scans.log) == 1
    scans.log.flush()
    assert (len(scans.log), ScanEntry.objects.count()) == (0, 1)


def test_a_full_buffer_forgets_scans_and_not_pages(scans: Scans, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "MOST", 2)
    for _scan in range(5):
        assert ask(scans, path).status == 200
    assert len(scans.log) == 2


def test_the_next_one_reads_how_many_were_before(scans: Scans, path: str) -> None:
    first = ask(scans, path, HTTP_ACCEPT_LANGUAGE="en").text
    assert "First scan of this stamp" in first
    scan(scans, path, "203.0.113.7", "203.0.113.8")
    time.sleep(1.1)  # a page is up to a second old
    text = ask(scans, path + "?lang=en").text
    assert "Scan no. 4" in text


def test_the_tick_forgets_old_scans_and_keys_and_sums_stay(scans: Scans, path: str, settings: Any) -> None:
    scan(scans, path, "203.0.113.7", "203.0.113.8")
    today, old = timezone.localdate(), ScanEntry.objects.first()
    ScanEntry.objects.filter(pk=old.pk).update(scanned_at=timezone.now() - timedelta(days=181))
    for days in (7, 8):
        DayKey.objects.create(day=today - timedelta(days=days), key=b"x" * 32)
    done = tick()
    assert (done["keys of old scans dropped"], done["old scans forgotten"]) == (1, 1)
    assert ScanEntry.objects.count() == 1
    assert set(DayKey.objects.values_list("day", flat=True)) == {today, today - timedelta(days=7)}
    assert (StampSeen.objects.get().scans, ScanDay.objects.get().scans) == (2, 2)


def test_scans_that_waited_are_written_in_the_order_of_their_time(scans: Scans, path: str, settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT, settings.STAMPS_PROVINCE_HEADER = 1, "X-Province"
    scans.log.flush()
    for province in ("01", "79"):
        ask(scans, path, HTTP_X_FORWARDED_FOR="203.0.113.7", HTTP_X_PROVINCE=province)
    with connection.execute_wrapper(no_database), pytest.raises(Away):
        scans.log.flush()
    scans.log.flush()

    seen = StampSeen.objects.get()
    assert (seen.first_province, seen.last_province) == ("01", "79")


def test_a_stamp_on_no_lot_counts_for_no_lot(scans: Scans, line: Chain) -> None:
    scan(scans, path_of(line.handed_over(10)), "203.0.113.7")

    assert (StampSeen.objects.get().scans, ScanDay.objects.count()) == (1, 0)


def test_without_the_name_of_a_header_no_header_tells_the_province(settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT, settings.STAMPS_PROVINCE_HEADER = 1, ""

    assert province_of({"HTTP_": "01"}) == ""
