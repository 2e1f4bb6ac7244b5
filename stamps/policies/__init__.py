"""Rules of stamps, by theme; other rooms import from here."""

from stamps.policies.activating import can_activate, check_can_activate
from stamps.policies.alerts import LOOKING_INTO_ALERTS, can_close_alert, shows_contact
from stamps.policies.changing import can_change, changes_of, check_can_change, check_can_replace
from stamps.policies.counting import can_count
from stamps.policies.gates import RULES
from stamps.policies.ordering import (
    ORDERING,
    can_order,
    check_can_decide,
    check_can_issue,
    check_can_order,
    check_order_holds,
    check_shares,
    orderable_enrolments,
)
from stamps.policies.rolls import PRINTING, can_print, check_can_cancel, check_can_reconcile

__all__ = [
    "LOOKING_INTO_ALERTS",
    "ORDERING",
    "PRINTING",
    "RULES",
    "can_activate",
    "can_change",
    "can_close_alert",
    "can_count",
    "can_order",
    "can_print",
    "changes_of",
    "check_can_activate",
    "check_can_cancel",
    "check_can_change",
    "check_can_decide",
    "check_can_issue",
    "check_can_order",
    "check_can_reconcile",
    "check_can_replace",
    "check_order_holds",
    "check_shares",
    "orderable_enrolments",
    "shows_contact",
]
