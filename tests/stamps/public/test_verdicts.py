"""Every word that a scan can begin with: its status, what it shows, and what it keeps to itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from lots.actions import recalling
from stamps import actions
from stamps.models import StampAlert, StampChange, StampSeen
from stamps.public.pages import is_alike
from tests.factories import lots, stamps
from tests.stamps.public.conftest import path_of, serial_of, standing_of, words

State = StampChange.State
PRODUCT_DATA = ("L220608-01", "Ia Tô", "Production history")


def change(chain, batch, state, place=0):
    start = batch.start + place
    return actions.change_stamps(batch, start, start + 1, state=state, reason="Kiểm kê", by=chain.office.stamp_officer)


def test_a_valid_stamp_comes_with_its_lot_and_no_promise_about_the_goods(phone, batch):
    answer = phone.open(path_of(batch))
    page = words(answer)
    assert answer.status_code == 200
    assert page.index("Valid stamp, activated") < page.index(batch.product.name, 60) < page.index("L220608-01")
    assert "Data declared by the producer." in page
    assert "genuine" not in page.lower()


def test_a_stamp_past_the_best_before_date_is_200_and_says_so_first(phone, chain, batch):
    chain.product.lots.update(expires_on=timezone.localdate() - timedelta(days=1))
    answer = phone.open(path_of(batch))
    assert answer.status_code == 200
    assert words(answer).index("Past its best-before date") < words(answer).index("L220608-01")


@pytest.mark.requirement("GL-2.D3")
def test_a_stamp_on_no_lot_is_200_and_shows_no_product_data(phone, chain):
    batch = chain.handed_over()
    answer = phone.open(path_of(batch))
    assert answer.status_code == 200
    assert "Not activated yet" in words(answer)
    assert not any(fact in words(answer) for fact in (*PRODUCT_DATA, batch.product.name, batch.code))


def test_a_suspended_stamp_is_200_and_still_shows_its_lot(phone, chain, batch):
    change(chain, batch, State.SUSPENDED)
    answer = phone.open(path_of(batch))
    assert answer.status_code == 200
    assert "Suspended" in words(answer)
    assert "the stamp is suspended while it is looked into" in words(answer)
    assert "L220608-01" in words(answer)


@pytest.mark.parametrize(
    ("state", "title"),
    [(State.VOID, "Void"), (State.LOST, "Reported lost"), (State.DAMAGED, "Damaged, must not be used")],
)
def test_a_stamp_that_ended_is_410_and_lends_its_story_to_nobody(phone, chain, batch, state, title):
    change(chain, batch, state)
    answer = phone.open(path_of(batch))
    assert answer.status_code == 410
    assert title in words(answer)
    assert not any(fact in words(answer) for fact in (*PRODUCT_DATA, batch.product.name))


def test_a_replaced_stamp_leads_to_the_one_in_its_place(phone, chain, batch):
    other = chain.handed_over()
    actions.replace_stamps(
        batch,
        batch.start + 2,
        batch.start + 5,
        replacement=(other, other.start + 4),
        reason="Tem mờ",
        by=chain.office.stamp_officer,
    )
    answer = phone.open(path_of(batch, 3))
    assert answer.status_code == 410
    assert f'href="{path_of(other, 5)}' in answer.content.decode()
    assert phone.open(path_of(other, 5)).status_code == 200


def test_the_newest_change_counts_and_a_restored_stamp_is_valid_again(phone, chain, batch):
    change(chain, batch, State.VOID)
    change(chain, batch, State.RESTORED)
    answer = phone.open(path_of(batch))
    assert answer.status_code == 200
    assert "Valid stamp, activated" in words(answer)


@pytest.mark.parametrize("whole", [True, False], ids=["product", "lot"])
def test_a_recall_goes_first_with_reason_advice_and_decision(phone, chain, batch, whole):
    recalling.recall(
        chain.product,
        lot=None if whole else chain.product.lots.get(),
        reason="Dư lượng thuốc bảo vệ thực vật",
        advice="Không ăn, trả lại nơi bán",
        document="12/QĐ-CCTĐC (giả lập)",
        by=chain.office.leader,
    )
    change(chain, batch, State.SUSPENDED)
    answer = phone.open(path_of(batch))
    page = words(answer)
    assert answer.status_code == 200
    assert "Goods recalled" in page
    assert page.index("Không ăn, trả lại nơi bán") < page.index("Best before")
    assert "Dư lượng thuốc bảo vệ thực vật" in page
    assert "12/QĐ-CCTĐC (giả lập)" in page


def test_a_recall_reaches_stamps_on_no_lot_without_giving_the_lot_away(phone, chain):
    batch = chain.handed_over()
    recalling.recall(chain.product, reason="Nhiễm khuẩn", advice="Không ăn", by=chain.office.leader)
    page = words(phone.open(path_of(batch)))
    assert "Không ăn" in page
    assert chain.product.name in page
    assert "Production history" not in page


def test_a_recall_that_is_over_stays_in_the_history(phone, chain, batch):
    made = recalling.recall(
        chain.product, lot=chain.product.lots.get(), reason="Nghi lẫn lô", advice="Chờ", by=chain.office.leader
    )
    recalling.lift_recall(made, reason="Kết quả kiểm nghiệm đạt", by=chain.office.leader)
    page = words(phone.open(path_of(batch)))
    assert "Valid stamp, activated" in page
    assert "Nghi lẫn lô" in page
    assert "Kết quả kiểm nghiệm đạt" in page
    assert "Chờ" not in page


def test_the_page_tells_which_scan_it_is_and_when_and_where_the_first_was(phone, batch):
    assert "First scan of this stamp" in words(phone.open(path_of(batch)))
    first = datetime(2022, 6, 9, 3, 15, tzinfo=UTC)
    StampSeen.objects.create(
        index=batch.start, scans=4, clients=2, first_at=first, first_province="52", last_at=first, last_province="52"
    )
    assert "Scan no. 5 · first at 10:15 09/06/2022, tỉnh Gia Lai" in words(phone.open(path_of(batch)))
    assert "First scan of this stamp" in words(phone.open(path_of(batch, 1)))


def test_an_open_alert_of_a_rule_marks_the_stamp_as_unusual_until_it_is_closed(phone, chain, batch):
    alert = actions.raise_alert(StampAlert.Kind.PLACES, standing_of(batch), facts={"provinces": 3})
    assert "Unusual scans of this stamp" in words(phone.open(path_of(batch)))
    assert "Unusual scans" not in words(phone.open(path_of(batch, 1)))
    close = {"finding": "Đã gọi cơ sở", "by": chain.office.stamp_officer}
    actions.close_alert(alert, status=StampAlert.Status.HARMLESS, **close)
    assert "Unusual scans" not in words(phone.open(path_of(batch)))


def test_goods_past_their_date_stay_red_while_the_stamp_is_looked_into(phone, chain, batch):
    chain.product.lots.update(expires_on=timezone.localdate() - timedelta(days=1))
    actions.raise_alert(StampAlert.Kind.PLACES, standing_of(batch), facts={"provinces": 3})
    head = phone.open(path_of(batch)).content.decode().partition("</header>")[0]
    assert "tone-late" in head
    assert "tone-wait" not in head


def test_one_persons_report_does_not_blacken_a_stamp_but_an_officers_finding_does(phone, chain, batch):
    report = actions.Report(StampAlert.Concern.COPIES)
    alert = actions.report_stamp(report, province=chain.office.province, standing=standing_of(batch))
    assert "Unusual" not in words(phone.open(path_of(batch)))
    actions.close_alert(alert, status=StampAlert.Status.COPY, finding="Hai gói cùng tem", by=chain.office.stamp_officer)
    page = phone.open(path_of(batch))
    assert "<h1>This stamp was copied</h1>" in page.content.decode()
    assert "tone-ok" not in page.content.decode().partition("</header>")[0]


def test_the_parts_that_a_cache_fills_in_late_are_the_only_difference_inside_a_lot(phone, batch):
    one, two = (phone.open(path_of(batch, place)).content.decode() for place in (0, 1))
    shown = [f"{s[:4]}-{s[4:8]}-{s[8:12]}-{s[12:]}" for s in (serial_of(batch), serial_of(batch, 1))]
    assert shown[0] in one
    assert one.replace(shown[0], shown[1]) == two
    assert is_alike(standing_of(batch))


def test_a_stamp_with_a_state_of_its_own_is_not_alike(chain, batch):
    change(chain, batch, State.SUSPENDED)
    assert not is_alike(standing_of(batch))
    actions.raise_alert(StampAlert.Kind.CLIENTS, standing_of(batch, 1), facts={})
    assert not is_alike(standing_of(batch, 1))


def test_more_events_and_papers_ask_the_database_no_more(phone, chain, batch, django_assert_max_num_queries):
    for day in range(9, 29):
        lots.record(chain.product.lots.get(), "phan-phoi", by=chain.office.helper, day=day)
    with django_assert_max_num_queries(15):
        phone.open(path_of(batch))


def test_another_products_stamp_stays_unknown_under_this_code(phone, chain, batch):
    other = stamps.chain(chain.office, project=chain.project).activated().batch
    answer = phone.open(f"/scan/01/{batch.code}/21/{serial_of(other)}/")
    assert answer.status_code == 404
    assert "report/" in answer.content.decode()
