"""Who may change the office's calendar."""

from __future__ import annotations

from people.models import Membership, User
from people.scope import scope_of

KEEPERS = frozenset({Membership.Role.ADMINISTRATOR, Membership.Role.LEADER})


def can_change(user: User) -> bool:
    """Whether the user may enter special days: administrators, leaders, and the system's keeper."""
    scope = scope_of(user)
    return scope.is_keeper or bool(KEEPERS & scope.roles)
