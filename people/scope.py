"""What a user may see: the provinces and roles that every `visible_to` starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from people.models import Membership, User

Role = Membership.Role


@dataclass(frozen=True)
class Scope:
    """A user's memberships on one day: (role, organisation, province) triples of ids."""

    memberships: frozenset[tuple[str, int, int]]
    is_keeper: bool = False
    organisation: str = ""  # its name, for the page's frame; the first by name if there are several

    @property
    def province_ids(self) -> frozenset[int]:
        """Provinces in which the user holds any office."""
        return frozenset(province for _, _, province in self.memberships)

    @property
    def is_official(self) -> bool:
        """Whether the user holds any office, or keeps the system; everyone else is one of a producer's people."""
        return bool(self.memberships) or self.is_keeper

    @property
    def roles(self) -> frozenset[str]:
        """Roles held anywhere."""
        return frozenset(role for role, _, _ in self.memberships)

    def has_role(self, *roles: str, province_id: int) -> bool:
        """Whether the user holds one of the roles in the province."""
        return any(role in roles and province == province_id for role, _, province in self.memberships)

    def provinces_with(self, *roles: str) -> frozenset[int]:
        """Provinces in which the user holds one of the roles."""
        return frozenset(province for role, _, province in self.memberships if role in roles)


NOBODY = Scope(frozenset())


def scope_of(user: User | AnonymousUser, day: date | None = None) -> Scope:
    """Return the user's scope today, read once per request (cached on the user object)."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    if day is None:
        if (known := getattr(user, "_scope", None)) is None:
            known = user._scope = _read(user, timezone.localdate())  # type: ignore[attr-defined]
        return known
    return _read(user, day)


def _read(user: User, day: date) -> Scope:
    rows = Membership.objects.active(day).filter(user=user)
    offices = list(
        rows.order_by("organisation__name", "pk").values_list(
            "role", "organisation_id", "organisation__province_id", "organisation__name"
        )
    )
    organisation = offices[0][3] if offices else ""
    return Scope(frozenset(office[:3] for office in offices), user.is_superuser, organisation)
