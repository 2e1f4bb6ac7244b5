"""What `jobs/_progress.html` shows of a job, on its own page and on others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from jobs import liveness
from jobs.kinds import kinds
from jobs.models import Job
from jobs.policies import may_fetch, may_steer
from jobs.tables import TONES, label_of
from people.models import User

# A worker takes a waiting job within a second unless all are busy; after this somebody should look whether one runs.
LONG = timedelta(seconds=20)


def progress_of(job: Job, user: User) -> dict[str, Any]:
    """Return the context of `jobs/_progress.html`."""
    kind = kinds().get(job.kind)
    waits_long = job.state == Job.State.WAITING and timezone.now() - job.created_at > LONG
    return {
        "job": job,
        "label": label_of(job),
        "unit": kind.unit if kind else "",
        "tone": TONES[job.state],
        "may_fetch": may_fetch(user, job),
        "may_steer": may_steer(user, job),
        "nobody_works": waits_long and not liveness.any_living(),
    }
