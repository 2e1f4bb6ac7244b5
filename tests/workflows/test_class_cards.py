"""Claim cards for a class: whose, several on a sheet, and nobody's refusal keeps the others waiting."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from people.claim_models import ClaimCard
from people.models import User
from projects.actions.attendance import record_attendance
from projects.models import PilotProject, TrainingSession
from registry.models import Producer, ProducerMember
from tests.factories.fieldwork import invite, make_class
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, producer_user

pytestmark = pytest.mark.django_db
DAO, LOC = "0900000012", "0900000013"


@pytest.fixture
def project(gia_lai: Office, client: Client) -> PilotProject:
    client.force_login(gia_lai.helper)
    return make_project(gia_lai)


@pytest.fixture
def held(project: PilotProject, gia_lai: Office) -> TrainingSession:
    return make_class(project, gia_lai.helper)


@pytest.fixture
def producers(gia_lai: Office) -> list[Producer]:
    return [ProducerFactory(number=number, province=gia_lai.province) for number in (71, 72)]


def come(held: TrainingSession, producer: Producer, office: Office, *, name: str, phone: str) -> str:
    """Let a person come to the class; return the value of the person's box."""
    record_attendance(held, producer=producer, person_name=name, phone=phone, by=office.helper)
    return f"{producer.pk}-{phone}"


def url(held: TrainingSession) -> str:
    return f"/projects/GL-99/training/{held.pk}/cards/"


def test_those_who_came_are_ticked_and_those_only_invited_are_not(
    client: Client, held: TrainingSession, producers: list[Producer], gia_lai: Office
) -> None:
    come(held, producers[0], gia_lai, name="Đào (giả lập)", phone=DAO)
    invite(held, gia_lai, name="Lộc (giả lập)", phone=LOC, producer=producers[1])
    page = client.get(url(held)).content.decode()
    boxes = re.findall(r'<input class="form-check-input"[^>]*name="person"[^>]*>', page)
    assert ["checked" in box for box in sorted(boxes, key=lambda box: LOC in box)] == [True, False]


def test_each_gets_a_card_of_their_own_with_which_they_get_in(
    client: Client, held: TrainingSession, producers: list[Producer], gia_lai: Office
) -> None:
    keys = [
        come(held, producers[0], gia_lai, name="Đào (giả lập)", phone=DAO),
        come(held, producers[1], gia_lai, name="Lộc (giả lập)", phone=LOC),
    ]
    answer = client.post(url(held), {"person": keys})
    page = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert page.count('<article class="claim-card">') == 2
    assert {member.user.phone for member in ProducerMember.objects.filter(producer__in=producers)} == {DAO, LOC}
    links, codes = re.findall(r"/CLAIM/[A-Z2-7]{26}/", page), re.findall(r"<b>(\d{3} \d{3})</b>", page)
    assert Client().post(links[0], {"code": codes[0]}).status_code == 302
    assert Client().post(links[1], {"code": codes[1]}).status_code == 302


def test_the_same_person_on_both_lists_gets_one_card(
    client: Client, held: TrainingSession, producers: list[Producer], gia_lai: Office
) -> None:
    key = come(held, producers[0], gia_lai, name="Đào (giả lập)", phone=DAO)
    invite(held, gia_lai, name="Đào (giả lập)", phone=DAO, producer=producers[0])
    assert client.get(url(held)).content.decode().count(f'value="{key}"') == 1


@pytest.mark.parametrize("case", ["no phone", "has a PIN", "acts for another"])
def test_who_can_get_no_card_here_has_no_box_and_reads_why(
    client: Client, held: TrainingSession, producers: list[Producer], gia_lai: Office, case: str
) -> None:
    if case != "no phone":
        user = producer_user(producers[0 if case == "has a PIN" else 1], DAO)
        User.objects.filter(pk=user.pk).update(phone=DAO)
    key = come(held, producers[0], gia_lai, name="Đào (giả lập)", phone="" if case == "no phone" else DAO)
    page = client.get(url(held)).content.decode()
    assert f'value="{key}"' not in page
    why = {"no phone": "no phone number", "has a PIN": "signs in with a PIN", "acts for another": "account already"}
    assert why[case] in page
    assert "claim-card" not in client.post(url(held), {"person": [key]}).content.decode()
    assert not ClaimCard.objects.exists()


def test_one_refusal_keeps_nobody_else_s_card_back(
    client: Client, held: TrainingSession, producers: list[Producer], gia_lai: Office
) -> None:
    keys = [
        come(held, producers[0], gia_lai, name="Đào (giả lập)", phone=DAO),
        come(held, producers[1], gia_lai, name="Lộc (giả lập)", phone=LOC),
    ]
    producer_user(producers[0], "dao")
    User.objects.filter(username="dao").update(phone=DAO, is_active=False, password="!")
    page = client.post(url(held), {"person": keys}).content.decode()
    assert page.count('<article class="claim-card">') == 1
    assert "The account of" in page


def test_nobody_ticked_is_said_and_opens_no_account(
    client: Client, held: TrainingSession, producers: list[Producer], gia_lai: Office
) -> None:
    come(held, producers[0], gia_lai, name="Đào (giả lập)", phone=DAO)
    answer = client.post(url(held))
    assert answer.status_code == 422
    assert "Nobody is ticked" in answer.content.decode()
    assert not User.objects.filter(phone=DAO).exists()


def test_opening_the_page_opens_no_account(
    client: Client, held: TrainingSession, producers: list[Producer], gia_lai: Office
) -> None:
    come(held, producers[0], gia_lai, name="Đào (giả lập)", phone=DAO)
    assert client.get(url(held)).status_code == 200
    assert not ClaimCard.objects.exists()
