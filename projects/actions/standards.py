"""Attaching to a model the standards that it applies."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import policies
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import PilotProject
from registry.models import Standard


@transaction.atomic
def attach_standards(
    project: PilotProject, standards: Collection[Standard], *, by: User, now: datetime | None = None
) -> PilotProject:
    """Make `standards` the standards of the model (GL-1.2); the same ones again change nothing.

    Raises NotAllowedForYou for anyone but the project's managers, NotAllowedNow once the project is accepted.
    """
    project = PilotProject.objects.select_for_update(of=("self",)).select_related("province").get(pk=project.pk)
    if not policies.can_manage(by, project):
        raise NotAllowedForYou(
            _("Only the managers of project %(code)s can do this; ask %(manager)s.")
            % {"code": project.code, "manager": project.manager}
        )
    if project.status == PilotProject.Status.ACCEPTED:
        raise NotAllowedNow(_("Project %(code)s is accepted; its records stay as they are.") % {"code": project.code})
    if set(standards) != set(project.standards.all()):
        project.standards.set(standards)
        codes = ", ".join(sorted(standard.code for standard in standards))
        audit.record(
            "project.standards_attached",
            by=by,
            target=project,
            province=project.province,
            at=now,
            codes=codes,
            **policies.standing_in(by, project),
        )
    return project
