"""Which frame a page gets: the plain one for producers' people, the desk for officials."""

from __future__ import annotations

from people.models import User
from people.scope import scope_of


def layout_for(user: User) -> str:
    """Return the template that a page shared by producers and officials extends."""
    scope = scope_of(user)
    return "base.html" if scope.memberships or scope.is_keeper else "layout_simple.html"
