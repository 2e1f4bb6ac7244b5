"""What has to happen from time to time: called by `manage.py tick` every few minutes.

Every job is idempotent, safe to run beside itself, and costs at most a query or two when
there is nothing to do.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from viewflow.workflow.timers import fire_due_timers

from documents.fulltext import keep_missing
from documents.integrity import check_some
from notices.sending import send_due
from people.audit import seal
from people.throttle import forget_old
from privacy.reminders import ask_anew
from privacy.reminders import remind as tell_of_requests
from registry.reminders import remind_of_barcodes, remind_of_recognitions
from stamps.actions import forget_reporters
from stamps.fallback.writing import keep_up
from stamps.fast.forget import forget_keys, forget_scans
from workflows.absences import bring_back
from workflows.engine import heal, pass_waits
from workflows.reminders import remind
from workflows.stamp_alerts import open_missing_cases

logger = logging.getLogger(__name__)

Job = Callable[[], int]

JOBS: Mapping[str, Job] = MappingProxyType(
    {
        "parents resumed": heal,
        "waiting steps passed": pass_waits,
        "cases of stamp alerts opened": open_missing_cases,
        "timers fired": fire_due_timers,
        "steps back with their owners": bring_back,
        "reminders told": remind,
        "ends of recognitions told": remind_of_recognitions,
        "ends of barcode rights told": remind_of_barcodes,
        "requests about personal data told": tell_of_requests,
        "new words of consents told": ask_anew,
        "papers read for the search": keep_missing,
        "stored files compared with their hashes": check_some,
        "notices sent": send_due,
        "acts linked in the audit log": seal,
        "old counters of tries removed": forget_old,
        "keys of old scans dropped": forget_keys,
        "old scans forgotten": forget_scans,
        "contacts and photos of old reports deleted": forget_reporters,
        "pages for when nothing answers written": keep_up,
    }
)


def tick(jobs: Mapping[str, Job] = JOBS) -> dict[str, int | None]:
    """Run every job and return how much each did; None for one that failed, which never stops the others."""
    return {name: _run(name, job) for name, job in jobs.items()}


def _run(name: str, job: Job) -> int | None:
    try:
        return job()
    except Exception:
        logger.exception("Tick job “%s” failed; the next tick tries again.", name)
        return None
