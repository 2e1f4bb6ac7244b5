"""Workers are killed over many papers of one action. Runs in one process, which forks the workers to be killed."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, connections

from config import invariants
from documents.models import Document, DocumentVersion
from jobs import queue
from jobs.models import Job
from jobs.worker import Worker
from people.models import AuditEvent
from projects.actions import attendance as door
from tests.factories.fieldwork import NOON, invite, make_class
from tests.factories.projects import make_project
from tests.jobs.killed import build
from tests.kill import say
from workflows.builtin_templates import register_builtin_template
from workflows.paper_job import choices_of, prepare_many

LIST = "attendance_list"
CHECKS = ("I3 files of rows", "I4 audit chain", "I6 register numbers", "I6 issued papers", "I9 database file")


def go(papers: str, kills: str, seed: str) -> None:
    """Ask for so many papers at once, kill so many workers over them, let a last one finish, and tell what there is.

    Every other kill is at the instant that matters most: the draft is written, its outcome not yet. The others are at
    any statement of the next two papers.
    """
    chance = random.Random(seed)  # noqa: S311  no secret
    job, broken, killed_at = ask(int(papers)), [], []
    for number in range(int(kills)):
        at_outcome = number % 2 == 0
        bomb = Bomb(at_outcome=at_outcome, nth=chance.randint(1, 3) if at_outcome else chance.randint(1, 120))
        status = os.waitstatus_to_exitcode(os.waitpid(in_child(bomb), 0)[1])
        if status != -signal.SIGKILL:
            broken.append(f"kill {number} never came: {status}")
        killed_at.append(done(job))
        broken += violations() + unequal(job)
    os.waitpid(in_child(work), 0)
    job.refresh_from_db()
    say(
        {
            "state": job.state,
            "killed at": killed_at,
            "outcomes": len(job.cursor["outcomes"]),
            "problems": [each["problem"] for each in job.cursor["outcomes"] if each["problem"]],
            "repeated": sum(not each["is_new"] for each in job.cursor["outcomes"]),
            "broken": broken + violations() + unequal(job) + orphans(),
        }
    )


class Bomb:
    """Work that kills its own process with SIGKILL before the n-th statement that it looks for."""

    def __init__(self, *, at_outcome: bool, nth: int) -> None:
        self.at_outcome, self.left = at_outcome, nth

    def __call__(self) -> None:
        """Work until it goes off."""
        with connection.execute_wrapper(self.look):
            work()

    def look(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count the statement before it is executed."""
        self.left -= not self.at_outcome or (sql.startswith('UPDATE "jobs_job"') and '"cursor"' in sql)
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def ask(papers: int) -> Job:
    """An empty installation with so many classes whose lists are asked for in one action."""
    office = build()
    register_builtin_template(LIST)
    project = make_project(office)
    for _number in range(papers):
        session = make_class(project, office.helper)
        door.check_in(invite(session, office, name="Hồ Văn An (giả lập)", phone=""), by=office.helper, now=NOON)
    chosen = [choice for choice in choices_of(project) if choice.kind == LIST]
    return prepare_many(project, chosen, by=office.manager)


def work() -> None:
    """What a worker does: return the tasks of the dead to the queue, then work until nothing is ready."""
    queue.reap()
    Worker().run(until_empty=True)


def in_child(act: Callable[[], None]) -> int:
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        act()
        os._exit(0)
    return pid


def done(job: Job) -> int:
    return int(Job.objects.values_list("done", flat=True).get(pk=job.pk))


def unequal(job: Job) -> list[str]:
    """What of job, drafts, papers and log does not agree: each paper has one draft, each draft one line in the log."""
    count = done(job)
    found = {
        "drafts": DocumentVersion.objects.count(),
        "papers": Document.objects.count(),
        "log": AuditEvent.objects.filter(verb="document.prepared").count(),
    }
    return [f"{count} papers are done, {name}: {other}" for name, other in found.items() if other != count]


def violations() -> list[str]:
    return [str(found) for name in CHECKS for found in invariants.CHECKS[name]()]


def orphans() -> list[str]:
    """Files that no row names, young ones too: a paper that was killed is written again under the same name."""
    invariants.GRACE = timedelta(seconds=-60)
    return [str(found) for found in (*invariants.rows_of_files(), *invariants.running_tasks(), *invariants.open_jobs())]
