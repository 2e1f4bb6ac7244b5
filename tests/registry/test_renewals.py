"""Recognitions by how soon they end, the prefilled dossier of the renewal, and who is told when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from notices.models import Message
from registry import actions
from registry.errors import NotAllowedForYou, NotNow
from registry.models import Evidence, OcopRecognition, Producer, Product, RecognitionRenewal
from registry.recognition import Band, band_on
from registry.reminders import remind_of_barcodes, remind_of_recognitions
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, ProductFactory, producer_user, recognise

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 9:00 in Vietnam


def remind(now: datetime) -> int:
    """Tell of everything that ends, as the tick does."""
    return remind_of_recognitions(now) + remind_of_barcodes(now)


def ending(product: Product, day: date) -> OcopRecognition:
    recognition = recognise(product, stars=4, decided_on=date(2020, 1, 1))
    recognition.valid_until = day
    recognition.save()
    return recognition


@pytest.fixture
def product(gia_lai: Office) -> Product:
    row: Product = ProductFactory(producer=ProducerFactory(province=gia_lai.province, number=7))
    return row


@pytest.mark.parametrize(
    ("left", "band"),
    [
        (-1, Band.EXPIRED),
        (0, Band.EXPIRED),
        (1, Band.DAYS_30),
        (30, Band.DAYS_30),
        (31, Band.DAYS_90),
        (90, Band.DAYS_90),
        (91, Band.DAYS_180),
        (180, Band.DAYS_180),
        (181, None),
    ],
)
def test_bands_share_the_days_before_the_end(left: int, band: Band | None) -> None:
    day = date(2026, 11, 22)
    assert band_on(day + timedelta(days=left), day) == band


# --- the list --------------------------------------------------------------------------------
def test_the_list_shows_the_latest_recognition_in_its_band(client: Client, gia_lai: Office) -> None:
    today = timezone.localdate()
    producer = ProducerFactory(province=gia_lai.province)
    for number, left in enumerate([-5, 10, 60, 120, 400], start=1):
        product = ProductFactory(producer=producer, number=number, name=f"Còn {left}", gtin=None)
        ending(product, today + timedelta(days=left))
    first = Product.objects.get(name="Còn -5")
    client.force_login(gia_lai.manager)

    def names(query: str) -> list[str]:
        table = client.get(f"/recognitions/{query}").context["table"]
        return [row.record.product.name for row in table.rows]

    assert names("") == ["Còn -5", "Còn 10", "Còn 60", "Còn 120", "Còn 400"]
    assert [names(f"?band={band}") for band in ("expired", "30", "90", "180")] == [
        ["Còn -5"],
        ["Còn 10"],
        ["Còn 60"],
        ["Còn 120"],
    ]
    actions.record_recognition(
        first,
        stars=4,
        decision_number="77/QĐ-UBND",
        decided_on=today,
        criteria=first.recognitions.get().criteria,
        by=gia_lai.manager,
    )
    assert "Còn -5" not in names("?band=expired")
    page = client.get("/recognitions/?renewal=none").content.decode()
    assert "77/QĐ-UBND" in page
    assert "781/QĐ-TTg" in page


def test_the_list_costs_a_fixed_number_of_queries(
    client: Client, gia_lai: Office, django_assert_max_num_queries: Any
) -> None:
    producer = ProducerFactory(province=gia_lai.province)
    for number in range(1, 40):
        ending(ProductFactory(producer=producer, number=number, name=f"Mít {number}", gtin=None), date(2027, 1, 1))
    client.force_login(gia_lai.manager)
    for address in ("/recognitions/", "/certificates/", "/barcodes/", "/local-standards/"):
        with django_assert_max_num_queries(12):
            client.get(address)


# --- the dossier -----------------------------------------------------------------------------
def test_the_dossier_is_filled_in_from_the_registry(product: Product, gia_lai: Office) -> None:
    ending(product, timezone.localdate() + timedelta(days=100))
    facts = {"number": "ATTP-1", "issuer": "Chi cục (giả lập)", "issued_on": date(2025, 1, 1)}
    paper = actions.record_certificate(
        product.producer,
        values={"kind": "food_safety", "valid_until": date(2026, 1, 1), **facts},
        products=[product],
        by=gia_lai.manager,
    )
    renewal = actions.start_renewal(product, by=gia_lai.manager)
    items = {item.evidence: item for item in renewal.items.all()}
    assert len(items) == len(Evidence)
    assert (items["food_safety"].certificate, items["food_safety"].state) == (paper, "there")
    assert items["food_safety"].is_expired(timezone.localdate())
    assert items["licence"].note == product.producer.tax_code
    assert items["registration"].state == "missing"


def test_the_next_dossier_is_a_copy_of_the_last_one(product: Product, gia_lai: Office) -> None:
    today = timezone.localdate()
    first = ending(product, today + timedelta(days=100))
    last = actions.start_renewal(product, by=gia_lai.manager)
    given = {"state": "there", "note": "HĐ 12 (giả lập)", "valid_until": today - timedelta(days=1)}
    actions.note_papers(
        last,
        {item.pk: given for item in last.items.filter(evidence__in=["origin", "assessment"])},
        by=gia_lai.manager,
    )
    new = actions.record_recognition(
        product,
        stars=4,
        decision_number="2/QĐ",
        decided_on=today - timedelta(days=1),
        criteria=first.criteria,
        by=gia_lai.manager,
    )
    last.refresh_from_db()
    assert last.renewed_by == new
    OcopRecognition.objects.filter(pk=new.pk).update(valid_until=today + timedelta(days=50))
    items = {item.evidence: item for item in actions.start_renewal(product, by=gia_lai.manager).items.all()}
    assert (items["origin"].note, items["origin"].is_expired(today)) == ("HĐ 12 (giả lập)", True)
    assert items["assessment"].state == "missing"  # written anew each time


def test_a_renewal_opens_180_days_before_the_end_and_once(product: Product, gia_lai: Office) -> None:
    today = timezone.localdate()
    with pytest.raises(NotNow, match="never recognised"):
        actions.start_renewal(product, by=gia_lai.manager)
    recognition = ending(product, today + timedelta(days=181))
    with pytest.raises(NotNow, match="180 days before"):
        actions.start_renewal(product, by=gia_lai.manager)
    OcopRecognition.objects.filter(pk=recognition.pk).update(valid_until=today + timedelta(days=180))
    actions.start_renewal(product, by=gia_lai.manager)
    with pytest.raises(NotNow, match="already"):
        actions.start_renewal(product, by=gia_lai.manager)


def test_an_incomplete_or_expired_dossier_is_not_sent(product: Product, gia_lai: Office) -> None:
    today = timezone.localdate()
    ending(product, today + timedelta(days=100))
    renewal = actions.start_renewal(product, by=gia_lai.manager)
    with pytest.raises(NotNow, match="Test report"):
        actions.send_renewal(renewal, sent_on=today, by=gia_lai.manager)
    old = {"state": "there", "note": "x", "valid_until": today - timedelta(days=1)}
    papers = {item.pk: {"state": "not_needed"} for item in renewal.items.exclude(evidence="origin")}
    papers |= {item.pk: old for item in renewal.items.filter(evidence="origin")}
    actions.note_papers(renewal, papers, by=gia_lai.manager)
    with pytest.raises(NotNow, match="origin"):
        actions.send_renewal(renewal, sent_on=today, by=gia_lai.manager)
    renewal.items.filter(evidence="origin").update(valid_until=today)
    sent = actions.send_renewal(renewal, sent_on=today, by=gia_lai.manager)
    assert sent.sent_on == today
    with pytest.raises(NotNow, match="was sent already"):
        actions.note_papers(renewal, {}, by=gia_lai.manager)


def test_an_older_decision_typed_in_late_does_not_end_the_renewal(product: Product, gia_lai: Office) -> None:
    today = timezone.localdate()
    recognition = ending(product, today + timedelta(days=100))
    renewal = actions.start_renewal(product, by=gia_lai.manager)
    actions.record_recognition(
        product,
        stars=3,
        decision_number="0/QĐ",
        decided_on=date(2019, 1, 1),
        criteria=recognition.criteria,
        by=gia_lai.manager,
    )
    renewal.refresh_from_db()
    assert renewal.renewed_by is None


def test_the_producers_people_keep_the_dossier_and_strangers_do_not(
    client: Client, product: Product, gia_lai: Office, son_la: Office
) -> None:
    ending(product, timezone.localdate() + timedelta(days=100))
    client.force_login(producer_user(product.producer, "chu-the"))
    address = client.post(f"/products/{product.pk}/renewal/")["Location"]
    assert client.get(address).status_code == 200
    with pytest.raises(NotAllowedForYou):
        actions.send_renewal(RecognitionRenewal.objects.get(), sent_on=date(2026, 1, 1), by=gia_lai.leader)
    client.force_login(son_la.manager)
    assert client.get(address).status_code == 404


def test_papers_are_noted_and_sent_on_the_page(client: Client, product: Product, gia_lai: Office) -> None:
    ending(product, timezone.localdate() + timedelta(days=100))
    client.force_login(gia_lai.manager)
    address = client.post(f"/products/{product.pk}/renewal/")["Location"]
    renewal = RecognitionRenewal.objects.get()
    form: dict[str, Any] = {"form-TOTAL_FORMS": len(Evidence), "form-INITIAL_FORMS": len(Evidence)}
    for number, item in enumerate(renewal.items.all()):
        form |= {f"form-{number}-id": item.pk, f"form-{number}-state": "there", f"form-{number}-note": f"Số {number}"}
    assert client.post(address, form | {"form-3-note": ""}).status_code == 422
    assert client.post(address, form).status_code == 302
    assert client.post(address + "send/", {"sent_on": "x"}).status_code == 422
    assert client.post(address + "send/", {"sent_on": f"{timezone.localdate():%d/%m/%Y}"}).status_code == 302
    renewal.refresh_from_db()
    assert renewal.sent_on == timezone.localdate()
    assert client.post(address, {}).status_code in (302, 422)


# --- reminders -------------------------------------------------------------------------------
def told(event: str = "registry.recognition_expiring") -> list[str]:
    return sorted(Message.objects.filter(event=event).values_list("recipient__username", flat=True))


def test_managers_helpers_and_the_producers_people_are_told_once_per_rung(
    product: Product, gia_lai: Office, son_la: Office
) -> None:
    producer_user(product.producer, "chu-the")
    recognition = ending(product, date(2027, 4, 22))  # 150 days left
    assert remind(MONDAY) == 3
    assert remind(MONDAY) == 0
    assert told() == ["chu-the", "gl-canbo", "gl-quanly"]
    assert remind(MONDAY + timedelta(days=70)) == 3  # 80 days left: the rung of 90
    recognition.valid_until = date(2027, 3, 15)
    recognition.save()
    assert remind(MONDAY) == 3  # a moved day is another occasion


def test_nobody_is_told_on_days_off_far_from_the_end_or_after_it(product: Product, gia_lai: Office) -> None:
    recognition = ending(product, date(2027, 4, 22))
    assert remind(MONDAY - timedelta(days=1)) == 0
    OcopRecognition.objects.filter(pk=recognition.pk).update(valid_until=date(2027, 5, 23))
    assert remind(MONDAY) == 0
    OcopRecognition.objects.filter(pk=recognition.pk).update(valid_until=date(2026, 11, 23))
    assert remind(MONDAY) == 0


def test_reminders_stop_when_the_dossier_was_sent(product: Product, gia_lai: Office) -> None:
    ending(product, date(2027, 4, 22))
    renewal = actions.start_renewal(product, by=gia_lai.manager, now=MONDAY)
    RecognitionRenewal.objects.filter(pk=renewal.pk).update(sent_on=date(2026, 11, 20))
    assert remind(MONDAY) == 0


def test_rights_and_fees_are_told_60_and_30_days_before(gia_lai: Office) -> None:
    producer: Producer = ProducerFactory(province=gia_lai.province)
    values = {
        "prefix": "9520000",
        "certificate_number": "1",
        "issued_on": date(2025, 1, 15),
        "expires_on": date(2028, 1, 15),
    }
    actions.record_barcodes(producer, values=values, by=gia_lai.manager)
    assert remind(MONDAY) == 0
    assert remind(datetime(2026, 5, 4, 2, tzinfo=UTC)) == 2  # 57 days before 30/6
    assert remind(datetime(2026, 6, 1, 2, tzinfo=UTC)) == 2  # 29 days
    assert told("registry.barcode_fee_due") == ["gl-canbo", "gl-canbo", "gl-quanly", "gl-quanly"]
    assert remind(datetime(2027, 12, 1, 2, tzinfo=UTC)) == 2
    assert len(told("registry.barcode_expiring")) == 2
