"""Taking an import back: all of it, but what others changed or use since."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from imports.actions import run_batch, undo_batch
from imports.errors import ImportRefused, NotAllowedForYou
from imports.models import ImportBatch
from registry import actions as registry
from registry.models import OcopRecognition, Place, Producer, Product
from tests.factories.imports import checked
from tests.factories.people import Office
from tests.imports.test_running import known_producer, listed, office

__all__ = ["office"]


def imported(office: Office, *rows: dict[str, object]) -> ImportBatch:
    return run_batch(checked(listed(*rows), office), by=office.manager)


def counts() -> tuple[int, int, int]:
    return Producer.objects.count(), Product.objects.count(), OcopRecognition.objects.count()


def test_what_an_import_made_goes_and_what_it_changed_returns(office: Office) -> None:
    known = known_producer(office)
    other = {"Tên chủ thể": "HTX Hai (giả lập)", "Mã số thuế": "9999000002", "Điện thoại": None}
    batch = imported(office, {}, other)
    assert counts() == (2, 2, 2)

    assert undo_batch(batch, by=office.manager) == []
    assert counts() == (1, 0, 0)
    known.refresh_from_db()
    assert (known.phone, "0900000099" in known.search_text) == ("0900000099", True)
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.UNDONE


def test_a_product_that_somebody_changed_since_stays_with_its_stars_and_its_producer(office: Office) -> None:
    batch = imported(office, {}, {"Tên sản phẩm": "Chè đen"})
    registry.edit_product(Product.objects.get(name="Chè đen"), changes={"brand": "Đồi Gió"}, by=office.manager)
    kept = undo_batch(batch, by=office.manager)
    assert counts() == (1, 1, 1)
    assert Product.objects.get().name == "Chè đen"
    assert "changed it since" in next(change.kept_because for change in kept if change.model == "registry.Product")


def test_a_producer_that_is_used_elsewhere_stays_and_its_free_product_goes(office: Office) -> None:
    batch = imported(office, {})
    producer = Producer.objects.get()
    Place.objects.create(producer=producer, code="DD1", name="Vườn", kind="plot", commune=producer.commune)
    kept = undo_batch(batch, by=office.manager)
    assert counts() == (1, 0, 0)
    assert [change.label for change in kept] == [str(producer)]
    assert "used by" in kept[0].kept_because


def test_a_value_that_somebody_changed_since_is_not_put_back(office: Office) -> None:
    known = known_producer(office)
    batch = imported(office, {})
    registry.edit_producer(known, changes={"phone": "0900000077"}, by=office.manager)
    undo_batch(batch, by=office.manager)
    known.refresh_from_db()
    assert known.phone == "0900000077"


def test_undoing_ends_after_seven_days_and_is_done_once(office: Office) -> None:
    batch = imported(office, {})
    with pytest.raises(ImportRefused):
        undo_batch(batch, by=office.manager, now=timezone.now() + timedelta(days=7, minutes=1))
    undo_batch(batch, by=office.manager, now=timezone.now() + timedelta(days=6))
    with pytest.raises(ImportRefused):
        undo_batch(batch, by=office.manager)


def test_only_those_who_may_import_may_undo(office: Office, son_la: Office) -> None:
    batch = imported(office, {})
    for user in (office.leader, son_la.manager):
        with pytest.raises(NotAllowedForYou):
            undo_batch(batch, by=user)
    assert counts() == (1, 1, 1)
