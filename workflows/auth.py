"""Permissions of steps, answered from memberships and absences: a role counts in its own province only."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend

from people import audit
from people.absence import covers_of
from people.models import AdminUnit, User
from people.scope import scope_of
from projects.models import PilotProject
from workflows.roles import ROLES_BY_PERMISSION


class RoleBackend(BaseBackend):
    """Says whether a user holds a step's permission for the project, or province, that the step belongs to."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether the user holds a role for `perm` in the province (of project) `obj`, or covers somebody who does."""
        roles = ROLES_BY_PERMISSION.get(perm)
        if roles is None or not isinstance(obj, PilotProject | AdminUnit) or not isinstance(user_obj, User):
            return False
        province_id = obj.province_id if isinstance(obj, PilotProject) else obj.pk
        if scope_of(user_obj).has_role(*roles, province_id=province_id):
            return True
        return any(
            cover.role in roles and cover.province_id == province_id and cover.reaches(audit.label(obj))
            for cover in covers_of(user_obj)
        )


def holds(user: User, permission: str, subject: PilotProject | AdminUnit | None) -> bool:
    """Whether a role, or a substitution, gives the user a step's permission for the project or province.

    To be asked instead of `User.has_perm`, which says yes to a superuser before it asks any backend: whoever keeps
    the system sees everything and decides nothing in an office's name.
    """
    return user.is_active and RoleBackend().has_perm(user, permission, subject)
