"""Dead workers are known by their locks, and their tasks go back to the queue."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from config.invariants import open_jobs, running_tasks
from jobs import liveness, queue
from jobs.models import Job
from jobs.worker import Worker
from tests.jobs import toy
from tests.jobs.conftest import Start


@pytest.fixture
def worker(db: None) -> Any:
    """A worker that lives: it holds its lock."""
    found = Worker()
    assert found.lock.take()
    yield found
    found.lock.release()


def test_a_worker_lives_as_long_as_it_holds_its_lock(worker: Worker) -> None:
    assert liveness.living([worker.name, "0000dead"]) == {worker.name}
    assert liveness.any_living()
    worker.lock.release()
    assert liveness.living([worker.name]) == set()
    assert not liveness.any_living()


def test_of_two_leaders_only_one_has_the_lock(db: None) -> None:
    first, second = liveness.lock(liveness.LEADER), liveness.lock(liveness.LEADER)
    assert (first.take(), second.take(), first.take()) == (True, False, True)
    first.release()
    assert second.take()
    second.release()


@pytest.mark.sqlite  # a session is not inherited
def test_a_child_without_a_program_of_its_own_does_not_keep_its_parent_alive(worker: Worker) -> None:
    with multiprocessing.get_context("fork").Pool(1) as child:
        child.apply(os.getpid)  # it is there
        worker.lock.release()
        assert liveness.living([worker.name]) == set()


@pytest.mark.sqlite  # PostgreSQL has no files of workers
def test_lock_files_that_nobody_holds_for_a_day_are_removed(worker: Worker, tmp_path: Path) -> None:
    for name in ("old", "young"):
        (tmp_path / "workers" / f"{name}.lock").touch()
    for name in ("old", worker.name):
        os.utime(tmp_path / "workers" / f"{name}.lock", (0, 0))
    liveness.remove_stale()
    assert {path.stem for path in (tmp_path / "workers").iterdir()} == {"young", worker.name}


def test_the_task_of_a_dead_worker_goes_back_to_the_queue_at_once(start: Start) -> None:
    job = start()
    assert queue.take("0000dead")
    assert queue.reap() == 1
    assert DBTaskResult.objects.get(pk=job.task).status == "READY"


def test_the_task_of_a_living_worker_stays_with_it(start: Start, worker: Worker) -> None:
    start()
    assert queue.take(worker.name)
    assert queue.reap() == 0
    assert queue.take("0000beef") is None


def test_a_worker_that_lost_its_tasks_gives_them_back(start: Start, worker: Worker) -> None:
    start()
    assert queue.take(worker.name)
    assert queue.reap(also_dead=worker.name) == 1


def test_a_task_that_somebody_faster_gave_to_another_worker_stays_with_it(
    start: Start, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two reapers saw the same dead worker; before the second one acts the task has gone to a living one."""
    job = start()
    assert queue.take("0000dead")
    seen = queue.orphans()
    assert queue.reap() == 1
    assert queue.take(worker.name)
    monkeypatch.setattr(queue, "orphans", lambda **_how: seen)
    assert queue.reap() == 0
    assert DBTaskResult.objects.get(pk=job.task).status == "RUNNING"


def test_a_task_that_killed_five_workers_in_a_row_is_given_up_with_their_names(start: Start) -> None:
    job = start()
    for number in range(queue.ATTEMPTS):
        assert queue.take(f"{number:08x}")
        queue.reap()
    task = DBTaskResult.objects.get(pk=job.task)
    assert (task.status, queue.take("0000beef")) == ("FAILED", None)
    assert "WorkerDied: 00000000, 00000001" in task.traceback
    job.refresh_from_db()
    assert job.state == "failed"
    assert "ended 5 times at the same place" in job.error


def test_i8_finds_a_running_task_without_a_living_worker(start: Start, worker: Worker) -> None:
    start()
    assert queue.take(worker.name)
    assert list(running_tasks()) == []
    DBTaskResult.objects.update(worker_ids=["0000dead"])
    (violation,) = running_tasks()
    assert "runs in worker 0000dead, which is dead" in str(violation)


def test_i8_finds_an_open_job_without_its_task(start: Start) -> None:
    job = start()
    assert list(open_jobs()) == []
    DBTaskResult.objects.update(status="SUCCESSFUL")
    (violation,) = open_jobs()
    assert violation.subject == f"jobs.job:{job.pk}"
    Job.objects.update(state="cancelled")
    assert list(open_jobs()) == []


def test_an_idle_worker_takes_no_write_lock(worker: Worker, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert queue.take(worker.name) is None
    assert toy.diary() == []
