"""The tables of an empty installation, made once by `manage.py migrate` and copied by every process that tests.

Migrations take half a minute of a processor, and CI asks for an empty installation some thirty times: each worker of
each run, each test that starts processes of its own. The copy is thrown away when a line of code or a library changes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "tables"
SERVER = os.environ.get("RACES_URL", "postgresql://postgres@127.0.0.1:5432")


def sqlite() -> Path:
    """Return a SQLite file with all tables, and in them only what migrations put there."""
    path = KEPT / f"{_edition()}.sqlite3"
    with _one_at_a_time():
        if not path.exists():
            for old in KEPT.glob("*.sqlite3*"):
                old.unlink()
            unfinished = path.with_name("unfinished.sqlite3")
            _migrate(f"sqlite:///{unfinished}")
            with closing(sqlite3.connect(unfinished)) as database:
                database.execute("PRAGMA journal_mode=DELETE")  # the whole of it in this one file
            unfinished.rename(path)
    return path


def copy_sqlite(into: sqlite3.Connection) -> None:
    """Fill an empty SQLite database with all tables."""
    with closing(sqlite3.connect(sqlite())) as original:
        original.backup(into)


def postgresql(server: str = SERVER) -> str:
    """Return the name of a database with all tables on a server, to be the template of others."""
    ours = f"txng_tables_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:6]}"
    name = f"{ours}_{_edition()}"
    with _one_at_a_time(), psycopg.connect(f"{server}/postgres", autocommit=True) as database:
        rows = database.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [ours])
        found = {row[0] for row in rows}
        if name not in found:
            for old in found:
                database.execute(f"DROP DATABASE {old} WITH (FORCE)")
            database.execute(f"CREATE DATABASE {ours}")
            _migrate(f"{server}/{ours}")
            database.execute(f"ALTER DATABASE {ours} RENAME TO {name}")
    return name


@cache
def _edition() -> str:
    """Tell this code and its libraries from any other."""
    whole = hashlib.sha256()
    rooms = [room for room in ROOT.iterdir() if (room / "__init__.py").exists() and room.name not in _NO_ROOMS]
    code = [path for folder in (*rooms, ROOT / "tests/workflows/engine/machinery") for path in folder.rglob("*.py")]
    for path in sorted((*code, ROOT / "requirements/dev.txt", Path(__file__))):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


_NO_ROOMS = {"tests", "benchmarks", "tools"}


def _migrate(url: str) -> None:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--run-syncdb", "--verbosity", "0"],
        cwd=ROOT, env=environment, check=True,
    )  # fmt: skip


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
