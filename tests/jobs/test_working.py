"""A worker does what is in the queue: to the end, again after an error, not at all when it was stopped."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jobs import actions, queue, runner
from jobs.errors import ClaimLost, JobRefused, PartLost
from jobs.files import ChunkFile
from jobs.models import Job
from jobs.queue import ATTEMPTS, Claim
from jobs.worker import Clock, Worker
from people.errors import Refusal
from people.models import AuditEvent, Throttle
from tests.factories.people import Office
from tests.jobs import toy
from tests.jobs.conftest import Start, content


def work() -> int:
    """Let a new worker do all that is ready."""
    return Worker().run(until_empty=True)


def task_of(job: Job) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=job.task)


def make_ready() -> None:
    """Let the time of the back-off go by."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


def after(job: Job) -> Job:
    job.refresh_from_db()
    return job


def test_a_job_is_done_chunk_by_chunk_and_its_file_stored_whole(start: Start) -> None:
    job = start()
    assert work() == 1
    assert (after(job).state, job.done, job.percent) == ("done", 3, 100)
    assert content(job) == toy.whole(3)
    assert job.sha256 == hashlib.sha256(toy.whole(3)).hexdigest()
    assert job.sha256[:24] in job.file.name
    assert toy.chunks() == [0, 1, 2]
    assert ChunkFile.numbers() == []


def test_a_job_asked_for_twice_is_one(start: Start) -> None:
    assert start() == start()
    assert DBTaskResult.objects.count() == 1


def test_a_job_whose_act_is_rolled_back_was_never_asked_for(start: Start) -> None:
    with transaction.atomic():
        start()
        transaction.set_rollback(True)
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_after_an_error_the_rows_and_the_progress_of_earlier_chunks_stay(start: Start) -> None:
    job = start(fails_at=1)
    work()
    assert (after(job).state, job.done, job.cursor["next"]) == ("running", 1, 1)
    assert Throttle.objects.count() == 1
    task = task_of(job)
    assert (task.status, "ValueError: toy" in task.traceback) == ("READY", True)
    assert task.run_after > timezone.now()


def test_an_error_is_tried_five_times_with_longer_and_longer_pauses_then_given_up_with_its_reason(start: Start) -> None:
    job = start(fails_at=0)
    pauses = []
    for _attempt in range(ATTEMPTS):
        work()
        pauses.append((task_of(job).run_after - timezone.now()).total_seconds())
        make_ready()
    assert work() == 0
    assert pauses[:4] == pytest.approx(queue.BACK_OFF, abs=1)
    assert (task_of(job).status, task_of(job).exception_class_path) == ("FAILED", "builtins.ValueError")
    assert after(job).state == "failed"
    assert "5 times (ValueError)" in job.error
    assert toy.chunks() == [0] * ATTEMPTS


def test_tries_are_counted_anew_when_the_job_has_come_further(start: Start) -> None:
    job = start(fails_at=2)
    DBTaskResult.objects.filter(pk=job.task).update(worker_ids=["dead1", "dead2", "dead3"])
    work()
    assert len(task_of(job).worker_ids) == 1


def test_what_a_person_must_mend_is_not_tried_again(start: Start) -> None:
    job = start(refuses_at=1)
    work()
    assert (after(job).state, job.error) == ("failed", "Mend it first.")
    assert toy.chunks() == [0, 1]


def test_a_failed_job_goes_on_behind_its_last_chunk_when_it_is_started_again(start: Start, gia_lai: Office) -> None:
    job = start(refuses_at=1)
    work()
    Job.objects.update(arguments={"pieces": 3})
    actions.start_again(job, by=gia_lai.manager)
    work()
    assert (after(job).state, job.error) == ("done", "")
    assert content(job) == toy.whole(3)
    assert toy.chunks() == [0, 1, 1, 2]


def test_a_task_that_is_no_job_is_tried_five_times_too(db: None) -> None:
    toy.stumble.enqueue()
    for _attempt in range(ATTEMPTS + 1):
        work()
        make_ready()
    assert toy.diary() == ["stumbled"] * ATTEMPTS


def test_a_job_stopped_before_its_turn_does_nothing(start: Start, gia_lai: Office) -> None:
    job = start()
    actions.cancel(job, by=gia_lai.manager)
    work()
    assert (after(job).state, toy.diary()) == ("cancelled", [])
    assert task_of(job).status == "SUCCESSFUL"


