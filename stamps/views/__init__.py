"""Pages of stamps for officials and producers, by theme."""

from stamps.views.activation import activate, lot
from stamps.views.changes import change
from stamps.views.counting import count_roll, print_house_sheet, printed_here
from stamps.views.find import find
from stamps.views.ledger import ledgers, month
from stamps.views.orders import order, orders
from stamps.views.outlook import outlook
from stamps.views.rolls import cancel_roll, make_file, make_files, plan_rolls, print_a4, roll_file, test_scan

__all__ = [
    "activate",
    "cancel_roll",
    "change",
    "count_roll",
    "find",
    "ledgers",
    "lot",
    "make_file",
    "make_files",
    "month",
    "order",
    "orders",
    "outlook",
    "plan_rolls",
    "print_a4",
    "print_house_sheet",
    "printed_here",
    "roll_file",
    "test_scan",
]
