"""Rolls for the tests: planned, made by a worker in this process, released."""

from __future__ import annotations

from jobs.models import Job
from jobs.worker import Worker
from people.models import User
from stamps import actions
from stamps.models import Roll, StampBatch
from stamps.printing.layouts import A4_65, SheetLayout


def planned(batch: StampBatch, per_roll: int | None = None, layout: SheetLayout = A4_65, *, by: User) -> list[Roll]:
    """Rolls of the whole batch."""
    actions.plan_rolls(batch, layout=layout, per_roll=per_roll or batch.quantity, by=by)
    return list(batch.rolls.in_force().order_by("number"))


def work() -> None:
    """Do everything that waits."""
    Worker().run(until_empty=True)


def made(batch: StampBatch, per_roll: int | None = None, layout: SheetLayout = A4_65, *, by: User) -> list[Roll]:
    """Rolls of the whole batch with their files."""
    planned(batch, per_roll, layout, by=by)
    actions.request_files(batch, by=by)
    work()
    return list(batch.rolls.in_force().for_page().order_by("number"))


def newest_job() -> Job:
    """The work that was asked for last."""
    job: Job = Job.objects.latest("pk")
    return job


def content(roll: Roll) -> bytes:
    """The bytes of its file."""
    with roll.file.open("rb") as stored:
        return bytes(stored.read())
