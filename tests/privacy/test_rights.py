"""Who sees consents and requests, and who is turned away at the door of each page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from people.models import User
from privacy.actions import give_consent, hand_out, receive_request
from privacy.errors import NotAllowedForYou
from privacy.models import Consent, DataRequest, Purpose
from registry.models import Producer
from tests.factories.people import Office, UserFactory
from tests.factories.registry import ProducerFactory, producer_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def household(gia_lai: Office) -> Producer:
    return ProducerFactory(province=gia_lai.province, kind=Producer.Kind.HOUSEHOLD, name="Hộ bà Na (giả lập)")


@pytest.fixture
def na(household: Producer) -> User:
    """The household's own person."""
    return producer_user(household, "0900000011")


@pytest.fixture
def consent(household: Producer, na: User) -> Consent:
    return give_consent(
        household, Purpose.PUBLIC_NAME, given_by_name="Bà Na (giả lập)", channel="phone", by=na, given_by=na
    )


@pytest.fixture
def asked(household: Producer, gia_lai: Office) -> DataRequest:
    return receive_request(kind="see", producer=household, requester_name="Bà Na (giả lập)", by=gia_lai.helper)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="people.auth.PhoneOrUsernameBackend")
    return client


# --- rows ------------------------------------------------------------------------------------
def test_a_consent_is_seen_by_its_province_and_by_the_producers_people(
    consent: Consent, na: User, gia_lai: Office, son_la: Office
) -> None:
    keeper = UserFactory(username="nguoi-quan-tri", is_superuser=True)
    neighbour = producer_user(ProducerFactory(number=77, province=gia_lai.province), "nguoi-la")
    for user in (na, gia_lai.clerk, keeper):
        assert list(Consent.objects.visible_to(user)) == [consent]
    for user in (son_la.manager, neighbour, AnonymousUser()):
        assert not Consent.objects.visible_to(user).exists()


def test_the_keeper_of_the_installation_sees_every_request(asked: DataRequest) -> None:
    keeper = UserFactory(username="nguoi-quan-tri", is_superuser=True)
    assert list(DataRequest.objects.visible_to(keeper)) == [asked]


# --- acts ------------------------------------------------------------------------------------
def test_what_is_held_is_handed_to_nobody_else(household: Producer, gia_lai: Office, son_la: Office) -> None:
    for user in (gia_lai.helper, son_la.manager):
        with pytest.raises(NotAllowedForYou):
            hand_out(household, by=user)


def test_a_request_belongs_to_a_producer_or_to_a_province(gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        receive_request(kind="see", requester_name="Bà Na (giả lập)", by=gia_lai.manager)


# --- doors: a form is not even shown to those who may not send it ----------------------------
def test_a_colleague_who_only_reads_gets_no_form_of_a_consent(
    household: Producer, consent: Consent, gia_lai: Office
) -> None:
    reader = browser(gia_lai.reviewers[0])
    give = reverse("privacy:consent_give", args=[household.pk, Purpose.ONBOARDING])
    assert reader.get(give).status_code == 403
    assert reader.get(reverse("privacy:consent_withdraw", args=[consent.pk])).status_code == 403


def test_only_who_takes_requests_down_gets_the_form_for_them(na: User, gia_lai: Office) -> None:
    url = reverse("privacy:request_new")
    assert browser(na).get(url).status_code == browser(gia_lai.reviewers[0]).get(url).status_code == 403
    assert browser(gia_lai.helper).get(url).status_code == 200


def test_an_official_does_not_ask_in_the_producers_place(household: Producer, na: User, gia_lai: Office) -> None:
    url = reverse("privacy:request_ask", args=[household.pk])
    assert browser(gia_lai.manager).get(url).status_code == 403
    assert browser(na).get(url).status_code == 200


@pytest.mark.parametrize("act", ["request_answer", "request_extend", "request_close"])
def test_who_only_took_a_request_down_does_not_decide_about_it(asked: DataRequest, gia_lai: Office, act: str) -> None:
    assert browser(gia_lai.helper).post(reverse(f"privacy:{act}", args=[asked.pk])).status_code == 403
