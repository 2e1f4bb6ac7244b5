"""Whether a worker lives, told by the kernel: a lock that it holds, and loses by dying, whatever killed it.

SQLite: `flock` on a file of the worker's own, because all workers are on one host. PostgreSQL: an
advisory lock of a session of its own, on any host. Nothing has to be renewed, so no pause of a slow
machine is taken for a death.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import DatabaseError, connection

LEADER = "leader"
# The first half of the two numbers that name an advisory lock of ours.
LOCKS = 0x7478_776B
# A host that vanished without closing its connections is noticed after this (seconds).
VANISHED = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
STALE = 24 * 60 * 60  # seconds after which a lock file that nobody holds is removed


def new_worker_id() -> str:
    """Return a name for a worker: eight hexadecimal digits, because PostgreSQL names its locks by numbers."""
    return secrets.token_hex(4)


class FileLock:
    """A lock that ends with the process: `flock` on VAR_DIR/workers/<name>.lock."""

    def __init__(self, name: str) -> None:
        self.path = _path(name)
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Take the lock unless somebody has it."""
        if self._file:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("ab")
        if not _try_lock(file):
            file.close()
            return False
        self._file = file
        # A child without a program of its own would go on holding it after we died.
        os.register_at_fork(after_in_child=file.close)
        return True

    def release(self) -> None:
        """Give it back."""
        if self._file:
            self._file.close()
            self._file = None


class SessionLock:
    """A lock that ends with a database session of its own."""

    def __init__(self, name: str) -> None:
        self.number = _number(name)
        self._connection = connection.copy()
        self._connection.inc_thread_sharing()  # taken by one thread, kept by another
        self._has = False

    def take(self) -> bool:
        """Take the lock, again if its session was lost; False while somebody else has it."""
        try:
            with self._connection.cursor() as cursor:
                if not self._has:
                    cursor.execute(VANISHED)
                    cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, self.number])
                    self._has = cursor.fetchone()[0]
                else:
                    cursor.execute("SELECT 1")
        except DatabaseError:
            self.release()
            raise
        return self._has

    def release(self) -> None:
        """Give the lock back, then end the session: the server may take a moment to see that it ended."""
        with suppress(DatabaseError):
            if self._has:
                with self._connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, self.number])
        self._has = False
        with suppress(DatabaseError):
            self._connection.close()


Lock = FileLock | SessionLock


def lock(name: str) -> Lock:
    """Return the lock of a worker, or of LEADER, not yet taken."""
    return SessionLock(name) if connection.vendor == "postgresql" else FileLock(name)


def living(names: Iterable[str]) -> set[str]:
    """Return those of the workers that live."""
    asked = set(names)
    if not asked:
        return set()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s AND objsubid = 2"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                [LOCKS],
            )
            held = {number for (number,) in cursor.fetchall()}
        return {name for name in asked if _number(name) % 2**32 in held}
    return {name for name in asked if _is_held(_path(name))}


def any_living() -> bool:
    """Whether any worker lives."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s"
                " AND objid <> %s AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
                [LOCKS, _number(LEADER)],
            )
            return bool(cursor.fetchone()[0])
    return any(_is_held(path) for path in _path("").parent.glob("*.lock") if path.stem != LEADER)


def remove_stale() -> None:
    """Remove the lock files of workers that died long ago."""
    for path in _path("").parent.glob("*.lock"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - STALE and not _is_held(path):
                path.unlink()


def _is_held(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return not _try_lock(file, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def _try_lock(file: IO[bytes], how: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _path(name: str) -> Path:
    return Path(settings.VAR_DIR, "workers", f"{name}.lock")


def _number(name: str) -> int:
    """Return the signed 32-bit number that PostgreSQL knows the lock by."""
    value = 0 if name == LEADER else int(name, 16)
    return value - 2**32 if value >= 2**31 else value
