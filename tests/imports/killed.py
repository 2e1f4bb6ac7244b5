"""An import is killed at many instants. Runs in its own process (`tests.kill.run`), which forks the one to kill."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from benchmarks.imports import workbook
from imports.actions import run_batch
from imports.models import ImportBatch, ImportChange
from people import audit
from people.models import AuditEvent, User
from registry.models import OcopRecognition, Producer, Product
from tests.factories import people
from tests.factories.databases import make_tables
from tests.factories.imports import checked, make_ground
from tests.kill import say

ROWS = 400
TABLES = (Producer, Product, OcopRecognition, ImportChange, AuditEvent)
Counts = list[int]


def go(kills: str, seed: str) -> None:
    """Import the same checked list on a fresh copy of the database again and again; tell what each kill left."""
    make_tables()
    office = people.gia_lai()
    make_ground(office.province)
    batch = checked(workbook(ROWS), office)
    before, database = counts(), Path(settings.DATABASES["default"]["NAME"])
    close()
    original = database.with_suffix(".original")
    shutil.copyfile(database, original)
    usual, after = whole_run(batch.pk, office.manager.pk)
    chance = random.Random(seed)  # noqa: S311  no secret
    ends: Counter[str] = Counter()
    faults: list[str] = []
    for _number in range(int(kills)):
        restore(original, database)
        moment = chance.uniform(0, usual * 1.1)
        killed_during(batch.pk, office.manager.pk, after=moment)
        found, state = counts(), ImportBatch.objects.get(pk=batch.pk).state
        ends["all" if state == ImportBatch.State.DONE else "nothing"] += 1
        if (found, state) not in ((before, "preview"), (after, "done")):
            faults.append(f"after {moment:.3f} s: {found}, {state}")
        audit.seal()
        faults += [f"after {moment:.3f} s: {fault}" for fault in audit.verify()]
        close()
    say({"ends": dict(ends), "faults": faults, "rows": after[1], "usual": round(usual, 2)})


def counts() -> Counts:
    return [model._base_manager.count() for model in TABLES]


def whole_run(batch: int, user: int) -> tuple[float, Counts]:
    """Run it to its end once; return its seconds and what it left."""
    start = time.monotonic()
    pid = forked(batch, user)
    os.waitpid(pid, 0)
    seconds = time.monotonic() - start
    after = counts()
    close()
    return seconds, after


def killed_during(batch: int, user: int, *, after: float) -> None:
    pid = forked(batch, user)
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def forked(batch: int, user: int) -> int:
    """Start the import in a forked process and return its id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        run_batch(ImportBatch.objects.get(pk=batch), by=User.objects.get(pk=user))
    finally:
        os._exit(0)


def close() -> None:
    """Write the log of the database into its file and let go of it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()


def restore(original: Path, database: Path) -> None:
    for rest in ("-wal", "-shm"):
        database.with_name(database.name + rest).unlink(missing_ok=True)
    shutil.copyfile(original, database)
