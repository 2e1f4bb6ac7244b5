"""What the processes do that the kill test of papers kills. Runs in one process, which forks those to be killed."""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from config import invariants
from documents.models import DocumentVersion, NumberSeries, RegisterEntry
from projects.models import Deliverable
from tests.factories import people
from tests.factories.databases import make_tables
from tests.ground import world
from tests.kill import say
from workflows import papers

LOOKED_AT = ("I3 files of rows", "I4 audit chain", "I6 register numbers", "I6 issued papers", "I9 database file")
DRAFTED, ISSUED = b"d", b"i"
STEPS = 3  # two drafts and the issue


def build(count: str) -> None:
    """Make a project with so many papers, each as the leader's approval leaves it."""
    make_tables()
    office = people.gia_lai()
    world.project_of_many_papers(office, int(count), code="GL-01")
    now = timezone.now()
    waiting().update(
        status=Deliverable.Status.WITH_LEADER,
        round=1,
        submitted_by=office.manager,
        submitted_at=now,
        approved_by=office.leader,
        approved_at=now,
    )


def go(seed: str) -> None:
    """Kill a process in one of the three steps of each paper, finish the paper in another, look both times."""
    chance = random.Random(seed)  # noqa: S311  no secret
    faults: list[str] = []
    ends = dict.fromkeys(range(STEPS + 1), 0)
    usual = finished(next(iter(waiting())), faults)  # the first is not killed: it says how long the work takes
    for paper in list(waiting())[1:]:
        told = in_child(paper, chance.randrange(STEPS), chance.uniform(0, 0.6 * usual / STEPS))
        ends[len(told)] += 1
        faults += outcome(paper, told)
        if not issued(paper):
            usual = min(usual, finished(paper, faults))
        if not issued(paper):
            faults.append(f"{paper.code} could not be finished")
    say({"faults": faults, "ends": ends, "numbers": numbers(), "orphans": orphans(), "left": cleaned()})


def finished(paper: Deliverable, faults: list[str]) -> float:
    """Do the whole work in a process that nobody kills; return how long it took."""
    started = time.monotonic()
    faults += outcome(paper, in_child(paper))
    return time.monotonic() - started


def in_child(paper: Deliverable, step: int | None = None, after: float = 0) -> bytes:
    """Draft the paper twice and issue it in a forked process; return what it told.

    With a step it is killed so many seconds after it told of that many steps.
    """
    connections.close_all()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        work(paper, writer)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = b"" if step is None else pipe.read(step)
        if step is not None:
            time.sleep(after)
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return told + pipe.read()


def work(paper: Deliverable, told: int) -> None:
    office = people.gia_lai()
    for _draft in range(2):
        world.draft(paper, office.manager)
        os.write(told, DRAFTED)
    with transaction.atomic():
        papers.issue(paper)
    os.write(told, ISSUED)


def outcome(paper: Deliverable, told: bytes) -> list[str]:
    """Return what is wrong after a kill: an acknowledged act that is lost, or a broken invariant."""
    connections.close_all()
    drafts = DocumentVersion.objects.filter(document__deliverable=paper).count()
    problems = [f"{paper.code}: {told!r} was told, {drafts} versions are there"] if drafts < len(told) else []
    if ISSUED in told and not issued(paper):
        problems.append(f"{paper.code} was told to be issued and is not")
    return problems + [str(found) for name in LOOKED_AT for found in invariants.CHECKS[name]()]


def waiting() -> object:
    return Deliverable.objects.filter(stage__project__code="GL-01", stage__kind="survey").order_by("pk")


def issued(paper: Deliverable) -> bool:
    return RegisterEntry.objects.filter(version__document__deliverable=paper).count() == 1


def numbers() -> list[list[object]]:
    """The numbers given out, by symbol, and the counter that should stand at the last."""
    return [
        [series.symbol, sorted(series.entries.values_list("number", flat=True)), series.last_number]
        for series in NumberSeries.objects.order_by("symbol")
    ]


def orphans() -> int:
    """How many files the kills left behind, that no row names."""
    invariants.GRACE = timedelta(seconds=-60)  # look at young ones as well
    return sum(1 for _found in invariants.rows_of_files())


def cleaned() -> list[str]:
    """What is still wrong after the orphans are taken away."""
    from config.management.commands import remove_orphans

    remove_orphans.GRACE = invariants.GRACE
    call_command("remove_orphans", stdout=StringIO())
    return [str(found) for name in (*LOOKED_AT, "I3 rows of files") for found in invariants.CHECKS[name]()]
