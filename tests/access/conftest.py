"""Two provinces with the same case, kept for the module."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.access.roles import people
from tests.factories import people as offices
from tests.factories.dossiers import declared
from tests.factories.matters import coming_absence, difficulty
from tests.factories.onboarding import come_on_board
from tests.factories.steering import steer
from tests.ground.shared import one_transaction
from tests.ground.world import World, make_world


@dataclass(frozen=True)
class Provinces:
    """Our case, the same case elsewhere, a client per role, and the stored files of both cases."""

    own: World
    other: World
    clients: dict[str, Client]
    media: Path


@pytest.fixture(scope="module")
def kept(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Provinces]:
    media = tmp_path_factory.mktemp("kept")
    with one_transaction(django_db_blocker, media):
        own = make_world(offices.gia_lai(), code="GL-99", products=2)
        other = make_world(offices.son_la(), code="SL-99", products=2, first=11)
        for world in (own, other):
            steer(world.project, world.milestone)
            difficulty(world.project, by=world.office.helper, to=world.office.leader)
            coming_absence(world.office)
            declared(world.office, come_on_board(world.office, world.enrolment).dossier)
        clients = {role: Client(raise_request_exception=False) for role in people(own, other)}
        for role, user in people(own, other).items():
            if user is not None:
                clients[role].force_login(user, backend="people.auth.PhoneOrUsernameBackend")
        yield Provinces(own, other, clients, media)


@pytest.fixture
def provinces(kept: Provinces, db: None, settings: Any) -> Provinces:
    """Gia Lai (own) and Sơn La (other)."""
    shutil.copytree(kept.media, settings.MEDIA_ROOT)
    return kept
