"""Doing a job: chunk after chunk, each committed with its cursor and its progress."""

from __future__ import annotations

from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from jobs import queue
from jobs.errors import Interrupted, PartLost, Superseded
from jobs.files import ChunkFile
from jobs.kinds import Chunk, kind_of
from jobs.models import Job
from jobs.queue import Claim

_is_to_stop = False  # plain, because a signal handler may interrupt anything, also somebody who holds a lock


def ask_to_stop() -> None:
    """Let the chunk in hand be the last one of this process."""
    global _is_to_stop
    _is_to_stop = True


def is_to_stop() -> bool:
    """Whether this process was asked to stop: looked at between chunks."""
    return _is_to_stop


def forget_stop() -> None:
    """Begin anew."""
    global _is_to_stop
    _is_to_stop = False


@task(takes_context=True)
def run_job(context: TaskContext, pk: int) -> None:
    """Do a job, or what is left of it. Its path stands in the queue's rows: never move it."""
    result = context.task_result
    run(pk, Claim(UUID(result.id), result.worker_ids[-1]))


def run(pk: int, claim: Claim) -> None:
    """Do what is left of a job, whoever began it.

    Raises Interrupted between two chunks when the worker is to stop, and ClaimLost when another
    worker was given the task; then nothing of the last chunk is kept.
    """
    try:
        job = _begin(pk, claim)
        while job.is_open:
            job = _go_on(job, claim)
    except Superseded:
        return
    if job.state != Job.State.FAILED:  # a failed one may go on later
        ChunkFile(job).remove()


def _go_on(job: Job, claim: Claim) -> Job:
    if is_to_stop():
        raise Interrupted
    try:
        chunk = kind_of(job).step(job, job.cursor)
    except PartLost:
        return _start_over(job.pk, claim)
    return _keep(job.pk, chunk, claim)


def _mine(pk: int, claim: Claim) -> Job:
    """Return the job, locked until the transaction ends; the task must be this worker's and be the job's."""
    queue.held(claim)
    job: Job | None = Job.objects.select_for_update().filter(pk=pk, task=claim.task).first()
    if job is None:
        raise Superseded
    return job


@transaction.atomic
def _begin(pk: int, claim: Claim) -> Job:
    job = _mine(pk, claim)
    if job.state == Job.State.WAITING:
        job.state, job.started_at = Job.State.RUNNING, job.started_at or timezone.now()
        job.save(update_fields=["state", "started_at"])
    return job


@transaction.atomic
def _start_over(pk: int, claim: Claim) -> Job:
    job = _mine(pk, claim)
    if not job.cursor:
        raise PartLost(f"job {pk} has no file at its very beginning")  # so that it never turns in a circle
    job.cursor, job.done = {}, 0
    job.save(update_fields=["cursor", "done"])
    return job


def _keep(pk: int, chunk: Chunk, claim: Claim) -> Job:
    """Commit a chunk: its rows, the cursor, the progress, and at the end the file. A stopped job keeps nothing."""
    stored, digest = chunk.file.store(chunk.file_name) if chunk.file else ("", "")
    with transaction.atomic():
        job = _mine(pk, claim)
        is_wanted = job.is_open
        if is_wanted:
            chunk.write()
            _set(job, chunk, stored, digest)
            queue.count_anew(claim)
    if stored and not is_wanted:
        default_storage.delete(stored)
    return job


def _set(job: Job, chunk: Chunk, stored: str, digest: str) -> None:
    job.done = chunk.done
    if chunk.cursor is None:
        job.state, job.finished_at = Job.State.DONE, timezone.now()
        job.total = job.total or job.done
        job.file, job.file_name, job.sha256 = stored, chunk.file_name, digest
    else:
        job.cursor = chunk.cursor
    job.save(update_fields=["cursor", "done", "total", "state", "finished_at", "file", "file_name", "sha256"])
