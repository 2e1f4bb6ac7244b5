"""Who may change the registry."""

from people.models import Membership, User
from people.scope import scope_of
from registry.models import LocalStandard, Producer, ProducerMember

Role = Membership.Role
KEEPERS = (Role.MANAGER, Role.HELPER, Role.STAMP_OFFICER, Role.ADMINISTRATOR)
# What a producer's own people may change about their product, besides its picture.
OWN_FIELDS = frozenset({"description"})


def can_keep_registry(user: User, province_id: int) -> bool:
    """Whether the user may add and change producers and products of the province."""
    return scope_of(user).has_role(*KEEPERS, province_id=province_id)


def keeps_a_registry(user: User) -> bool:
    """Whether the user may add producers anywhere."""
    return bool(scope_of(user).provinces_with(*KEEPERS))


def acts_for(user: User, producer: Producer) -> bool:
    """Whether the user is one of the producer's own people."""
    return ProducerMember.objects.filter(user=user, producer=producer, is_active=True).exists()


def can_issue(user: User, paper: LocalStandard) -> bool:
    """Whether the user may record that the paper was issued: the two kinds have different approvers (TH-T3)."""
    if paper.kind == LocalStandard.Kind.REGULATION:
        return scope_of(user).has_role(Role.LEADER, province_id=paper.province_id)
    return can_keep_registry(user, paper.province_id)
