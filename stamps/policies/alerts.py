"""Rules of alerts: who looks into a suspicious stamp, and who reads where an answer may go."""

from __future__ import annotations

from people.models import Membership, User
from people.scope import scope_of
from stamps.models import StampAlert

Role = Membership.Role
LOOKING_INTO_ALERTS = (Role.STAMP_OFFICER, Role.INSPECTOR)
READING_CONTACTS = (*LOOKING_INTO_ALERTS, Role.MANAGER, Role.LEADER)


def can_close_alert(user: User, alert: StampAlert) -> bool:
    """Whether the user looks into alerts of the province and closes them."""
    return scope_of(user).has_role(*LOOKING_INTO_ALERTS, province_id=alert.province_id)


def shows_contact(user: User, alert: StampAlert) -> bool:
    """Whether the user may read where an answer to a report may go: officers of the province, not the keeper."""
    return scope_of(user).has_role(*READING_CONTACTS, province_id=alert.province_id)
