"""Consent: a row for each text version, given by somebody, through a channel, never deleted."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from people.models import AuditEvent
from privacy import policies
from privacy.actions import give_consent, withdraw_consent
from privacy.errors import ConsentMissing, NotAllowedForYou
from privacy.models import Consent, ConsentText, Purpose
from registry.models import Producer
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, producer_user

pytestmark = pytest.mark.django_db
PHONE, PAPER = Consent.Channel.PHONE, Consent.Channel.PAPER


@pytest.fixture
def household(gia_lai: Office) -> Producer:
    """A household business: a natural person before the law."""
    return ProducerFactory(province=gia_lai.province, kind=Producer.Kind.HOUSEHOLD, name="Hộ bà Na (giả lập)")


def agree(producer: Producer, purpose: str = Purpose.PUBLIC_NAME) -> Consent:
    """The producer's own person says yes on the phone."""
    user = producer_user(producer, "0900000011")
    return give_consent(producer, purpose, given_by_name="Bà Na (giả lập)", channel=PHONE, by=user, given_by=user)


def test_nobody_has_agreed_before_somebody_says_yes(household: Producer) -> None:
    assert not policies.has_consent(household, Purpose.PUBLIC_NAME)
    assert ConsentText.objects.count() == 0


def test_a_yes_keeps_text_version_time_channel_and_name(household: Producer) -> None:
    consent = agree(household)
    assert policies.has_consent(household, Purpose.PUBLIC_NAME)
    assert not policies.has_consent(household, Purpose.ONBOARDING)
    assert (consent.text.version, consent.channel, consent.given_by_name) == (1, PHONE, "Bà Na (giả lập)")
    assert "91/2025/QH15" in consent.text.text
    assert consent.recorded_by is None
    assert consent.given_at


def test_saying_yes_twice_is_one_consent(household: Producer) -> None:
    assert agree(household) == agree(household)
    assert Consent.objects.count() == 1


def test_the_log_holds_no_name(household: Producer) -> None:
    agree(household)
    event = AuditEvent.objects.get(verb="privacy.consent_given")
    assert event.facts == {"purpose": "public_name", "version": 1, "channel": "phone"}


def test_new_words_are_agreed_to_anew_while_the_old_yes_holds(household: Producer) -> None:
    first = agree(household)
    new = ConsentText.objects.create(
        purpose=Purpose.PUBLIC_NAME, version=2, text="Lời mới", effective_from=date(2026, 2, 1)
    )
    assert policies.has_consent(household, Purpose.PUBLIC_NAME)
    assert policies.current_text(Purpose.PUBLIC_NAME, date(2026, 3, 1)) == new
    assert policies.current_text(Purpose.PUBLIC_NAME, date(2026, 1, 31)) == first.text
    assert agree(household).text == new


def test_withdrawing_ends_the_yes_to_every_version_and_keeps_the_rows(household: Producer) -> None:
    first = agree(household)
    ConsentText.objects.create(purpose=Purpose.PUBLIC_NAME, version=2, text="Lời mới", effective_from=date(2026, 2, 1))
    second = agree(household)
    user = producer_user(household, "0900000011")
    withdraw_consent(second, by=user)
    assert not policies.has_consent(household, Purpose.PUBLIC_NAME)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert Consent.objects.count() == 2
    withdraw_consent(second, by=user)
    assert AuditEvent.objects.filter(verb="privacy.consent_withdrawn").count() == 2


def test_a_yes_after_a_withdrawal_is_a_new_row(household: Producer) -> None:
    withdraw_consent(agree(household), by=producer_user(household, "0900000011"))
    agree(household)
    assert policies.has_consent(household, Purpose.PUBLIC_NAME)
    assert Consent.objects.count() == 2


def test_an_official_records_a_paper_with_its_place(household: Producer, gia_lai: Office) -> None:
    consent = give_consent(
        household,
        Purpose.ONBOARDING,
        given_by_name="Bà Na (giả lập)",
        channel=PAPER,
        evidence="Phiếu số 12, tủ hồ sơ 3",
        by=gia_lai.helper,
    )
    assert consent.recorded_by == gia_lai.helper
    assert consent.given_by is None


def test_a_paper_without_its_place_is_refused(household: Producer, gia_lai: Office) -> None:
    with pytest.raises(ConsentMissing, match="number of the paper"):
        give_consent(household, Purpose.ONBOARDING, given_by_name="Bà Na", channel=PAPER, by=gia_lai.helper)


def test_a_consent_names_the_person_who_agrees(household: Producer, gia_lai: Office) -> None:
    with pytest.raises(ConsentMissing, match="full name"):
        give_consent(household, Purpose.ONBOARDING, given_by_name=" ", channel=PHONE, by=gia_lai.helper)


@pytest.mark.parametrize("role", ["reviewer", "stranger"])
def test_who_does_not_act_for_the_producer_may_not_record(
    household: Producer, gia_lai: Office, son_la: Office, role: str
) -> None:
    user = gia_lai.reviewers[0] if role == "reviewer" else son_la.manager
    with pytest.raises(NotAllowedForYou):
        give_consent(household, Purpose.ONBOARDING, given_by_name="Bà Na", channel=PHONE, by=user)
    consent = agree(household)
    with pytest.raises(NotAllowedForYou):
        withdraw_consent(consent, by=user)


def test_two_yes_to_one_text_cannot_both_be_stored(household: Producer) -> None:
    consent = agree(household)
    consent.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        consent.save(force_insert=True)


def test_a_legal_entity_is_shown_and_a_household_only_with_consent(household: Producer, gia_lai: Office) -> None:
    assert policies.shows_name(ProducerFactory(province=gia_lai.province, number=77))
    assert not policies.shows_name(household)
    agree(household)
    assert policies.shows_name(household)
