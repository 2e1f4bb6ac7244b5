"""Who may stop a job or take it up again, and who may have its file."""

from __future__ import annotations

from jobs.kinds import kinds
from jobs.models import Job
from people.models import Membership, User
from people.scope import scope_of

HEADS = (Membership.Role.LEADER, Membership.Role.ADMINISTRATOR)


def may_steer(user: User, job: Job) -> bool:
    """Whether the user may stop the job or start it again: who asked for it, and the heads of the province."""
    scope = scope_of(user)
    if scope.is_keeper or job.owner_id == user.pk:
        return True
    return job.province_id is not None and scope.has_role(*HEADS, province_id=job.province_id)


def may_fetch(user: User, job: Job) -> bool:
    """Whether the user may have the file of a job that they see."""
    kind = kinds().get(job.kind)
    return bool(job.file and kind and kind.may_fetch(job, user))
