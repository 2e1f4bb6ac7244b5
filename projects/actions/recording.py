"""What every act of field work starts and ends with: who may record now, and the line in the history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import policies
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import PilotProject


def recordable(project: PilotProject, user: User) -> PilotProject:
    """Return the project, locked, when the user may record field work in it now."""
    project = PilotProject.objects.select_for_update(of=("self",)).select_related("province").get(pk=project.pk)
    if not policies.can_record_fieldwork(user, project):
        raise NotAllowedForYou(
            _("Only the managers and field helpers of project %(code)s can record this.") % {"code": project.code}
        )
    if project.status == PilotProject.Status.ACCEPTED:
        raise NotAllowedNow(_("Project %(code)s is accepted; its records stay as they are.") % {"code": project.code})
    return project


def log(project: PilotProject, verb: str, *, by: User, target: Any, at: datetime | None, **facts: Any) -> None:
    """Write the line of the history."""
    audit.record(verb, by=by, target=target, case=project, province=project.province, at=at, **facts)
