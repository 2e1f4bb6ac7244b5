"""Models of the lots room, by theme."""

from lots.models.logistics import LogisticUnit, UnitContent
from lots.models.lot import LOT_NUMBER, Event, Lot
from lots.models.recall import Recall

__all__ = ["LOT_NUMBER", "Event", "LogisticUnit", "Lot", "Recall", "UnitContent"]
