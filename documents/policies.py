"""Who may change how papers look."""

from __future__ import annotations

from people.models import Membership, User
from people.scope import scope_of


def can_read_templates(user: User) -> bool:
    """Whether the user sees the Word templates: everyone who holds an office."""
    scope = scope_of(user)
    return scope.is_keeper or bool(scope.memberships)


def can_register_templates(user: User) -> bool:
    """Whether the user may register Word templates: administrators and the system's keeper."""
    scope = scope_of(user)
    return scope.is_keeper or Membership.Role.ADMINISTRATOR in scope.roles
