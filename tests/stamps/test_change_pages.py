"""Changing the state of stamps on their pages, and finding one stamp."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stamps import actions
from stamps.codes.serials import grouped
from stamps.life.finding import find_stamp
from stamps.models import ScanEntry, StampBatch, StampChange, StampSeen
from tests.factories import lots
from tests.factories.people import Office, signed_in
from tests.factories.stamps import Chain, activate, chain

pytestmark = pytest.mark.django_db
State = StampChange.State


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def batch(line: Chain) -> StampBatch:
    return line.handed_over(20)


@pytest.fixture
def officer(line: Chain) -> Client:
    return signed_in(line.office.stamp_officer)


def url(batch: StampBatch) -> str:
    return f"/stamps/batches/{batch.pk}/change/"


def printed(batch: StampBatch, place: int) -> str:
    return grouped(actions.serial_at(batch, batch.start + place))


def answers(batch: StampBatch, state: str, first: int, last: int, **more: str) -> dict[str, Any]:
    return {"state": state, "first": printed(batch, first), "last": printed(batch, last), "reason": "Thử", **more}


def said(batch: StampBatch) -> list[tuple[str, int, int]]:
    """The changes, counted from the first stamp of the batch."""
    return [(row.state, row.start - batch.start, row.end - batch.start) for row in batch.changes.order_by("pk")]


def test_a_preview_says_what_the_stamps_are_and_changes_nothing(
    line: Chain, batch: StampBatch, officer: Client
) -> None:
    activate(batch, batch.start, batch.start + 3, line.lot(), by=line.producer)

    page = officer.post(url(batch), answers(batch, "suspended", 1, 5))

    rows = [(row.label, row.range.quantity) for row in page.context["rows"]]
    assert rows == [("Activated", 2), ("On no lot", 3)]
    assert said(batch) == []


def test_a_suspension_is_confirmed_with_one_button(batch: StampBatch, officer: Client) -> None:
    answer = officer.post(url(batch), answers(batch, "suspended", 1, 5, step="confirm"))

    assert answer.status_code == 302
    assert said(batch) == [("suspended", 1, 6)]


@pytest.mark.parametrize("state", ["void", "damaged"])
def test_an_end_asks_for_a_tick_first(batch: StampBatch, officer: Client, state: str) -> None:
    page = officer.post(url(batch), answers(batch, state, 1, 5, step="confirm"))

    assert page.context["is_unticked"]
    assert said(batch) == []

    officer.post(url(batch), answers(batch, state, 1, 5, step="confirm", understood="1"))
    assert said(batch) == [(state, 1, 6)]


def test_one_stamp_needs_no_last_one(batch: StampBatch, officer: Client) -> None:
    officer.post(url(batch), answers(batch, "lost", 4, 4, step="confirm") | {"last": ""})

    assert said(batch) == [("lost", 4, 5)]


def test_a_replacement_is_named_by_its_first_stamp(batch: StampBatch, officer: Client) -> None:
    sent = answers(batch, "replaced", 0, 1, replacement=printed(batch, 10), step="confirm", understood="1")

    assert officer.post(url(batch), sent).status_code == 302

    assert batch.changes.get().replaced_by == batch.start + 10


@pytest.mark.parametrize("text", ["", "x", "0000-0000-0000-00"])
def test_a_replacement_that_is_no_stamp_is_named(batch: StampBatch, officer: Client, text: str) -> None:
    page = officer.post(url(batch), answers(batch, "replaced", 0, 1, replacement=text))

    assert page.context["form"].errors["replacement"]


def test_a_replacement_from_a_later_batch_is_found(line: Chain, batch: StampBatch, officer: Client) -> None:
    other = line.handed_over(5)

    officer.post(
        url(batch), answers(batch, "replaced", 0, 1, replacement=printed(other, 2), step="confirm", understood="1")
    )

    assert batch.changes.get().replaced_by == other.start + 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"first": ""}, "first"),
        ({"first": "không phải tem"}, "first"),
        ({"state": ""}, "state"),
        ({"state": "burnt"}, "state"),
    ],
)
def test_a_wrong_answer_is_named(batch: StampBatch, officer: Client, changed: dict[str, str], field: str) -> None:
    page = officer.post(url(batch), answers(batch, "void", 0, 1) | changed)

    assert field in page.context["form"].errors
    assert said(batch) == []


def test_a_way_that_does_not_exist_is_refused_beside_the_first_stamp(batch: StampBatch, officer: Client) -> None:
    officer.post(url(batch), answers(batch, "damaged", 0, 1, step="confirm", understood="1"))

    page = officer.post(url(batch), answers(batch, "restored", 0, 1))

    assert "cannot become" in page.context["form"].errors["first"][0]


def test_the_producer_is_offered_only_what_is_its_own(line: Chain, batch: StampBatch) -> None:
    farmer = signed_in(line.producer)

    offered = [value for value, _label in farmer.get(url(batch)).context["form"].fields["state"].choices]

    assert offered == ["suspended", "lost", "damaged"]
    refused = farmer.post(url(batch), answers(batch, "void", 0, 1, step="confirm", understood="1"))
    assert "state" in refused.context["form"].errors
    assert said(batch) == []


def test_the_order_shows_changes_and_the_way_to_them(line: Chain, batch: StampBatch, officer: Client) -> None:
    officer.post(
        url(batch), answers(batch, "replaced", 0, 1, replacement=printed(batch, 10), step="confirm", understood="1")
    )

    page = officer.get(batch.order.get_absolute_url()).content.decode()

    assert printed(batch, 11) in page
    assert f'href="{url(batch)}"' in page
    assert (
        f'href="{url(batch)}"' not in signed_in(line.office.clerk).get(batch.order.get_absolute_url()).content.decode()
    )


# --- one stamp -------------------------------------------------------------------------------
def found(client: Client, text: str) -> Any:
    return client.get("/stamps/find/", {"q": text})


@pytest.mark.parametrize("gtin", ["09520000009991", None])
def test_a_stamp_is_found_by_its_serial_and_by_its_address(gia_lai: Office, gtin: str | None) -> None:
    line = chain(gia_lai, gtin=gtin)
    batch = line.activated(10).batch
    client = signed_in(line.office.inspector)

    for text in (printed(batch, 3), printed(batch, 3).lower(), actions.uri_at(batch, batch.start + 3)):
        page = found(client, text)
        assert page.status_code == 200
        assert page.context["stamp"].index == batch.start + 3
        assert [move.target for move in page.context["movements"]] == ["activated", "producer", "store"]
        assert "L220608-01" in page.content.decode()


def test_a_serial_is_found_among_the_stamps_of_many_products(line: Chain, gia_lai: Office) -> None:
    others = [chain(gia_lai, project=line.project, name=f"Mật ong {n}").handed_over(3) for n in range(3)]

    page = found(signed_in(gia_lai.manager), printed(others[1], 2))

    assert page.context["stamp"].batch == others[1]


@pytest.mark.parametrize("is_true", [True, False])
def test_a_bare_serial_costs_the_same_queries_among_any_number_of_products(
    line: Chain, gia_lai: Office, is_true: bool, django_assert_num_queries: Any
) -> None:
    batch = line.handed_over(3)
    serial = printed(batch, 2) if is_true else "0000-0000-0000-00"

    with CaptureQueriesContext(connection) as alone:
        find_stamp(serial, gia_lai.manager)
    for n in range(4):
        chain(gia_lai, project=line.project, name=f"Mật ong {n}").handed_over(3)

    with django_assert_num_queries(len(alone)):
        assert (find_stamp(serial, gia_lai.manager) is not None) == is_true


def test_changes_scans_and_the_old_stamp_are_told(line: Chain, batch: StampBatch, officer: Client) -> None:
    start = batch.start
    actions.replace_stamps(
        batch, start + 1, start + 3, replacement=(batch, start + 10), reason="Rách", by=line.office.stamp_officer
    )
    StampSeen.objects.create(index=start + 11, scans=2, clients=1, first_at=lots.at(20), last_at=lots.at(21))
    ScanEntry.objects.create(index=start + 11, scanned_at=lots.at(20), client="x")

    old, new = (found(officer, printed(batch, place)).content.decode() for place in (2, 11))

    assert "Replaced by another stamp" in old
    assert printed(batch, 11) in old
    assert printed(batch, 2) in new
    assert "Scanned 2 times" in new


@pytest.mark.parametrize("text", ["x", "0000-0000-0000-00", "https://example.org/", "/", "ộ" * 400, "a\x00b", "%00"])
def test_a_text_that_is_no_stamp_is_not_found(batch: StampBatch, officer: Client, text: str) -> None:
    assert found(officer, text).status_code == 404


def test_strangers_and_other_producers_do_not_find_it(line: Chain, batch: StampBatch, son_la: Office) -> None:
    stranger = chain(line.office, project=line.project, name="Mật ong").producer

    for person in (son_la.manager, stranger):
        for text in (printed(batch, 3), actions.uri_at(batch, batch.start + 3)):
            page = found(signed_in(person), text)
            assert page.status_code == 404
            assert line.product.name not in page.content.decode()


def test_the_way_from_a_found_stamp_to_its_change_is_filled_in(batch: StampBatch, officer: Client) -> None:
    assert f'{url(batch)}?first={printed(batch, 3)}"' in found(officer, printed(batch, 3)).content.decode()
    form = officer.get(url(batch), {"first": printed(batch, 3)}).context["form"]
    assert form["last"].value() == printed(batch, 3)
