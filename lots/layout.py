"""In which frame pages that officials and producers' people share are shown, and the way back from them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from people.frame import layout_for
from people.models import User
from people.scope import scope_of

__all__ = ["layout_for", "way_home"]


def way_home(user: User) -> list[dict[str, str]]:
    """Return the first breadcrumb of a producer's page, which has no navigation; none for officials."""
    return [] if scope_of(user).is_official else [{"label": _("My products"), "url": reverse("home")}]
