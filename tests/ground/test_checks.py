"""What stops an installation from starting wrong: production settings, secrets, and the SQLite guard."""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks
from django.db import connection

from config import checks, invariants

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "txng.vidu.example,tx.vidu.example",
    "STAMPS_HOST": "tx.vidu.example",
    "STAMPS_KEYS": f"0:{secrets.token_hex(32)}",
}
KEY = secrets.token_hex(32)
WAL = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"


def manage(*arguments: str, environment: dict[str, str], var: Path) -> subprocess.CompletedProcess[str]:
    """Run manage.py as on a server: nothing in the environment but what the installation gives."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "TXNG_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def checked(environment: dict[str, str], var: Path) -> subprocess.CompletedProcess[str]:
    return manage("check", "--deploy", "--fail-level", "WARNING", environment=environment, var=var)


def test_production_settings_have_nothing_to_warn_of(tmp_path: Path) -> None:
    run = checked(PRODUCTION, tmp_path)

    assert (run.returncode, run.stdout, run.stderr) == (0, "System check identified no issues (0 silenced).\n", "")


@pytest.mark.parametrize("name", ["SECRET_KEY", "STAMPS_HOST", "STAMPS_KEYS"])
def test_without_a_secret_or_the_host_nothing_starts_and_the_message_names_it(name: str, tmp_path: Path) -> None:
    environment = {key: value for key, value in PRODUCTION.items() if key != name}

    run = manage("migrate", environment=environment, var=tmp_path)

    assert run.returncode != 0
    assert name in run.stderr
    assert not (tmp_path / "txng.sqlite3").exists()


@pytest.mark.parametrize(
    ("name", "value", "finding"),
    [
        ("STAMPS_KEYS", {}, "config.E002"),
        ("STAMPS_KEYS", {"0": "00" * 32}, "config.E002"),
        ("STAMPS_KEYS", {"0": "abcdef0123456789"}, "config.E002"),
        ("STAMPS_KEYS", {"7": KEY}, "config.E002"),
        ("STAMPS_HOST", "", "config.E003"),
        ("STAMPS_HOST", "https://tx.vidu.example", "config.E003"),
        ("STAMPS_HOST", "tx.vidu.example/qr", "config.E003"),
        ("STAMPS_HOST", "TX.vidu.example", "config.E003"),
        ("STAMPS_HANDLED_BY", {"893": "http://id.vidu.example"}, "config.E004"),
        ("STAMPS_HANDLED_BY", {"abc": "https://id.vidu.example"}, "config.E004"),
        ("STAMPS_HANDLED_BY", {"893": "https://127.0.0.1"}, "config.E004"),
        ("STAMPS_HOST", "truyxuat.gialai.gov.vn", "config.W001"),
        ("ALLOWED_HOSTS", ["txng.vidu.example"], "config.W002"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: object, finding: str, settings: Any) -> None:
    settings.LOCAL = False
    settings.STAMPS_HOST, settings.STAMPS_KEYS = "tx.vidu.example", {"0": KEY}
    settings.ALLOWED_HOSTS = [".vidu.example", ".gialai.gov.vn"]
    assert ours() == []

    setattr(settings, name, value)

    found = {message.id: message.msg for message in ours()}
    assert name in found[finding]


def ours() -> list[CheckMessage]:
    """What the product's own checks say, without Django's."""
    messages = run_checks(tags=["security"], include_deployment_checks=True)
    return [message for message in messages if (message.id or "").startswith("config.")]


def test_an_empty_installation_breaks_no_invariant(db: None) -> None:
    assert [str(violation) for violation in invariants.violations()] == []


# --- SQLite ----------------------------------------------------------------------------------
@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 46, 1), (3, 51, 2)])
def test_an_sqlite_that_can_corrupt_a_wal_database_is_refused(version: tuple[int, ...]) -> None:
    [error] = checks.wal_problems(WAL, version)

    assert (error.id, error.is_serious()) == ("config.E001", True)
    assert ".".join(map(str, version)) in error.msg


@pytest.mark.parametrize(("init", "version"), [(WAL, (3, 51, 3)), ("PRAGMA journal_mode=DELETE;", (3, 40, 1))])
def test_a_repaired_sqlite_and_a_rollback_journal_are_let_through(init: str, version: tuple[int, ...]) -> None:
    assert checks.wal_problems(init, version) == []


def test_django_speaks_to_an_sqlite_without_the_bug() -> None:
    assert sqlite3.__name__ == "pysqlite3"
    assert sqlite3.sqlite_version_info >= checks.SAFE_WAL


LOOK = """
from django.db import connection, transaction
with connection.cursor() as cursor:
    for name in ("journal_mode", "synchronous", "mmap_size", "foreign_keys"):
        print(name, cursor.execute(f"PRAGMA {name}").fetchone()[0])
statements = []
with connection.execute_wrapper(lambda run, sql, *rest: (statements.append(sql), run(sql, *rest))[1]):
    with transaction.atomic():
        print(connection.transaction_mode, connection.in_atomic_block)
print(connection.Database.__name__)
"""


def test_the_product_opens_its_database_so_that_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    run = manage("shell", "-v0", "-c", LOOK, environment={"TXNG_DEMO": "1"}, var=tmp_path)

    assert run.stdout.splitlines() == [
        "journal_mode wal",
        "synchronous 2",  # FULL
        "mmap_size 0",
        "foreign_keys 1",
        "IMMEDIATE True",
        "pysqlite3.dbapi2",
    ], run.stderr


def test_a_transaction_takes_its_write_lock_at_once(tmp_path: Path, settings: Any) -> None:
    """Two tabs queue; with DEFERRED one of them would fail with "database is locked"."""
    if connection.vendor != "sqlite":
        return
    options = settings.DATABASES["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 10


def served(environment: dict[str, str], var: Path) -> subprocess.CompletedProcess[str]:
    """Load the application as a web server does, without manage.py."""
    return subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "TXNG_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_web_server_does_not_start_on_what_a_check_refuses(tmp_path: Path) -> None:
    refused = served(PRODUCTION | {"STAMPS_HOST": "https://tx.vidu.example/"}, tmp_path)

    assert refused.returncode != 0
    assert "config.E003" in refused.stderr
    assert served(PRODUCTION, tmp_path).returncode == 0
