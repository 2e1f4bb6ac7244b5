"""The queue's own rows: who takes which task, what becomes of it, and what a dead worker left.

The one door to django-tasks-db, whose worker knows neither retry nor a worker's death.
"""

from __future__ import annotations

import errno
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from traceback import format_exception
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from jobs.errors import ClaimLost, KindUnknown
from jobs.files import ChunkFile
from jobs.liveness import living
from jobs.models import Job
from people.errors import Refusal

# How often a task is tried before it is given up; a job's commit of a chunk begins the count anew.
ATTEMPTS = 5
# Seconds before it is tried again after an error, by the number of tries behind it. After a worker's death: none.
BACK_OFF = (1, 5, 30, 120)
KEEP_DONE, KEEP_FAILED = timedelta(days=14), timedelta(days=90)
BATCH = 1000
# EFBIG: the service has a limit on its files (LimitFSIZE of systemd), which is no other matter for who waits.
DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

Row = DBTaskResult[Any, Any]
READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING


@dataclass(frozen=True)
class Claim:
    """A task in the hands of a worker."""

    task: UUID
    worker: str


def take(worker: str, queues: Collection[str] = ()) -> Row | None:
    """Take the next task of the queues (none named: of all); None when there is nothing to do."""
    ready = DBTaskResult.objects.ready()
    if queues:
        ready = ready.filter(queue_name__in=queues)
    if not ready.exists():  # on SQLite an idle worker must not take the one write lock
        return None
    with transaction.atomic():
        found = ready.get_locked()
        if found is not None:
            found.claim(worker)
        return found


def held(claim: Claim) -> Row:
    """Return the task, locked until the transaction ends. Raises ClaimLost when it is not this worker's any more."""
    task = DBTaskResult.objects.select_for_update().filter(pk=claim.task, status=RUNNING).first()
    if task is None or task.worker_ids[-1:] != [claim.worker]:
        raise ClaimLost(f"task {claim.task} is not worker {claim.worker}'s any more")
    return task


def count_anew(claim: Claim) -> None:
    """Forget the earlier tries of a held task: it has come further since."""
    task = held(claim)
    if len(task.worker_ids) > 1:
        task.worker_ids = task.worker_ids[-1:]
        task.save(update_fields=["worker_ids"])


@transaction.atomic
def finish(claim: Claim) -> None:
    """The task was done."""
    held(claim).set_successful(None)


@transaction.atomic
def put_back(claim: Claim) -> None:
    """The worker stops: the task waits for another one at once, and this was no try."""
    task = held(claim)
    task.status, task.worker_ids = READY, task.worker_ids[:-1]
    task.save(update_fields=["status", "worker_ids"])


@transaction.atomic
def fail(claim: Claim, error: BaseException) -> bool:
    """The task ended with an error: let it be tried again later, or give it up; return whether it was given up.

    A Refusal is for a person to mend and is not tried again. The reason stays with the task.
    """
    task = held(claim)
    tries = len(task.worker_ids)
    if isinstance(error, Refusal):
        _give_up(task, str(error), error)
        return True
    if tries >= ATTEMPTS:
        _give_up(task, _reason_of(error), error)
        return True
    task.status, task.run_after = READY, timezone.now() + timedelta(seconds=BACK_OFF[tries - 1])
    _keep_reason(task, error)
    task.save(update_fields=["status", "run_after", "exception_class_path", "traceback"])
    return False


def reap(*, also_dead: str = "") -> int:
    """Return the tasks of dead workers to the queue; give up those that killed five in a row. Return how many.

    Safe to run side by side and at any time. `also_dead` is a worker that lives but has lost its tasks.
    """
    return sum(_reap_one(task, worker) for task, worker in orphans(also_dead=also_dead))


