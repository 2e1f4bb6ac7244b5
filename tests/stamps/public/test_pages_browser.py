"""The public pages at a cheap phone's width: each state with axe, without script, within its weight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from lots.actions import recalling
from registry.models import Producer
from stamps import actions
from stamps.models import StampAlert, StampBatch, StampChange, StampSeen
from tests.browser.conftest import Visit, browser, visit  # noqa: F401  (fixtures)
from tests.browser.visitor import PHONE, weight
from tests.factories import people, stamps
from tests.stamps.public.conftest import path_of, standing_of, with_pin
from tests.stamps.public.test_pin import pin_of, wrong

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BUDGET, PICTURE, REQUESTS = 60_000, 40_000, 4
State = StampChange.State
# What Zalo and Facebook write into the User-Agent of the browsers inside them.
AGENTS = {
    "zalo": "Mozilla/5.0 (Linux; Android 12; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/110.0.5481.153 Mobile Safari/537.36 Zalo android/12100705 ZaloTheme/light ZaloLanguage/vi",
    "facebook": "Mozilla/5.0 (iPhone; CPU iPhone OS 16_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Mobile/20D47 [FBAN/FBIOS;FBAV/402.0.0.26.98;FBDV/iPhone12,1;FBLC/vi_VN]",
}


def of_state(state: str) -> Callable[[stamps.Chain, StampBatch], None]:
    def make(chain: stamps.Chain, batch: StampBatch) -> None:
        start = batch.start
        actions.change_stamps(batch, start, start + 1, state=state, reason="Kiểm kê", by=chain.office.stamp_officer)

    return make


def replaced(chain: stamps.Chain, batch: StampBatch) -> None:
    other, by = chain.handed_over(), chain.office.stamp_officer
    new = (other, other.start)
    actions.replace_stamps(batch, batch.start, batch.start + 1, replacement=new, reason="Tem mờ", by=by)


def recalled(chain: stamps.Chain, batch: StampBatch) -> None:
    recalling.recall(
        chain.product,
        lot=chain.product.lots.get(),
        reason="Dư lượng vượt mức",
        advice="Không ăn, trả lại nơi bán",
        document="12/QĐ-CCTĐC (giả lập)",
        by=chain.office.leader,
    )


def unusual(chain: stamps.Chain, batch: StampBatch) -> None:
    actions.raise_alert(StampAlert.Kind.PLACES, standing_of(batch), facts={})


def scanned(chain: stamps.Chain, batch: StampBatch) -> None:
    now = timezone.now()
    StampSeen.objects.create(
        index=batch.start, scans=3, clients=2, first_at=now, first_province="52", last_at=now, last_province="52"
    )


def locked(chain: stamps.Chain, batch: StampBatch) -> None:
    for _ in range(5):
        actions.check_pin(standing_of(with_pin(batch)), wrong(batch))


def confirmed(chain: stamps.Chain, batch: StampBatch) -> None:
    actions.check_pin(standing_of(with_pin(batch)), pin_of(batch))


def unnamed(chain: stamps.Chain, batch: StampBatch) -> None:
    Producer.objects.filter(pk=chain.product.producer_id).update(kind=Producer.Kind.HOUSEHOLD)


def expired(chain: stamps.Chain, batch: StampBatch) -> None:
    chain.product.lots.update(expires_on=timezone.localdate() - timedelta(days=1))


def not_activated(chain: stamps.Chain, batch: StampBatch) -> None:
    batch.activations.all().delete()


STATES = {
    "valid": scanned,
    "inactive": not_activated,
    "expired": expired,
    "suspended": of_state(State.SUSPENDED),
    "void": of_state(State.VOID),
    "replaced": replaced,
    "recalled": recalled,
    "unusual": unusual,
    "pin": lambda chain, batch: with_pin(batch),
    "locked": locked,
    "confirmed": confirmed,
    "unnamed": unnamed,
}


@pytest.fixture
def batch() -> tuple[stamps.Chain, StampBatch]:
    chain = stamps.chain(people.gia_lai())
    batch = chain.activated().batch
    chain.product.lots.update(expires_on=None)
    return chain, batch


@pytest.mark.requirement("GL-2.D3b")
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_state_is_accessible_narrow_and_light(visit: Visit, batch, state, language):  # noqa: F811
    chain, stamp = batch
    STATES[state](chain, stamp)
    window = visit(PHONE)
    with window.measured() as answers:
        window.open(f"{path_of(stamp)}?lang={language}")
    window.keep_picture(f"scan-{state}-{language}")
    assert window.accessibility_problems() == []
    assert not window.scrolls_sideways()
    assert len(answers) <= REQUESTS
    pictures = [answer for answer in answers if "/pictures/" in answer.url]
    assert weight([answer for answer in answers if answer not in pictures]) <= BUDGET
    assert weight(pictures) <= PICTURE
    assert window.context.cookies() == []


@pytest.mark.parametrize("tail", ["report/", "report/?lang=en"])
def test_a_stamp_is_reported_on_a_phone_and_its_state_is_found(visit: Visit, batch, tail):  # noqa: F811
    _chain, stamp = batch
    window = visit(PHONE)
    window.open(path_of(stamp))
    window.follow('a[href^="report/"]')
    window.open(path_of(stamp) + tail)
    assert window.accessibility_problems() == []
    assert not window.scrolls_sideways()
    window.press("main form")
    assert window.refused()
    assert window.accessibility_problems() == []
    window.tick("concern", "copies")
    window.fill(place="Chợ Pleiku (giả lập)", message="Hai gói cùng mã")
    window.send()
    alert = StampAlert.objects.get()
    assert alert.reference in window.page.inner_text("main")
    assert window.accessibility_problems() == []
    window.follow('main a[href*="state"]')
    assert alert.reference in window.page.inner_text("body")
    assert window.accessibility_problems() == []
    assert not window.scrolls_sideways()


def test_a_hidden_code_is_checked_on_a_phone(visit: Visit, batch):  # noqa: F811
    _chain, stamp = batch
    with_pin(stamp)
    window = visit(PHONE)
    window.open(path_of(stamp))
    window.fill(pin=wrong(stamp))
    window.press("#pin form")
    assert window.page.locator("#pin-error").count() == 1
    assert window.accessibility_problems() == []
    window.fill(pin=pin_of(stamp))
    window.press("#pin form")
    assert window.page.locator('#pin [role="status"] .tone-ok').count() == 1
    assert window.context.cookies() == []


def test_a_forged_stamp_leads_to_the_report_with_its_code(visit: Visit, batch):  # noqa: F811
    window = visit(PHONE)
    assert window.open("/scan/01/09520000009991/21/0ABCDEFGHJKMNP/").status == 404
    assert window.accessibility_problems() == []
    window.follow('main a[href^="report/"]')
    assert window.field("code_text").input_value() == "09520000009991 0ABCDEFGHJKMNP"
    assert window.accessibility_problems() == []


def test_an_expired_product_says_so_before_anything_else(visit: Visit, batch):  # noqa: F811
    chain, stamp = batch
    expired(chain, stamp)
    window = visit(PHONE)
    assert window.open(path_of(stamp) + "?lang=en").status == 200
    assert "Past its best-before date" in window.page.inner_text("h1")
    wide = visit()
    wide.open(path_of(stamp))
    wide.keep_picture("scan-expired-wide")
    assert wide.accessibility_problems() == []


@pytest.mark.parametrize("app", AGENTS)
def test_a_recall_reads_whole_in_a_browser_inside_an_app_without_script(visit: Visit, batch, app):  # noqa: F811
    chain, stamp = batch
    recalled(chain, stamp)
    window = visit(PHONE, user_agent=AGENTS[app], java_script_enabled=False)
    assert window.open(path_of(stamp) + "?lang=en").status == 200
    window.keep_picture(f"scan-recalled-{app}")
    assert "Goods recalled" in window.page.inner_text("h1")
    words = window.page.inner_text("body")
    assert "Dư lượng vượt mức" in words
    assert "Không ăn, trả lại nơi bán" in words
    assert not window.scrolls_sideways()
    window.follow('main a[href^="report/"]')
    window.tick("concern", "copies")
    window.send()
    assert StampAlert.objects.get().reference in window.page.inner_text("main")
