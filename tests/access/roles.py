"""Who asks: everyone whose answer may differ."""

from __future__ import annotations

from people.models import User
from tests.ground.world import World

ANONYMOUS = "anonymous"
FARMER = "producer's person"
NEIGHBOUR = "another producer's person of the province"
CLERK, REVIEWER, MANAGER, LEADER = "clerk", "reviewer", "manager", "leader"
STAMP_OFFICER, INSPECTOR, HELPER = "stamp officer", "inspector", "helper"
OTHER_MANAGER, OTHER_LEADER = "another province's manager", "another province's leader"

OFFICE = frozenset({CLERK, REVIEWER, MANAGER, LEADER, STAMP_OFFICER, INSPECTOR, HELPER})
STRANGERS = frozenset({OTHER_MANAGER, OTHER_LEADER})
ANY_USER = OFFICE | STRANGERS | {FARMER, NEIGHBOUR}
PUBLIC = ANY_USER | {ANONYMOUS}
ROLES = sorted(PUBLIC)


def people(own: World, other: World) -> dict[str, User | None]:
    """Return the user of each role: those of `own`, and the strangers from `other`."""
    office = own.office
    neighbour = own.project.enrolled_products().exclude(pk=own.product.pk).get().producer.members.get().user
    return {
        ANONYMOUS: None,
        FARMER: own.farmer,
        NEIGHBOUR: neighbour,
        CLERK: office.clerk,
        REVIEWER: office.reviewers[0],
        MANAGER: office.manager,
        LEADER: office.leader,
        STAMP_OFFICER: office.stamp_officer,
        INSPECTOR: office.inspector,
        HELPER: office.helper,
        OTHER_MANAGER: other.office.manager,
        OTHER_LEADER: other.office.leader,
    }
