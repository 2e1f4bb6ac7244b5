"""Granting stamps to an enrolled product."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import policies
from projects.errors import NotAllowedNow
from projects.models import Enrolment

MAX_STAMP_QUOTA = 100_000_000


@transaction.atomic
def grant_stamps(enrolment: Enrolment, *, quota: int, by: User, now: datetime | None = None) -> Enrolment:
    """Say how many stamps may be issued under the enrolment in all. Raises NotAllowedNow, NotAllowedForYou.

    A quota below what is ordered already takes nothing back; it only keeps more from being ordered.
    """
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("project__province", "product")
        .get(pk=enrolment.pk)
    )
    project, product = enrolment.project, enrolment.product
    policies.check_can_manage(by, project)
    if enrolment.withdrawn_at is not None:
        raise NotAllowedNow(
            _("“%(product)s” no longer takes part in the project, so it gets no stamps.") % {"product": product}
        )
    if not 0 <= quota <= MAX_STAMP_QUOTA:
        raise NotAllowedNow(_("A quota is between 0 and %(most)d stamps.") % {"most": MAX_STAMP_QUOTA})
    if quota != enrolment.stamp_quota:
        facts = {"product": product.name, "before": enrolment.stamp_quota, "after": quota}
        enrolment.stamp_quota = quota
        enrolment.save(update_fields=["stamp_quota"])
        stands_in = policies.standing_in(by, project)
        verb = "project.stamps_granted"
        audit.record(
            verb, by=by, target=enrolment, case=project, province=project.province, at=now, **stands_in, **facts
        )
    return enrolment
