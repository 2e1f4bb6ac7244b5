"""What every page's frame needs."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from config.demo.logins import demo_logins
from notices.models import unread_count
from people.absence import standing_of
from people.scope import Scope, scope_of
from workflows import inbox
from workflows.overview import FOLLOWERS
from workflows.roles import Role


class Entry(NamedTuple):
    """A main page: its words, its URL name, the roles that work there (none: all officials), and the
    paths of pages that belong under it besides its own."""

    label: Any
    name: str
    roles: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()


STAMP_ROLES = frozenset({Role.MANAGER, Role.LEADER, Role.STAMP_OFFICER, Role.INSPECTOR, Role.ADMINISTRATOR})
LOT_ROLES = STAMP_ROLES | {Role.HELPER}
ENTRIES = (
    Entry(_("Overview"), "overview", FOLLOWERS),
    Entry(_("Work to do"), "inbox", also=("/tasks/",)),
    Entry(
        _("Pilot projects"),
        "projects:projects",
        also=(
            "/documents/dossiers/",
            "/papers/about/project/",
            "/papers/about/training/",
            "/papers/about/enrolment/",
        ),
    ),
    Entry(
        _("Programmes"),
        "projects:programmes",
        also=("/plans/", "/unit-tasks/", "/papers/about/programme/", "/papers/about/plan/"),
    ),
    Entry(
        _("Producers and products"),
        "registry:producers",
        also=(
            "/products/",
            "/recognitions/",
            "/renewals/",
            "/certificates/",
            "/barcodes/",
            "/local-standards/",
            "/successors/",
            "/product-groups/",
            "/standards/",
            "/privacy/",
            "/papers/about/producer/",
            "/papers/about/local_standard/",
            "/papers/about/renewal/",
        ),
    ),
    Entry(_("Documents"), "documents:register", also=("/remarks/",)),
    Entry(_("Stamps"), "stamps:orders", STAMP_ROLES, also=("/stamps/",)),
    Entry(_("Lots"), "lots:lots", LOT_ROLES),
)


def shell(request: HttpRequest) -> dict[str, object]:
    """The navigation by role, the organisation, and whether this is a demo, for the MẪU mark.

    Read once a request: a table is rendered with a context of its own, and asks for all of it again.
    """
    if (known := getattr(request, "_shell", None)) is None:
        known = request._shell = _frame(request)  # type: ignore[attr-defined]
    return dict(known)


def _frame(request: HttpRequest) -> dict[str, object]:
    context: dict[str, object] = {"is_demo": settings.DEMO}
    user = getattr(request, "user", None)  # an error before the middleware leaves none
    scope = scope_of(user) if user else None
    if user and user.is_authenticated:
        context["unread_notices"] = partial(unread_count, user)  # asked by the frames that show it
    if scope and scope.is_official:
        # Asked by the pages that show a frame; a page that does not exist and a part of a page have none.
        context["nav_items"] = SimpleLazyObject(partial(_nav_items, request, scope))
        context["standing"] = SimpleLazyObject(partial(standing_of, user))  # type: ignore[arg-type]
        context["current_organisation"] = scope.organisation
    elif settings.DEMO and request.path == str(settings.LOGIN_URL):
        context["demo_logins"] = demo_logins()
    return context


def _nav_items(request: HttpRequest, scope: Scope) -> list[dict[str, object]]:
    entries = [entry for entry in ENTRIES if scope.is_keeper or not entry.roles or entry.roles & scope.roles]
    nearest = max(_nearness(request.path, entry) for entry in entries)
    return [_nav_item(request, entry, nearest) for entry in entries]


def _nearness(path: str, entry: Entry) -> int:
    """How much of the path names the entry: of two entries that fit, the longer one has the page; 0 for none."""
    return max(len(start) if path.startswith(start) else 0 for start in (reverse(entry.name), *entry.also))


def _nav_item(request: HttpRequest, entry: Entry, nearest: int) -> dict[str, object]:
    item: dict[str, object] = {
        "label": entry.label,
        "url": reverse(entry.name),
        "active": nearest > 0 and _nearness(request.path, entry) == nearest,
    }
    return item | {"count": _waiting(request)} if entry.name == "inbox" else item


def _waiting(request: HttpRequest) -> int:
    """How many steps the user can do now; the inbox has counted them already."""
    known: int | None = getattr(request, "inbox_count", None)
    return inbox.count(request.user) if known is None else known  # type: ignore[arg-type]
