"""Erasing a natural person: what names the person goes, what traces the goods stays."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from people.models import AuditEvent, User
from privacy import held, policies
from privacy.actions import erase_producer, give_consent
from privacy.errors import NotAllowedForYou, NotAllowedNow
from privacy.models import Consent, Purpose
from projects.models import Attendance, TrainingSession
from registry.actions import register_place, register_producer
from registry.errors import NotAllowedForYou as NotAPerson
from registry.models import Producer
from registry.search import fold
from tests.factories import dossiers, lots, stamps
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, commune_of, producer_user

pytestmark = pytest.mark.django_db
SECRETS = ("Rơ Châm Bích", "0900000012", "0900000011", "Ngõ 7", "999900001234")


@pytest.fixture
def chain(gia_lai: Office) -> Any:
    """A household business with an activated stamp, a person with an account, and a consent."""
    chain = stamps.chain(gia_lai)
    Producer.objects.filter(pk=chain.product.producer_id).update(
        kind=Producer.Kind.HOUSEHOLD,
        name="Hộ Rơ Châm Bích (giả lập)",
        representative="Rơ Châm Bích (giả lập)",
        phone="0900000012",
        address="Ngõ 7",
        tax_code="999900001234",
    )
    User.objects.filter(pk=chain.producer.pk).update(
        full_name="Rơ Châm Bích (giả lập)", phone="0900000011", username="0900000011"
    )
    chain.producer.refresh_from_db()
    chain.product.producer.refresh_from_db()
    chain.activated()
    give_consent(
        chain.product.producer,
        Purpose.PUBLIC_NAME,
        given_by_name="Rơ Châm Bích (giả lập)",
        channel="phone",
        by=chain.producer,
        given_by=chain.producer,
    )
    return chain


def everything(producer: Producer) -> str:
    return json.dumps(held.as_data(held.collect(producer)), ensure_ascii=False)


def test_all_tables_about_a_producer_are_found(chain: Any) -> None:
    names = {table.name for table in held.collect(chain.product.producer) if table.rows}
    assert {"producer", "product", "lot", "event", "consent", "stamp order"} <= {name.lower() for name in names}
    text = everything(chain.product.producer)
    assert all(secret in text for secret in SECRETS)
    assert "pbkdf2" not in text


def test_officials_are_not_named_in_what_is_handed_out(chain: Any) -> None:
    text = everything(chain.product.producer)
    assert str(chain.office.helper) not in text
    assert str(chain.office.stamp_officer) not in text


def test_nothing_of_another_producer_is_handed_out(chain: Any) -> None:
    ProducerFactory(province=chain.office.province, number=77, name="HTX Bên cạnh (giả lập)")
    assert "Bên cạnh" not in everything(chain.product.producer)


def test_what_names_the_person_goes_and_the_goods_stay_traceable(chain: Any) -> None:
    producer = chain.product.producer
    events = chain.product.lots.get().events.count()
    erase_producer(producer, reason="Không còn lô nào trong hạn dùng.", by=chain.office.manager)
    text = everything(producer)
    assert not [secret for secret in SECRETS if secret in text]
    row = Producer.objects.filter(pk=producer.pk).values().get()
    assert not [name for name, value in row.items() if "cham" in fold(str(value)) or "0900000012" in str(value)]
    assert chain.product.lots.get().events.count() == events > 0
    assert chain.product.stamp_batches.get().activations.exists()
    assert not policies.has_consent(producer, Purpose.PUBLIC_NAME)
    assert Consent.objects.count() == 1
    chain.producer.refresh_from_db()
    assert not chain.producer.is_active
    assert not chain.producer.has_usable_password()


def test_a_person_who_acts_for_another_producer_keeps_the_account(chain: Any) -> None:
    other = ProducerFactory(province=chain.office.province, number=77)
    producer_user(other, chain.producer.username)
    erase_producer(chain.product.producer, reason="Theo đơn.", by=chain.office.manager)
    chain.producer.refresh_from_db()
    assert chain.producer.is_active
    assert not chain.producer.producer_memberships.filter(producer=chain.product.producer, is_active=True).exists()


def test_the_log_tells_the_reason_and_nobodys_name(chain: Any) -> None:
    erase_producer(chain.product.producer, reason="Không còn lô nào.", by=chain.office.manager)
    assert AuditEvent.objects.get(verb="privacy.producer_erased").facts == {"reason": "Không còn lô nào."}
    assert AuditEvent.objects.get(verb="registry.producer_anonymised").facts == {}


def test_erasing_needs_a_reason_and_the_right(chain: Any, son_la: Office) -> None:
    producer = chain.product.producer
    with pytest.raises(NotAllowedNow, match="lots"):
        erase_producer(producer, reason=" ", by=chain.office.manager)
    for user in (chain.office.helper, chain.producer, son_la.manager):
        with pytest.raises(NotAllowedForYou):
            erase_producer(producer, reason="Theo đơn.", by=user)


def test_a_legal_entity_is_not_erased(gia_lai: Office) -> None:
    company = ProducerFactory(province=gia_lai.province, number=55)
    with pytest.raises(NotAPerson, match="legal entity"):
        erase_producer(company, reason="Theo đơn.", by=gia_lai.manager)


def test_a_lot_recorded_after_erasing_still_belongs_to_the_product(chain: Any) -> None:
    erase_producer(chain.product.producer, reason="Theo đơn.", by=chain.office.manager)
    lots.record(chain.product.lots.get(), "phan-phoi", by=chain.office.helper, day=9)
    assert chain.product.lots.get().events.filter(step__key="phan-phoi").exists()


def test_an_entry_that_was_merged_into_the_producer_is_blanked_too(chain: Any) -> None:
    twin = ProducerFactory(
        province=chain.office.province, number=88, name="Hộ Rơ Châm Bích (giả lập)", phone="0900000012"
    )
    Producer.objects.filter(pk=twin.pk).update(merged_into=chain.product.producer)
    assert "0900000012" in everything(chain.product.producer)
    erase_producer(chain.product.producer, reason="Theo đơn.", by=chain.office.manager)
    twin.refresh_from_db()
    assert "Châm" not in twin.name
    assert twin.phone == ""


def test_the_log_never_holds_the_name_of_a_natural_person_or_of_its_places(gia_lai: Office) -> None:
    commune = commune_of(gia_lai.province)
    made = register_producer(name="Hộ bà Na (giả lập)", kind="household", commune=commune, by=gia_lai.helper)
    place = register_place(made, name="Vườn bà Na", kind="plot", commune=commune, by=gia_lai.helper)
    facts = {event.verb: event.facts["name"] for event in AuditEvent.objects.filter(verb__endswith="_registered")}
    assert facts == {
        "registry.producer_registered": f"52-{made.number}",
        "registry.place_registered": place.code,
    }


def test_answers_and_lists_of_classes_no_longer_name_the_person(gia_lai: Office) -> None:
    dossier = dossiers.complete(gia_lai)
    producer = dossier.producer
    Producer.objects.filter(pk=producer.pk).update(kind=Producer.Kind.HOUSEHOLD)
    session = TrainingSession.objects.create(
        project=dossier.onboarding.enrolment.project, title="Lớp 1", held_on=date(2026, 10, 5)
    )
    Attendance.objects.create(
        session=session, producer=producer, person_name="Rơ Châm Bích (giả lập)", phone="0900000077"
    )
    phone = dossier.answers.get(question="contact_phone", state="current").value
    assert phone in everything(producer)
    erase_producer(producer, reason="Theo đơn.", by=gia_lai.manager)
    text = everything(producer)
    assert phone not in text
    assert "0900000077" not in text
    assert "Châm" not in text
    assert not Attendance.objects.filter(producer=producer, search_text__contains="cham").exists()
    assert dossier.answers.filter(question="product_description").exclude(value=None).exists()


def test_no_means_to_get_in_is_handed_out(gia_lai: Office) -> None:
    dossier = dossiers.complete(gia_lai)
    titles = {title for table in held.collect(dossier.producer) for title in table.columns}
    assert not [title for title in titles if "hash" in title or "token" in title]
