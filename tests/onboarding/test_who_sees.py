"""Who sees dossiers, journeys, groups and providers: the province's office and the producer's own people."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from onboarding.models import CohortGroup, Dossier, Onboarding, SolutionProvider
from registry.models import ProducerMember
from tests.factories.dossiers import opened, person_of
from tests.factories.people import Office, UserFactory
from tests.factories.registry import ProducerFactory, fruit_group, producer_user


@pytest.fixture
def dossier(gia_lai: Office) -> Dossier:
    return opened(gia_lai)


@pytest.fixture
def things(dossier: Dossier) -> list[Any]:
    """One of each that hangs on the project of Gia Lai."""
    provider = SolutionProvider.objects.create(
        province=dossier.project.province, name="Đơn vị (giả lập)", portal_proof="15/TT", proved_on="2026-01-05"
    )
    group = CohortGroup.objects.create(project=dossier.project, product_group=fruit_group())
    return [dossier, dossier.onboarding, group, provider]


def seen(things: list[Any], user: Any) -> list[str]:
    return [type(one).__name__ for one in things if type(one).objects.visible_to(user).filter(pk=one.pk).exists()]


EVERYTHING = ["Dossier", "Onboarding", "CohortGroup", "SolutionProvider"]


def test_everybody_of_the_provinces_office_sees_them(things: list[Any], gia_lai: Office) -> None:
    assert seen(things, gia_lai.helper) == seen(things, gia_lai.inspector) == EVERYTHING


def test_the_keeper_of_the_installation_sees_them_without_an_office(things: list[Any]) -> None:
    assert seen(things, UserFactory(username="nguoi-quan-tri", is_superuser=True)) == EVERYTHING


def test_the_producers_person_sees_what_is_about_the_product_and_nothing_of_the_office(
    things: list[Any], dossier: Dossier
) -> None:
    assert seen(things, person_of(dossier)) == ["Dossier", "Onboarding"]


def test_who_no_longer_acts_for_the_producer_sees_nothing(things: list[Any], dossier: Dossier) -> None:
    person = person_of(dossier)
    ProducerMember.objects.filter(user=person).update(is_active=False)
    assert seen(things, person) == []


def test_another_province_another_producer_and_nobody_see_nothing(
    things: list[Any], gia_lai: Office, son_la: Office
) -> None:
    neighbour = producer_user(ProducerFactory(number=77, province=gia_lai.province), "nguoi-la")
    assert seen(things, son_la.leader) == seen(things, neighbour) == seen(things, AnonymousUser()) == []


def test_a_product_that_was_taken_out_leaves_the_persons_list(dossier: Dossier) -> None:
    person = person_of(dossier)
    assert list(Dossier.objects.of_person(person)) == [dossier]
    enrolment = Onboarding.objects.get(pk=dossier.onboarding_id).enrolment
    enrolment.withdrawn_at, enrolment.withdrawal_reason = dossier.opened_at, "Ngừng sản xuất"
    enrolment.save()
    assert not Dossier.objects.of_person(person).exists()
