"""The producer's home asks the database as often for many dossiers as for few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onboarding.actions.dossier import open_dossier
from projects.models import PilotProject
from registry.models import Producer
from tests.factories.dossiers import STARTED, running_project, selected
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, ProductFactory, producer_user


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    return running_project(gia_lai)


def open_many(project: PilotProject, office: Office, producer: Producer, numbers: range) -> None:
    for number in numbers:
        product = ProductFactory(producer=producer, number=number, name=f"Mít {number}", gtin=None)
        onboarding = selected(project, office, product=product)
        open_dossier(onboarding, by=office.manager, now=STARTED)


def questions(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get("/stamps/mine/")
    return len(queries)


def test_the_home_of_a_producer_asks_as_often_for_8_dossiers_as_for_2(
    client: Client, project: PilotProject, gia_lai: Office
) -> None:
    producer = ProducerFactory(province=gia_lai.province)
    client.force_login(producer_user(producer, "nong-dan"))
    open_many(project, gia_lai, producer, range(1, 3))
    questions(client)
    few = questions(client)
    open_many(project, gia_lai, producer, range(3, 9))
    assert questions(client) == few
