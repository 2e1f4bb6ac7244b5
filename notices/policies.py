"""Who may look at what was sent, and who may call."""

from __future__ import annotations

from notices.models import CALLERS, LOG_READERS
from people.models import User
from people.scope import Role, scope_of


def may_read_log(user: User) -> bool:
    """Whether the user reads a delivery log: administrators and leaders, of their own provinces."""
    return _holds(user, *LOG_READERS)


def may_call(user: User) -> bool:
    """Whether the user sees the call list: those of the log, and the managers of the cases."""
    return _holds(user, *CALLERS)


def may_set_rules(user: User) -> bool:
    """Whether the user decides how events are told: administrators, because the rules count for the whole house."""
    scope = scope_of(user)
    return scope.is_keeper or Role.ADMINISTRATOR in scope.roles


def _holds(user: User, *roles: str) -> bool:
    scope = scope_of(user)
    return scope.is_keeper or bool(scope.provinces_with(*roles))
