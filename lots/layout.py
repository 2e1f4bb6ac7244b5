"""Which frame a page gets: the plain one for producers' people, the desk for officials."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from people.models import User
from people.scope import scope_of


def is_official(user: User) -> bool:
    """Whether the user works at the desk; everyone else is one of a producer's people."""
    scope = scope_of(user)
    return bool(scope.memberships) or scope.is_keeper


def layout_for(user: User) -> str:
    """Return the template that a page shared by producers and officials extends."""
    return "base.html" if is_official(user) else "layout_simple.html"


def way_home(user: User) -> list[dict[str, str]]:
    """Return the first breadcrumb of a producer's page, which has no navigation; none for officials."""
    return [] if is_official(user) else [{"label": _("My products"), "url": reverse("home")}]
