"""State changes of stamps, by theme; other rooms import from here."""

from stamps.actions.activating import activate_count, activate_ranges, activate_roll, activate_stamps
from stamps.actions.alerting import Report, close_alert, raise_alert, raise_harvest, report_stamp
from stamps.actions.changing import change_stamps, replace_stamps
from stamps.actions.common import serial_at, uri_at
from stamps.actions.confirming import check_pin
from stamps.actions.counting import count_stamps
from stamps.actions.forgetting import forget_reporters
from stamps.actions.linking import add_link, remove_link
from stamps.actions.ordering import cancel_order, hand_over, issue_stamps, order_stamps, refuse_order
from stamps.actions.printing import cancel_roll, plan_rolls, print_a4, request_file, request_files
from stamps.actions.reconciling import printed_here, reconcile_roll

__all__ = [
    "Report",
    "activate_count",
    "activate_ranges",
    "activate_roll",
    "activate_stamps",
    "add_link",
    "cancel_order",
    "cancel_roll",
    "change_stamps",
    "check_pin",
    "close_alert",
    "count_stamps",
    "forget_reporters",
    "hand_over",
    "issue_stamps",
    "order_stamps",
    "plan_rolls",
    "print_a4",
    "printed_here",
    "raise_alert",
    "raise_harvest",
    "reconcile_roll",
    "refuse_order",
    "remove_link",
    "replace_stamps",
    "report_stamp",
    "request_file",
    "request_files",
    "serial_at",
    "uri_at",
]
