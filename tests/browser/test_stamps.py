"""The life of stamps in a real browser: a producer's phone with a scanner, and the officer's ledger."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.utils.timezone import localdate

from lots import actions as lot_actions
from stamps import actions
from stamps.models import Account, StampBatch
from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE, Visitor
from tests.factories import people
from tests.factories.stamps import Chain, chain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
PASSWORD = "mat-khau-thu-1"
A4 = {"width": 794, "height": 1123}  # in dots of 1/96 inch


@pytest.fixture
def line(transactional_db: None) -> Chain:
    line = chain(people.gia_lai())
    line.producer.set_password(PASSWORD)
    line.producer.save()
    return line


def look(visitor: Visitor, name: str) -> None:
    """Refuse a page that scrolls sideways or that somebody could not use; keep a picture where one is wanted."""
    visitor.keep_picture(name)
    assert not visitor.scrolls_sideways(), name
    assert visitor.accessibility_problems() == []


def scan(visitor: Visitor, field: str, batch: StampBatch, place: int) -> None:
    """What a scanner does: it types the whole address and presses Enter."""
    control = visitor.field(field)
    control.fill(actions.uri_at(batch, batch.start + place))
    control.press("Enter")


@pytest.mark.requirement("SL-S6")
def test_a_producer_scans_two_stamps_and_confirms_what_lies_between(line: Chain, visit: Visit) -> None:
    batch, _lot = line.handed_over(20), line.lot()
    phone: Any = visit(PHONE).log_in(line.producer.username, PASSWORD)
    phone.open(f"/stamps/batches/{batch.pk}/activate/")
    look(phone, "activate")
    phone.tick("way", "range")
    scan(phone, "first", batch, 3)
    assert phone.page.evaluate("document.activeElement.name") == "last"
    scan(phone, "last", batch, 7)

    phone.press("main form")
    look(phone, "activate-preview")
    phone.send("main form")

    assert [(each.start - batch.start, each.end - batch.start) for each in batch.activations.all()] == [(3, 8)]


def test_the_pages_of_changes_recalls_and_the_ledger_fit_a_phone(line: Chain, visit: Visit) -> None:
    batch = line.activated(20).batch
    officer = line.office.inspector
    stamp = actions.serial_at(batch, batch.start + 4)
    made = lot_actions.recall(
        line.product, lot=line.product.lots.get(), reason="Nhãn sai", advice="Trả lại nơi mua", by=officer
    )
    phone = visit(PHONE).log_in(officer.username, PASSWORD)

    phone.open(f"/stamps/batches/{batch.pk}/change/?first={stamp}&state=void")
    phone.fill(reason="Tem in mờ")
    look(phone, "change")
    phone.press("main form")
    look(phone, "change-preview")
    phone.tick("understood")
    phone.send("main form")
    look(phone, "order")
    assert batch.changes.get().quantity == 1
    producer = line.product.producer_id
    for name, path in {
        "find": f"/stamps/find/?q={stamp}",
        "ledgers": "/stamps/ledger/",
        "ledger": f"/stamps/ledger/{producer}/",
        "ledger-june": f"/stamps/ledger/{producer}/?month=2022-06",
        "recalls": "/lots/recalls/",
        "recall": made.get_absolute_url(),
        "product-recalls": f"/products/{line.product.pk}/recalls/",
        "recall-product": f"/lots/products/{line.product.pk}/recall/",
        "lot": f"/lots/{made.lot_id}/",
    }.items():
        phone.open(path)
        look(phone, name)


def test_the_month_of_the_ledger_prints_on_one_page_with_room_for_signatures(line: Chain, visit: Visit) -> None:
    batch = line.activated(20).batch
    actions.count_stamps(
        line.product.producer,
        month=localdate(batch.activations.get().activated_at).replace(day=1),
        account=Account.STORE,
        counted=0,
        by=line.office.stamp_officer,
    )
    officer = visit(A4).log_in(line.office.stamp_officer.username, PASSWORD)
    officer.open(f"/stamps/ledger/{line.product.producer_id}/?month=2022-06")
    officer.page.emulate_media(media="print")
    look(officer, "ledger-print")

    visible = officer.page.locator("main form, main nav, header nav, .btn").all()
    assert [each.inner_text() for each in visible if each.is_visible()] == []
    with pypdfium2.PdfDocument(BytesIO(officer.page.pdf(format="A4"))) as paper:
        assert len(paper) == 1
        words = paper[0].get_textpage().get_text_bounded()
    assert "06/2022" in words
    assert str(line.product.producer) in words
    for signature in officer.page.locator(".signatures b, .signatures th, .signatures dt").all_inner_texts():
        assert signature in words
