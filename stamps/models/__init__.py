"""Models of the stamps room, by theme."""

from stamps.models.alerts import StampAlert
from stamps.models.batch import Roll, SerialCounter, StampBatch
from stamps.models.ledger import Account, StampCount, StampMovement
from stamps.models.life import Activation, StampChange
from stamps.models.links import ProductLink
from stamps.models.order import StampOrder
from stamps.models.scans import DayKey, PinTry, ScanDay, ScanEntry, StampSeen

__all__ = [
    "Account",
    "Activation",
    "DayKey",
    "PinTry",
    "ProductLink",
    "Roll",
    "ScanDay",
    "ScanEntry",
    "SerialCounter",
    "StampAlert",
    "StampBatch",
    "StampChange",
    "StampCount",
    "StampMovement",
    "StampOrder",
    "StampSeen",
]
