"""Workers are killed while they make rolls. Runs in its own process, with real `manage.py worker`s."""

from __future__ import annotations

import hashlib
import os
import random
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from config.invariants import open_jobs, running_tasks, violations
from jobs.models import Job
from people import audit
from projects.actions.stamp_quota import MAX_STAMP_QUOTA, grant_stamps
from stamps import actions
from stamps.actions.roll_files import total_of
from stamps.models import Roll
from stamps.printing import roll_content
from stamps.printing.layouts import A4_65
from stamps.printing.sheets import SheetWriter
from tests.factories.stamps import Chain, chain
from tests.jobs.killed import Running, build, done, living, the_holder, wait, wait_for_its_end
from tests.kill import say


class Digest:
    """A file of which only the hash is kept."""

    def __init__(self) -> None:
        self.sum = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.sum.update(data)


def kill_at_random(kills: str, stamps: str, seed: str) -> None:
    """Kill whoever makes a roll at random instants, with another worker standing by."""
    line, chance = chain(build()), random.Random(seed)  # noqa: S311  no secret
    grant_stamps(line.enrolment, quota=MAX_STAMP_QUOTA, by=line.office.manager)
    rolls = [ask(line, int(stamps))]
    crew = {worker.name: worker for worker in (Running(), Running())}
    gaps, broken = [], []
    for _kill in range(int(kills)):
        job = job_of(rolls[-1])
        if not job.is_open or done(job) > job.total * 0.9:
            wait_for_its_end(job)
            rolls.append(ask(line, int(stamps)))
            job = job_of(rolls[-1])
        wait(lambda: living(crew) == set(crew), "two workers")
        begun = done(job)
        wait(lambda: done(job) > begun or not job_of(rolls[-1]).is_open, "a chunk")  # noqa: B023  called at once
        time.sleep(chance.uniform(0, 0.5))
        if not job_of(rolls[-1]).is_open:
            continue
        victim = the_holder(job)
        crew.pop(victim).kill()
        gaps.append(wait(lambda: taken_up(job, victim), "the other worker goes on"))  # noqa: B023  called at once
        broken += [str(violation) for violation in (*running_tasks(), *open_jobs())]
        replacement = Running()
        wait(lambda: replacement.name, "a new worker")  # noqa: B023  called at once
        crew[replacement.name] = replacement
    wait_for_its_end(job_of(rolls[-1]))
    for worker in crew.values():
        worker.kill()
    say(told(rolls, gaps, broken))


def ask(line: Chain, stamps: int) -> Roll:
    """A roll of a batch of its own, and the work on its file."""
    officer, batch = line.office.stamp_officer, line.issued(stamps)
    (roll,) = actions.plan_rolls(batch, layout=A4_65, per_roll=stamps, by=officer)
    actions.request_files(batch, by=officer)
    return roll


def job_of(roll: Roll) -> Job:
    found: Job = Job.objects.get(target=audit.label(roll))
    return found


def taken_up(job: Job, victim: str) -> bool:
    """Whether another worker has the task, or had it."""
    task = DBTaskResult.objects.get(pk=job.task)
    return victim not in task.worker_ids[-1:] and (task.status == "RUNNING" or not job_of_pk(job.pk).is_open)


def job_of_pk(pk: int) -> Job:
    found: Job = Job.objects.get(pk=pk)
    return found


def told(rolls: list[Roll], gaps: list[float], broken: list[str]) -> dict[str, Any]:
    found = [Roll.objects.for_page().get(pk=roll.pk) for roll in rolls]
    return {
        "database": connection.vendor,
        "kills": len(gaps),
        "rolls": len(found),
        "different": [roll.number for roll in found if not is_whole(roll)],
        "unread": [roll.number for roll in found if roll.verified != total_of(roll) - roll.quantity],
        "longest": round(max(gaps), 2),
        "middle": round(sorted(gaps)[len(gaps) // 2], 2),
        "broken": broken + [str(violation) for violation in violations()],
        "parts": len(list(Path(os.environ["TXNG_VAR"], "jobs").iterdir())),
    }


def is_whole(roll: Roll) -> bool:
    """Whether its file is byte for byte what one undisturbed writer makes."""
    with roll.file.open("rb") as stored:
        stored_digest = hashlib.file_digest(stored, "sha256").hexdigest()
    output, size = Digest(), 150 * A4_65.per_page
    with translation.override(settings.LANGUAGE_CODE):
        face, title = roll_content.face_of(roll.batch), roll_content.title_of(roll)
        writer = SheetWriter(output, face, A4_65, title=title)
        for start in range(0, roll.quantity, size):
            writer.write(roll_content.stamps_of(roll, start, min(size, roll.quantity - start)))
        writer.close()
    return output.sum.hexdigest() == stored_digest == roll.sha256
