"""The scan page in a real browser, as wide as a cheap phone, without script."""

import os

import pytest
from playwright.sync_api import sync_playwright

from stamps import actions
from stamps.public.paths import scan_path
from tests.factories import people, stamps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BUDGET = 100_000  # bytes of page, style sheet, icon and picture together


@pytest.mark.requirement("GL-2.D3b")
def test_a_phone_shows_both_histories_without_scrolling_sideways(live_server, monkeypatch):
    chain = stamps.chain(people.gia_lai())
    batch = chain.activated().batch
    address = live_server.url + scan_path(batch.code, actions.serial_at(batch, batch.start))
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs an event loop in this thread
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi", java_script_enabled=False)
        page, answers = context.new_page(), []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(address)
        histories = page.locator("ol.hist")
        assert histories.count() == 2
        assert "Thu hoạch" in histories.nth(0).inner_text()
        assert "Phân phối" in histories.nth(1).inner_text()
        box = histories.nth(1).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert len(answers) <= 4
        assert sum(len(answer.body()) for answer in answers) <= BUDGET
        assert all(answer.status == 200 for answer in answers)
        assert context.cookies() == []
        browser.close()
