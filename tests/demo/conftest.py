"""The demo, made once for the tests of a module and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from config.demo import load, main_job, other_cases
from workflows.builtin_templates import register_builtin_templates

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Seed everything and run the main job; return the folder of its files."""
    media = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=str(media)), transaction.atomic():
        load.load_reference()
        register_builtin_templates()
        main_job.run(TODAY, lambda line: None)
        other_cases.run(TODAY, lambda line: None)
        yield media
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _files_go_to_a_temporary_folder(settings: Any, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Tests of the demo read its files where the main job put them."""
    seeded = "demo" in request.fixturenames
    settings.MEDIA_ROOT = str(request.getfixturevalue("demo") if seeded else tmp_path)
