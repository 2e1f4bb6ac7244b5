"""State changes of lots, by theme; other rooms import from here."""

from lots.actions.packing import pack_unit, unpack_unit, withdraw_unit
from lots.actions.recalling import lift_recall, recall
from lots.actions.recording import confirm_event, open_lot, record_event

__all__ = [
    "confirm_event",
    "lift_recall",
    "open_lot",
    "pack_unit",
    "recall",
    "record_event",
    "unpack_unit",
    "withdraw_unit",
]
