"""The public pages of keys and links in a real browser, as wide as a cheap phone, without script."""

import os
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright

from gs1.keys import check_digit
from lots.actions import recall
from lots.models import LogisticUnit, UnitContent
from registry.models import Producer
from stamps.models import ProductLink
from tests.factories import people, stamps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def key(body):
    return f"{body}{check_digit(body)}"


GLN, SSCC = key("952000012345"), key("09520001230000001")


def test_a_phone_shows_the_pages_of_keys_without_scrolling_sideways(live_server, monkeypatch):
    chain = stamps.chain(people.gia_lai())
    lot, producer = chain.activated().lot, chain.product.producer
    Producer.objects.filter(pk=producer.pk).update(gln=GLN)
    producer.places.update(gln=GLN)
    recorded = {"recorded_at": timezone.now(), "recorded_by": chain.producer}
    unit = LogisticUnit.objects.create(sscc=SSCC, producer=producer, packed_on=date(2022, 6, 10), **recorded)
    UnitContent.objects.create(unit=unit, lot=lot, quantity=Decimal(1200))
    recall(chain.product, reason="Dư lượng vượt mức", advice="Trả lại nơi mua", by=chain.office.manager)
    link = ProductLink.objects.create(
        product=chain.product,
        link_type="instructions",
        href="https://mot-ten-mien-rat-dai-cua-nha-san-xuat.vidu.example/" + "duong-dan-dai/" * 12,
        title="Hướng dẫn sử dụng (giả lập)",
        added_at=timezone.now(),
        added_by=chain.producer,
    )
    code = chain.product.trace_code
    linkset = f"/01/{code}/?linkType=linkset" if chain.product.gtin else f"/vn/tx/{code}/?linkType=linkset"
    paths = [f"/scan/417/{GLN}/", f"/scan/414/{GLN}/", f"/scan/00/{SSCC}/", f"/scan/links/{link.pk}/", linkset]
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs an event loop in this thread
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi", java_script_enabled=False)
        page, complaints = context.new_page(), []
        page.on("console", lambda message: complaints.append(message.text))
        for path in paths:
            answer = page.goto(live_server.url + path)
            assert answer.status == 200, path
            wide = [box for box in map(lambda part: part.bounding_box(), page.locator("main, main *").all()) if box]
            assert all(box["x"] + box["width"] <= 360 for box in wide), path
            assert page.locator("h1").count() == 1
            if folder := os.environ.get("SHOTS"):
                page.screenshot(path=f"{folder}/{paths.index(path)}.png", full_page=True)
        assert complaints == []
        assert context.cookies() == []
        browser.close()
