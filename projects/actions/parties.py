"""Naming who receives and applies the results, where the plan line names nobody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from projects import policies
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import PilotProject, ReceivingParty


@transaction.atomic
def name_receiving_party(project: PilotProject, *, name: str, by: User, now: datetime | None = None) -> ReceivingParty:
    """Return the receiving party of that name, added to the project if new (seed 000, column 5).

    Raises NotAllowedForYou for anyone but the project's managers, NotAllowedNow without a name or
    once the project is accepted.
    """
    project = PilotProject.objects.select_for_update(of=("self",)).select_related("province").get(pk=project.pk)
    if not policies.can_manage(by, project):
        raise NotAllowedForYou(
            _("Only the managers of project %(code)s can do this; ask %(manager)s.")
            % {"code": project.code, "manager": project.manager}
        )
    if project.status == PilotProject.Status.ACCEPTED:
        raise NotAllowedNow(_("Project %(code)s is accepted; its records stay as they are.") % {"code": project.code})
    name = " ".join(name.split())
    if not name:
        raise NotAllowedNow(_("Write the name of the receiving party."))
    party, is_new = ReceivingParty.objects.get_or_create(project=project, name=name)
    if is_new:
        audit.record(
            "project.receiving_party_named", by=by, target=party, case=project, province=project.province, at=now,
            name=name, **policies.standing_in(by, project),
        )  # fmt: skip
    return party
