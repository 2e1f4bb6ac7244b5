"""Opening a producer's account: the claim card, a shared phone number, training first."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from onboarding.actions.accounts import TRAINED_BEFORE_ACCOUNT, trained_before_account
from onboarding.models import Dossier
from people.claim_models import ClaimCard
from people.models import User
from projects.models import GateRule
from registry.models import Producer, ProducerMember
from tests.factories.dossiers import opened, train
from tests.factories.people import Office, member
from tests.factories.registry import ProducerFactory, producer_user

HLAN = {"full_name": "Rơ Châm H’Lan (giả lập)", "phone": "0900 000 012"}
PIN = "280469"


@pytest.fixture
def producer(gia_lai: Office) -> Producer:
    return ProducerFactory(province=gia_lai.province)


@pytest.fixture
def helper(gia_lai: Office, client: Client) -> Client:
    client.force_login(gia_lai.helper)
    return client


def people_url(producer: Producer) -> str:
    return f"/producers/{producer.pk}/people/new/"


def test_the_officer_gets_a_card_with_link_and_code_and_the_person_gets_in_with_it(
    helper: Client, producer: Producer, gia_lai: Office
) -> None:
    gia_lai.helper.phone = "0900000099"
    gia_lai.helper.save()
    page = helper.post(people_url(producer), HLAN).content.decode()
    assert producer.name in page
    assert "0900000099" in page
    link = re.search(r"/CLAIM/[A-Z2-7]{26}/", page)
    code = re.search(r"<b>(\d{3} \d{3})</b>", page)
    assert link
    assert code
    phone = Client()
    assert phone.post(link.group(), {"code": code.group(1)}).status_code == 302
    assert phone.post(f"{link.group()}pin/", {"pin": PIN, "again": PIN})["Location"] == "/"
    assert phone.get("/", follow=True).redirect_chain[-1][0] == "/stamps/mine/"


def test_the_card_is_kept_by_no_cache_and_shown_by_no_second_request(helper: Client, producer: Producer) -> None:
    answer = helper.post(people_url(producer), HLAN)
    assert "no-store" in answer["Cache-Control"]
    assert "CLAIM/" not in helper.get(f"/producers/{producer.pk}/").content.decode()


def test_a_shared_phone_number_is_asked_about_and_becomes_one_account_for_both(
    helper: Client, producer: Producer, gia_lai: Office
) -> None:
    helper.post(people_url(producer), HLAN)
    neighbour = ProducerFactory(number=2, province=gia_lai.province)

    asked = helper.post(people_url(neighbour), HLAN)
    assert asked.status_code == 422
    assert "Does the same person act for" in asked.content.decode()
    assert producer.name in asked.content.decode()
    assert not neighbour.members.exists()

    helper.post(people_url(neighbour), {**HLAN, "is_same_person": "on"})
    user = User.objects.get(phone="0900000012")
    assert set(ProducerMember.objects.filter(user=user).values_list("producer", flat=True)) == {
        producer.pk,
        neighbour.pk,
    }


def test_a_person_who_has_a_pin_keeps_it_and_needs_no_card(helper: Client, producer: Producer, gia_lai: Office) -> None:
    helper.post(people_url(producer), HLAN)
    user = User.objects.get(phone="0900000012")
    user.set_password(PIN)
    user.save()
    ClaimCard.objects.all().delete()
    neighbour = ProducerFactory(number=2, province=gia_lai.province)
    assert helper.post(people_url(neighbour), {**HLAN, "is_same_person": "on"}).status_code == 302
    assert not ClaimCard.objects.exists()


def test_a_new_card_closes_the_one_before(helper: Client, producer: Producer) -> None:
    helper.post(people_url(producer), HLAN)
    member_pk = producer.members.get().pk
    page = helper.post(f"/producers/{producer.pk}/people/{member_pk}/card/")
    assert page.status_code == 200
    assert list(ClaimCard.objects.order_by("pk").values_list("closing", flat=True)) == ["replaced", ""]


def test_an_office_prints_no_card_for_a_person_of_another_province(
    helper: Client, producer: Producer, gia_lai: Office, son_la: Office
) -> None:
    elsewhere = ProducerFactory(number=9, province=son_la.province)
    user = producer_user(elsewhere, "hai-tinh")
    shared = ProducerMember.objects.create(producer=producer, user=user)
    helper.post(f"/producers/{producer.pk}/people/{shared.pk}/card/")
    assert not ClaimCard.objects.exists()


def test_an_official_who_acts_for_a_producer_gets_no_card(helper: Client, producer: Producer, gia_lai: Office) -> None:
    official = member("gl-kiem", "clerk", gia_lai.organisation)
    shared = ProducerMember.objects.create(producer=producer, user=official)
    helper.post(f"/producers/{producer.pk}/people/{shared.pk}/card/")
    assert not ClaimCard.objects.exists()


@pytest.mark.parametrize("who", ["leader", "clerk"])
def test_who_does_not_keep_the_registry_opens_no_account(
    client: Client, gia_lai: Office, producer: Producer, who: str
) -> None:
    client.force_login(getattr(gia_lai, who))
    assert client.get(people_url(producer)).status_code == 403
    assert client.post(people_url(producer), HLAN).status_code == 403


def test_strangers_do_not_learn_of_the_producer(client: Client, son_la: Office, producer: Producer) -> None:
    client.force_login(son_la.manager)
    assert client.post(people_url(producer), HLAN).status_code == 404


# --- training first --------------------------------------------------------------------------
@pytest.fixture
def strict(gia_lai: Office) -> Dossier:
    """A dossier in a project that asks for training before the account."""
    dossier = opened(gia_lai)
    ProducerMember.objects.all().delete()
    GateRule.objects.create(project=dossier.project, rule=TRAINED_BEFORE_ACCOUNT, minimum=1)
    return dossier


@pytest.mark.requirement("GL-2.3")
def test_the_account_opens_only_after_one_of_its_people_was_trained(helper: Client, strict: Dossier) -> None:
    refused = helper.post(people_url(strict.producer), HLAN)
    assert refused.status_code == 422
    assert "only after one of its people was trained" in refused.content.decode()
    assert not strict.producer.members.exists()

    train(strict)
    assert helper.post(people_url(strict.producer), HLAN).status_code == 200
    assert strict.producer.members.count() == 1


@pytest.mark.requirement("GL-2.3")
def test_as_a_gate_it_names_the_producers_that_were_let_in_untrained(strict: Dossier) -> None:
    assert trained_before_account(strict.project, 1) == ""
    producer_user(strict.producer, "som-qua")
    assert strict.producer.name in trained_before_account(strict.project, 1)
    train(strict)
    assert trained_before_account(strict.project, 1) == ""
