"""A key of the stamps is missing, or a new one took its place: pages answer, and no true stamp is called false."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from stamps import actions
from stamps.codes.serials import grouped
from stamps.errors import StampsNotConfigured
from stamps.fast.app import Scans
from stamps.fast.tables import Tables
from stamps.models import StampBatch, StampOrder
from tests.factories.people import Office, signed_in
from tests.factories.stamps import Chain, chain
from tests.stamps.fast.conftest import ask, not_django

pytestmark = pytest.mark.django_db
OLD, NEW = "00" * 32, "17" * 32


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


def serial(batch: StampBatch, place: int = 0) -> str:
    return actions.serial_at(batch, batch.start + place)


def path_of(batch: StampBatch, place: int = 0) -> str:
    return f"/scan/01/{batch.code}/21/{serial(batch, place)}/"


def rotate(settings: Any) -> None:
    """A new key for new stamps; the old one stays."""
    settings.STAMPS_KEYS, settings.STAMPS_KEY_VERSION = {"0": OLD, "1": NEW}, "1"


def lose(settings: Any) -> None:
    """The operator wrote the new key in the place of the old one."""
    settings.STAMPS_KEYS, settings.STAMPS_KEY_VERSION = {"1": NEW}, "1"


# --- rotated ---------------------------------------------------------------------------------
def test_after_a_rotation_old_and_new_stamps_are_read_and_activated(client: Client, line: Chain, settings: Any) -> None:
    old = line.activated(5).batch
    rotate(settings)
    new = line.handed_over(5)
    answers = {"lot": line.product.lots.get().pk, "way": "range", "first": serial(new), "last": serial(new, 4)}

    signed_in(line.producer).post(f"/stamps/batches/{new.pk}/activate/", answers)

    assert (old.key_version, new.key_version, serial(new)[0]) == ("0", "1", "1")
    for batch in (old, new):
        assert line.product.name in client.get(path_of(batch)).content.decode()
        assert ask(Scans(not_django, tables=Tables(every=0)), path_of(batch)).status == 200


def test_a_range_over_two_keys_is_refused_at_its_field(line: Chain, settings: Any) -> None:
    old = line.handed_over(5)
    rotate(settings)
    new = line.handed_over(5)
    answers = {"lot": line.lot().pk, "way": "range", "first": serial(old, 3), "last": serial(new, 2)}

    page = signed_in(line.producer).post(f"/stamps/batches/{old.pk}/activate/", answers)

    assert "not of this batch" in page.context["form"].errors["last"][0]


@pytest.mark.parametrize("gets_gtin", [False, True])
def test_an_old_stamp_is_replaced_by_one_of_the_new_key_and_code(
    line: Chain, gia_lai: Office, settings: Any, gets_gtin: bool
) -> None:
    own = chain(gia_lai, project=line.project, gtin=None)
    old = own.handed_over(5)
    rotate(settings)
    if gets_gtin:
        own.product.gtin = "09520000009984"
        own.product.save()
    new = own.handed_over(5)
    answers = {
        "state": "replaced",
        "first": serial(old),
        "last": serial(old, 1),
        "replacement": grouped(serial(new, 2)),
        "reason": "Rách",
        "step": "confirm",
        "understood": "1",
    }

    page = signed_in(own.office.stamp_officer).post(f"/stamps/batches/{old.pk}/change/", answers)

    assert page.status_code == 302, page.context["form"].errors
    assert (old.code != new.code) is gets_gtin
    assert old.changes.get().replaced_by == new.start + 2


# --- missing ---------------------------------------------------------------------------------
def test_a_printed_stamp_whose_key_is_missing_is_not_called_unknown(client: Client, line: Chain, settings: Any) -> None:
    batch = line.activated().batch
    path = path_of(batch)
    lose(settings)

    answers = [client.get(path, headers={"accept-language": "en"}), client.get(path + "report/?lang=en")]
    hot = ask(Scans(not_django, tables=Tables(every=0)), path, HTTP_ACCEPT_LANGUAGE="en")

    assert [answer.status_code for answer in answers] == [503, 503]
    for text in (*(answer.content.decode() for answer in answers), hot.text):
        assert "says nothing about the stamp" in text
        assert line.product.name not in text
    assert answers[0].headers["Retry-After"] == "60"
    assert hot.status == 503


def test_a_serial_of_a_key_that_never_was_stays_unknown(client: Client, line: Chain, settings: Any) -> None:
    batch = line.activated().batch
    path = path_of(batch).replace(f"/21/{serial(batch)}", f"/21/Z{serial(batch)[1:]}")
    lose(settings)

    assert client.get(path).status_code == 404
    assert ask(Scans(not_django, tables=Tables(every=0)), path).status == 404


def test_a_hidden_code_is_no_try_while_the_key_is_missing(client: Client, line: Chain, settings: Any) -> None:
    batch = line.activated().batch
    StampOrder.objects.update(has_pin=True)
    path = path_of(batch)
    lose(settings)

    assert [client.post(path, {"pin": "12345678"}).status_code for _try in range(6)] == [503] * 6
    settings.STAMPS_KEYS, settings.STAMPS_KEY_VERSION = {"0": OLD}, "0"
    assert client.post(path, {"pin": "12345678"}).status_code not in (423, 503)


def test_the_page_of_a_stamp_replaced_by_one_whose_key_is_missing_waits(
    client: Client, line: Chain, settings: Any
) -> None:
    settings.STAMPS_KEYS, settings.STAMPS_KEY_VERSION = {"1": NEW}, "1"
    old = line.activated(3).batch
    settings.STAMPS_KEYS, settings.STAMPS_KEY_VERSION = {"0": OLD, "1": NEW}, "0"
    new = line.handed_over(3)
    actions.replace_stamps(
        old, old.start, old.start + 1, replacement=(new, new.start), reason="Rách", by=line.office.stamp_officer
    )
    path = path_of(old)
    lose(settings)

    assert client.get(path).status_code == 503


STAFF = (
    "/stamps/orders/{order}/",
    "/stamps/batches/{batch}/activate/",
    "/stamps/batches/{batch}/change/",
    "/stamps/batches/{batch}/rolls/new/",
    "/stamps/rolls/{roll}/test/",
    "/stamps/rolls/{roll}/count/",
    "/stamps/lots/{lot}/",
    "/stamps/find/?q={serial}",
    "/stamps/orders/",
    "/stamps/ledger/{producer}/",
    "/stamps/mine/",
)


@pytest.mark.parametrize("page", STAFF)
@pytest.mark.parametrize("keys", [{"1": NEW}, {}], ids=["the old one lost", "none at all"])
def test_no_page_of_the_staff_breaks_while_a_key_is_missing(
    line: Chain, settings: Any, page: str, keys: dict[str, str]
) -> None:
    activation = line.activated(5)
    batch = activation.batch
    actions.change_stamps(batch, batch.start, batch.start + 2, state="void", reason="Thử", by=line.office.stamp_officer)
    path = page.format(
        order=batch.order_id,
        batch=batch.pk,
        roll=batch.rolls.get().pk,
        lot=activation.lot_id,
        serial=serial(batch),
        producer=line.product.producer_id,
    )
    browsers = [signed_in(user) for user in (line.office.stamp_officer, line.producer)]
    settings.STAMPS_KEYS, settings.STAMPS_KEY_VERSION = keys, "1"

    for browser in browsers:
        answer = browser.get(path)
        assert answer.status_code in (200, 302, 403, 404, 503)
        if answer.status_code == 503:
            assert "STAMPS_KEYS" in answer.content.decode()
            assert OLD not in answer.content.decode()


def test_the_staff_are_told_of_the_key_and_not_that_there_is_no_such_stamp(line: Chain, settings: Any) -> None:
    printed, browser = serial(line.handed_over(5)), signed_in(line.office.stamp_officer)
    lose(settings)

    assert browser.get("/stamps/find/", {"q": printed}).status_code == 503
    assert browser.get("/stamps/find/", {"q": f"7{printed[1:]}"}).status_code == 404


def test_stamps_are_not_issued_without_a_key_and_the_order_waits(line: Chain, settings: Any) -> None:
    order = line.order(5)
    settings.STAMPS_KEYS = {}

    with pytest.raises(StampsNotConfigured, match="STAMPS_KEYS is empty"):
        actions.issue_stamps(order, by=line.office.leader)

    order.refresh_from_db()
    assert order.status == StampOrder.Status.REQUESTED
    assert not StampBatch.objects.exists()
