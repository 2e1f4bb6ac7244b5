"""What the pages say of rolls: how far each is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobs.models import Job
from people import audit
from stamps.models import Roll
from stamps.pages.orders import SerialRange, serial_range


def jobs_of(rolls: Iterable[Roll]) -> dict[str, Job]:
    """Return the newest work for each roll, by the roll's name in the log."""
    names = [audit.label(roll) for roll in rolls]
    found = Job.objects.filter(kind="stamp_roll", target__in=names).select_related("owner", "province")
    return {job.target: job for job in found.order_by("pk")}


@dataclass(frozen=True)
class RollState:
    """How far a roll is, in words, and the work on its file if there is one."""

    roll: Roll
    tone: str
    label: str
    job: Job | None

    @property
    def range(self) -> SerialRange:
        """Its first and last stamp."""
        return serial_range(self.roll.batch, self.roll.start, self.roll.end)

    @property
    def may_be_made(self) -> bool:
        """Whether its file can be asked for (again)."""
        waits = self.roll.cancelled_at is None and self.roll.released_at is None
        return waits and (self.job is None or not self.job.is_open)

    @property
    def may_be_counted(self) -> bool:
        """Whether what was printed of it can be recorded."""
        return self.roll.released_at is not None and self.roll.reconciled_at is None

    @property
    def may_be_cancelled(self) -> bool:
        """Whether it can still be taken back."""
        return self.roll.cancelled_at is None and self.roll.released_at is None


def states_of(rolls: Iterable[Roll]) -> list[RollState]:
    """Return how far each roll is; two questions for all."""
    known = list(rolls)
    jobs = jobs_of(known)
    return [_state(roll, jobs.get(audit.label(roll))) for roll in known]


def _state(roll: Roll, job: Job | None) -> RollState:
    tone, label = _words(roll, job)
    return RollState(roll, tone, label, job)


def _words(roll: Roll, job: Job | None) -> tuple[str, str]:
    if roll.cancelled_at:
        return "no", _("Taken back")
    if roll.reconciled_at:
        return "ok", _("Printed and counted")
    if roll.released_at:
        return "go", _("Ready to print")
    if job is None or job.state == Job.State.CANCELLED:
        return "no", _("Planned")
    if job.state == Job.State.FAILED:
        return "late", _("Kept back")
    return "wait", _("Being made")


def totals_of(rolls: Iterable[Roll]) -> dict[str, bool]:
    """Return what can be done with all rolls in force together: list the released ones, close all as printed here."""
    counted = [roll for roll in rolls if roll.cancelled_at is None]
    return {
        "released": any(roll.released_at for roll in counted),
        "may_be_closed": all(roll.released_at for roll in counted) and any(not roll.reconciled_at for roll in counted),
    }
