"""Fixtures for all tests: the cast of two provinces, and files that go to a temporary folder."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import translation

from people.models import User
from tests import tables
from tests.factories import people

TRIGGERS = [
    import_module(name)
    for name in (
        "people.migrations.0002_audit_is_append_only",
        "projects.migrations.0003_baselines_stay",
        "documents.database",
    )
]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> sqlite3.Connection | None:
    """Give the database under test its tables before Django migrates it, which then finds nothing to do."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = tables.postgresql(_server())
        return None
    in_memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    tables.copy_sqlite(in_memory)
    return in_memory  # what is in memory is gone when the last connection closes


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings: sqlite3.Connection | None, django_db_setup: None) -> None:
    """Let go of the tables once Django has them: a second connection deadlocks SQLite's look at the full-text index."""
    if django_db_modify_db_settings:
        django_db_modify_db_settings.close()


@pytest.fixture(autouse=True, scope="session")
def _long_work_goes_to_a_folder_of_this_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let worlds that are made once for many tests, side by side, not write into one unfinished file."""
    with override_settings(VAR_DIR=tmp_path_factory.mktemp("var")):
        yield


@pytest.fixture(autouse=True)
def _files_go_to_a_temporary_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.VAR_DIR = tmp_path
    settings.STAMPS_FALLBACK_DIR = tmp_path / "fallback"


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_what_stays() -> None:
    """Let the cleaning between transactional tests, and only that, past the triggers of log, baselines and papers."""
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


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A browser in which a person is logged in."""
    return people.signed_in


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only SQLite does on another database; with TXNG_ONLY_DATABASE also what never meets one.

    With TXNG_ROOMS only tests in folders of these names are kept, and those that need PostgreSQL wherever they are.
    """
    others = [item for item in items if not _belongs_here(item)]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _belongs_here(item)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Make the tables that will be copied before the clock of any test runs."""
    if session.config.option.collectonly:
        return
    is_killing = any(item.get_closest_marker("kill") for item in session.items)
    if connection.vendor == "sqlite" and (is_killing or any(map(_meets_a_database, session.items))):
        tables.sqlite()
    if connection.vendor == "postgresql":
        tables.postgresql(_server())
    elif is_killing:
        with suppress(psycopg.OperationalError):  # no server: the tests that need one say so
            tables.postgresql()


def _server() -> str:
    return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}".format(**connection.settings_dict)


def _belongs_here(item: pytest.Item) -> bool:
    if connection.vendor != "sqlite" and item.get_closest_marker("sqlite"):
        return False
    rooms = os.environ.get("TXNG_ROOMS", "").split()
    if rooms and not item.get_closest_marker("postgres") and not {*item.path.parts} & {*rooms}:
        return False
    return not os.environ.get("TXNG_ONLY_DATABASE") or _meets_a_database(item)


def _meets_a_database(item: pytest.Item) -> bool:
    names = {"db", "transactional_db", "django_db_setup"}
    return item.get_closest_marker("django_db") is not None or bool(names & set(getattr(item, "fixturenames", ())))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failure: there is nothing that CI may leave out."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("TXNG_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("skipped tests are not allowed here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
