"""What the gate of the rollout asks of stamps."""

from __future__ import annotations

from django.utils.translation import gettext as _

from projects.models import PilotProject
from projects.policies import Rule
from stamps.models import Activation


def stamps_activated_products_at_least(project: PilotProject, minimum: int) -> str:
    """Enrolled products with activated stamps (GL-2.D3)."""
    activated = Activation.objects.filter(
        batch__order__enrolment__project=project, batch__order__enrolment__withdrawn_at=None
    )
    count = activated.values("batch__product").distinct().count()
    if count >= minimum:
        return ""
    return _("%(count)d of at least %(minimum)d products have activated stamps; activate the missing ones.") % {
        "count": count,
        "minimum": minimum,
    }


RULES: dict[str, Rule] = {"stamps_activated_products_at_least": stamps_activated_products_at_least}
