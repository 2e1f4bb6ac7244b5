"""A manager's own colour for a project, against the computed one: reasoned, and only for a time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import policies
from projects.errors import NotAllowedNow
from projects.models import Judgement, PilotProject
from projects.rag import rag_of

MOST_DAYS = 30  # calendar days that a judgement may hold


@transaction.atomic
def judge(
    project: PilotProject, *, colour: str, reason: str, expires_on: date, by: User, now: datetime | None = None
) -> Judgement:
    """Return the judgement that replaces the project's computed colour until a day, at most 30 days from now.

    It ends earlier when something is recorded or the computed colour gets worse (projects/rag.py).
    Raises NotAllowedForYou for anyone but the project's managers, and NotAllowedNow.
    """
    project = PilotProject.objects.select_for_update(of=("self",)).select_related("province", "manager").get(
        pk=project.pk
    )  # fmt: skip
    policies.check_can_manage(by, project)
    policies.check_is_running(project)
    now = now or timezone.now()
    today = timezone.localdate(now)
    if colour not in Judgement.Colour.values:
        raise NotAllowedNow(_("Choose one of the three colours."))
    if not reason.strip():
        raise NotAllowedNow(_("Give a reason: whoever reads the colour must understand why it differs."))
    if not today <= expires_on <= today + timedelta(days=MOST_DAYS):
        raise NotAllowedNow(
            _("A judgement holds for at most %(days)d days: choose a day until %(last)s.")
            % {"days": MOST_DAYS, "last": (today + timedelta(days=MOST_DAYS)).strftime("%d/%m/%Y")}
        )
    computed = rag_of(project, today).computed
    judgement = Judgement.objects.create(
        project=project,
        colour=colour,
        computed=computed,
        reason=reason.strip(),
        by=by,
        at=now,
        expires_on=expires_on,
    )
    audit.record(
        "project.judged",
        by=by,
        target=judgement,
        case=project,
        province=project.province,
        at=now,
        colour=colour,
        reason=judgement.reason,
    )
    return judgement
