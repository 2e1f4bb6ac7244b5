"""Fixtures for all tests: the cast of two provinces, and files that go to a temporary folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from tests.factories import people

TRIGGERS = [
    import_module(name)
    for name in ("people.migrations.0002_audit_is_append_only", "projects.migrations.0003_baselines_stay")
]


@pytest.fixture(autouse=True)
def _files_go_to_a_temporary_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_what_stays() -> None:
    """Let the cleaning between transactional tests, and nothing else, past the triggers of log and baselines."""
    original = connection.ops.sql_flush

    def sql_flush(*args: Any, **kwargs: Any) -> list[str]:
        found = [triggers.statements(connection.vendor) for triggers in TRIGGERS]
        drop = [statement for _create, drops in found for statement in drops]
        create = [statement for creates, _drop in found for statement in creates]
        return [*drop, *original(*args, **kwargs), *create]

    connection.ops.sql_flush = sql_flush


@pytest.fixture(autouse=True)
def _messages_are_in_english(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let tests quote msgids; a test of Vietnamese wording asks for the fixture `vietnamese`."""
    is_vietnamese = "vietnamese" in request.fixturenames or request.node.get_closest_marker("browser")
    with translation.override("vi" if is_vietnamese else "en"):
        yield


@pytest.fixture
def vietnamese() -> None:
    """Messages as officials read them."""


@pytest.fixture
def gia_lai(db: None) -> people.Office:
    """The office that the tests work in."""
    return people.gia_lai()


@pytest.fixture
def son_la(db: None) -> people.Office:
    """The office of another province."""
    return people.son_la()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failure: there is nothing that CI may leave out."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("TXNG_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("skipped tests are not allowed here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
