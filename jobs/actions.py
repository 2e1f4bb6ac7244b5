"""Asking for long work, stopping it, and starting it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.errors import JobRefused, KindUnknown
from jobs.kinds import Kind, kind_of
from jobs.models import Job
from jobs.policies import may_steer
from jobs.runner import run_job
from people import audit
from people.models import AdminUnit, User


@transaction.atomic
def start_job(
    kind: type[Kind],
    target: models.Model,
    *,
    by: User,
    province: AdminUnit | None,
    total: int = 0,
    label: str = "",
    url: str = "",
    arguments: dict[str, Any] | None = None,
) -> Job:
    """Ask for a work of that kind on `target`; the one that is open for it already is returned instead.

    Call it inside the transaction of the act that wants it: the work is there if and only if the act
    is. `label` and `url` name the target for people (str and get_absolute_url if left out); `total`
    counts in the kind's unit; `arguments` are plain values for its steps.
    """
    about = audit.label(target)
    open_one: Job | None = Job.objects.open().filter(kind=kind.key, target=about).first()
    if open_one:
        return open_one
    job: Job = Job.objects.create(
        kind=kind.key,
        target=about,
        target_label=(label or str(target))[:200],
        target_url=url or getattr(target, "get_absolute_url", str)(),
        arguments=arguments or {},
        total=total,
        province=province,
        owner=by,
        task=uuid4(),  # until it has one
    )
    _enqueue(job)
    audit.record("job.started", by=by, target=job, case=target, province=province, kind=job.kind)
    return job


@transaction.atomic
def cancel(job: Job, *, by: User) -> Job:
    """Stop a job that waits or goes on; the chunk in hand is not kept. Raises JobRefused."""
    job = _locked(job, by)
    if not job.is_open:
        raise JobRefused(_("This work has ended already; there is nothing to stop."))
    job.state, job.finished_at = Job.State.CANCELLED, timezone.now()
    job.save(update_fields=["state", "finished_at"])
    audit.record("job.stopped", by=by, target=job, province=job.province, kind=job.kind)
    return job


@transaction.atomic
def start_again(job: Job, *, by: User) -> Job:
    """Go on with a job that failed, behind its last chunk; one that was stopped starts over. Raises JobRefused."""
    job = _locked(job, by)
    if job.state not in (Job.State.FAILED, Job.State.CANCELLED):
        raise JobRefused(_("Only work that failed or was stopped can be started again."))
    if Job.objects.open().filter(kind=job.kind, target=job.target).exists():
        raise JobRefused(_("The same work was asked for again meanwhile and is on its way."))
    if job.state == Job.State.CANCELLED:
        job.cursor, job.done = {}, 0
    job.state, job.error, job.finished_at = Job.State.WAITING, "", None
    job.save(update_fields=["cursor", "done", "state", "error", "finished_at"])
    _enqueue(job)
    audit.record("job.started_again", by=by, target=job, province=job.province, kind=job.kind)
    return job


def _enqueue(job: Job) -> None:
    """Put the job into its kind's queue. A row like others: it comes and goes with the transaction."""
    try:
        queue_name = kind_of(job).queue
    except KindUnknown as error:
        raise JobRefused(_("This version of the program no longer does this kind of work (%s).") % error) from None
    result = run_job.using(queue_name=queue_name).enqueue(job.pk)
    job.task = UUID(result.id)
    job.save(update_fields=["task"])


def _locked(job: Job, by: User) -> Job:
    found: Job = Job.objects.select_for_update(of=("self",)).select_related("province").get(pk=job.pk)
    if not may_steer(by, found):
        raise JobRefused(_("Who asked for this work, the leader or the administrator may do that."))
    return found
