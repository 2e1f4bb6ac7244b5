"""The world that the ground tests look at."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from tests.factories import people
from tests.ground.shared import one_transaction
from tests.ground.world import World, make_world


@pytest.fixture(scope="module")
def kept(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    media = tmp_path_factory.mktemp("kept")
    with one_transaction(django_db_blocker, media):
        yield make_world(people.gia_lai()), media


@pytest.fixture
def world(kept: tuple[World, Path], db: None, settings: Any) -> World:
    """Gia Lai with a project in rollout, papers issued and stamps activated; every test has its own copy."""
    shutil.copytree(kept[1], settings.MEDIA_ROOT)
    return copy.deepcopy(kept[0])