def mend_clock() -> int:
    """Free the tasks whose pause lasts longer than any pause: the clock went back meanwhile. Return how many."""
    now = timezone.now()
    # Tasks without a pause bear the year 9999. A minute's grace, for hosts whose clocks differ.
    late = now + timedelta(seconds=BACK_OFF[-1] + 60)
    stuck = DBTaskResult.objects.filter(status=READY, run_after__gt=late, run_after__lt=get_date_max())
    return stuck.update(run_after=now) if stuck.exists() else 0


def orphans(*, also_dead: str = "") -> list[tuple[UUID, str]]:
    """Return the running tasks whose worker is dead, with the worker ("": none is named)."""
    holders = {pk: ids[-1] if ids else "" for pk, ids in DBTaskResult.objects.running().values_list("pk", "worker_ids")}
    alive = living(filter(None, holders.values())) - {also_dead}
    return [(pk, worker) for pk, worker in holders.items() if worker not in alive]


def jobs_without_task() -> list[Job]:
    """Return the open jobs that no task in the queue will ever do."""
    waiting = DBTaskResult.objects.filter(status__in=(READY, RUNNING)).values("pk")
    return list(Job.objects.open().exclude(task__in=waiting))


@transaction.atomic
def _reap_one(pk: UUID, worker: str) -> bool:
    task = DBTaskResult.objects.select_for_update().filter(pk=pk, status=RUNNING).first()
    if task is None or task.worker_ids[-1:] != ([worker] if worker else []):  # somebody was faster
        return False
    if len(task.worker_ids) >= ATTEMPTS:
        _give_up(task, _killed_each_time(), WorkerDied(", ".join(task.worker_ids)))
    else:
        task.status = READY
        task.save(update_fields=["status"])
    return True


class WorkerDied(Exception):
    """The reason of a task given up because its workers died over it; the message names them."""


def _give_up(task: Row, reason: str, error: BaseException) -> None:
    task.set_failed(error)
    job = Job.objects.select_for_update().open().filter(task=task.pk).first()
    if job is None:
        return
    job.state, job.error, job.finished_at = Job.State.FAILED, reason, timezone.now()
    job.save(update_fields=["state", "error", "finished_at"])


def _keep_reason(task: Row, error: BaseException) -> None:
    task.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    task.traceback = "".join(format_exception(error))


def _reason_of(error: BaseException) -> str:
    """Say to people why a task was given up after five tries."""
    if isinstance(error, KindUnknown):
        return _("This version of the program no longer does this kind of work (%s).") % error
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        return _(
            "There is no space left for this file. What was done before is kept. Tell the administrator to make "
            "space, then try again."
        )
    return _(
        "An error that was not foreseen came up %(count)s times (%(name)s). What was done before is kept. "
        "Try again; if it fails again, give the number of this work to the administrator."
    ) % {"count": ATTEMPTS, "name": type(error).__name__}


def _killed_each_time() -> str:
    return _(
        "The program that did this work was ended %(count)s times at the same place, as when memory runs out. "
        "What was done before is kept. Give the number of this work to the administrator before trying again."
    ) % {"count": ATTEMPTS}


def prune() -> int:
    """Remove finished tasks that nobody needs any more, a thousand at a time; return how many.

    The work as people see it (Job) stays. Many finished rows make the queue slow.
    """
    now, removed = timezone.now(), 0
    old = DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE) | (
        DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED)
    )
    while part := list(old.order_by().values_list("pk", flat=True)[:BATCH]):
        removed += DBTaskResult.objects.filter(pk__in=part).delete()[0]
    return removed


def forget_parts() -> int:
    """Remove what is left of unfinished files of jobs that ended; return how many. A failed one may go on for long."""
    over = Q(state__in=(Job.State.DONE, Job.State.CANCELLED)) | Q(
        state=Job.State.FAILED, finished_at__lt=timezone.now() - KEEP_FAILED
    )
    ended = Job.objects.filter(over, pk__in=ChunkFile.numbers())
    for job in ended:
        ChunkFile(job).remove()
    return len(ended)