@pytest.mark.parametrize("at", [1, 2])
def test_a_job_stopped_in_the_middle_of_a_chunk_keeps_nothing_of_it_and_no_file(
    start: Start, gia_lai: Office, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    job = start()
    step = toy.Toy.step

    def stopped_meanwhile(self: Any, job: Job, cursor: Any) -> Any:
        chunk = step(self, job, cursor)
        if cursor.get("next") == at:
            actions.cancel(job, by=gia_lai.manager)
        return chunk

    monkeypatch.setattr(toy.Toy, "step", stopped_meanwhile)
    work()
    assert (after(job).state, job.done, bool(job.file)) == ("cancelled", at, False)
    assert Throttle.objects.count() == at
    assert ChunkFile.numbers() == []
    assert not default_storage.exists(f"jobs/{job.pk}") or default_storage.listdir(f"jobs/{job.pk}")[1] == []


def test_a_stopped_job_starts_over(start: Start, gia_lai: Office) -> None:
    job = start()
    actions.cancel(job, by=gia_lai.manager)
    actions.start_again(job, by=gia_lai.manager)
    work()
    assert after(job).state == "done"
    with pytest.raises(JobRefused, match="Only work that failed"):
        actions.start_again(job, by=gia_lai.manager)


def test_a_stopped_job_starts_over_from_its_beginning(start: Start, gia_lai: Office) -> None:
    job = start()
    Job.objects.update(cursor={"next": 2, "length": 2000}, done=2)
    actions.cancel(job, by=gia_lai.manager)
    actions.start_again(job, by=gia_lai.manager)
    assert (after(job).cursor, job.done, job.state) == ({}, 0, "waiting")


def test_work_that_was_asked_for_again_meanwhile_is_not_started_a_second_time(start: Start, gia_lai: Office) -> None:
    job = start()
    actions.cancel(job, by=gia_lai.manager)
    start()
    with pytest.raises(JobRefused, match="asked for again meanwhile"):
        actions.start_again(job, by=gia_lai.manager)
    assert DBTaskResult.objects.filter(status="READY").count() == 2  # the first one's finds it stopped


def test_a_worker_goes_on_working_after_a_task_that_was_given_to_another(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = start()
    step = toy.Toy.step

    def taken_away(self: Any, job: Job, cursor: Any) -> Any:
        DBTaskResult.objects.filter(pk=job.task).update(worker_ids=["another"])
        return step(self, job, cursor)

    monkeypatch.setattr(toy.Toy, "step", taken_away)
    toy.jot.enqueue("after")
    assert work() == 2
    assert "after" in toy.diary()
    assert task_of(job).worker_ids == ["another"]


def test_a_worker_that_could_not_even_write_the_failure_takes_the_task_up_again(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = start()
    with monkeypatch.context() as broken:
        broken.setattr(queue, "finish", _database_is_gone)
        broken.setattr(queue, "fail", _database_is_gone)
        worker = Worker()
        worker.run(once=True)
    assert task_of(job).status == "RUNNING"
    assert worker.run(until_empty=True) == 1
    assert (task_of(job).status, after(job).state, toy.chunks()) == ("SUCCESSFUL", "done", [0, 1, 2])


def _database_is_gone(*_args: Any) -> None:
    raise OperationalError("the server closed the connection")


def test_a_job_that_has_no_file_at_its_very_beginning_never_turns_in_a_circle(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, calls = start(), []

    def lost(self: Any, job: Job, cursor: Any) -> Any:
        calls.append(cursor)
        if len(calls) > 3:
            raise Refusal("it turns")
        raise PartLost("gone")

    monkeypatch.setattr(toy.Toy, "step", lost)
    work()
    assert (calls, task_of(job).status) == ([{}], "READY")


def test_a_task_of_before_leaves_a_job_that_was_started_again_alone(start: Start, gia_lai: Office) -> None:
    job = start()
    old = queue.take("0000dead")
    actions.cancel(job, by=gia_lai.manager)
    actions.start_again(job, by=gia_lai.manager)
    assert old
    runner.run(job.pk, Claim(old.pk, "0000dead"))
    assert (after(job).state, toy.diary()) == ("waiting", [])


def test_only_its_owner_and_the_heads_of_the_province_stop_a_job(start: Start, gia_lai: Office) -> None:
    job = start()
    with pytest.raises(JobRefused, match="Who asked for this work"):
        actions.cancel(job, by=gia_lai.clerk)
    actions.cancel(job, by=gia_lai.leader)
    verbs = AuditEvent.objects.filter(target=f"jobs.job:{job.pk}").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["job.started", "job.stopped"]


def test_a_worker_whose_task_was_given_to_another_keeps_nothing(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    job = start()
    step = toy.Toy.step

    def taken_away(self: Any, job: Job, cursor: Any) -> Any:
        DBTaskResult.objects.filter(pk=job.task).update(worker_ids=["another"])
        return step(self, job, cursor)

    monkeypatch.setattr(toy.Toy, "step", taken_away)
    task = queue.take("0000dead")
    assert task
    with pytest.raises(ClaimLost):
        runner.run(job.pk, Claim(task.pk, "0000dead"))
    assert (after(job).done, Throttle.objects.count()) == (0, 0)


def test_a_worker_that_is_to_stop_ends_its_chunk_and_leaves_the_rest_to_others(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = start()
    step = toy.Toy.step

    def asked_meanwhile(self: Any, job: Job, cursor: Any) -> Any:
        runner.ask_to_stop()
        return step(self, job, cursor)

    monkeypatch.setattr(toy.Toy, "step", asked_meanwhile)
    work()
    task = task_of(job)
    assert (after(job).done, task.status, task.worker_ids) == (1, "READY", [])
    monkeypatch.setattr(toy.Toy, "step", step)
    runner.forget_stop()
    work()
    assert (after(job).state, toy.chunks()) == ("done", [0, 1, 2])


def test_a_worker_takes_only_from_its_queues(start: Start) -> None:
    start()
    toy.jot.enqueue("bulk")
    assert Worker(["bulk"]).run(until_empty=True) == 1
    assert toy.diary() == ["bulk"]


def test_once_does_one_task(db: None) -> None:
    for word in ("a", "b"):
        toy.jot.enqueue(word)
    assert Worker().run(once=True) == 1


def test_the_command_names_the_queues_that_there_are(db: None) -> None:
    with pytest.raises(CommandError, match="no queue slow; there are critical, default, bulk"):
        call_command("worker", queue=["slow"])


def test_finished_tasks_are_removed_in_time_and_the_work_that_people_see_stays(start: Start) -> None:
    job = start()
    work()
    assert queue.prune() == 0
    DBTaskResult.objects.update(finished_at=timezone.now() - queue.KEEP_DONE - timedelta(minutes=1))
    assert queue.prune() == 1
    assert after(job).state == "done"


def test_the_unfinished_file_of_a_failed_job_stays_until_it_is_long_over(start: Start) -> None:
    job = start(refuses_at=1)
    work()
    assert (queue.forget_parts(), ChunkFile.numbers()) == (0, [job.pk])
    Job.objects.update(finished_at=timezone.now() - queue.KEEP_FAILED - timedelta(minutes=1))
    assert (queue.forget_parts(), ChunkFile.numbers()) == (1, [])


def test_an_unknown_kind_is_tried_again_for_a_worker_of_another_version_and_given_up_in_words(
    start: Start, gia_lai: Office
) -> None:
    job = start()
    Job.objects.update(kind="gone")
    work()
    assert (after(job).state, task_of(job).status) == ("running", "READY")
    for _attempt in range(ATTEMPTS):
        make_ready()
        work()
    assert (after(job).state, toy.diary()) == ("failed", [])
    assert "no longer does this kind of work (gone)" in job.error
    with pytest.raises(JobRefused, match="no longer does this kind of work"):
        actions.start_again(job, by=gia_lai.manager)
    assert after(job).state == "failed"


def test_a_full_disk_is_named_when_the_work_is_given_up(start: Start) -> None:
    job = start(disk_full_at=1)
    for _attempt in range(ATTEMPTS):
        work()
        make_ready()
    assert (after(job).state, job.done) == ("failed", 1)
    assert "no space left" in job.error


def test_a_clock_that_went_back_keeps_no_task_waiting(start: Start) -> None:
    job = start(fails_at=0)
    work()
    assert queue.mend_clock() == 0
    DBTaskResult.objects.update(run_after=timezone.now() + timedelta(days=300))
    assert queue.mend_clock() == 1
    assert work() == 1
    assert task_of(job).worker_ids[1:]


def test_a_task_that_was_never_tried_is_no_case_for_the_clock(start: Start) -> None:
    start()
    assert queue.mend_clock() == 0


def test_a_worker_that_is_ended_in_a_task_leaves_it_to_the_reaper(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what is no Exception: sys.exit in a library, the second SIGTERM."""
    job = start()

    def leave(self: Any, job: Job, cursor: Any) -> Any:
        raise SystemExit(1)

    with monkeypatch.context() as patched:
        patched.setattr(toy.Toy, "step", leave)
        with pytest.raises(SystemExit):
            work()
    assert queue.reap() == 1
    work()
    assert after(job).state == "done"


def test_scheduled_commands_run_when_they_are_due(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WORKER_SCHEDULE = {"tick": 300}
    ran = []
    monkeypatch.setattr("jobs.worker.call_command", lambda name, **_how: ran.append(name))
    clock = Clock()
    for now in (0, 5, 299, 301, 306):
        clock.strike(now)
    assert ran == ["tick", "tick"]
