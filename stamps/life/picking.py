"""Which stamps of a batch a person means: from a first to a last one, a roll, the next so many, or all that are free.

Asked twice: for the preview, and again under the batch's lock by the act itself.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from stamps.errors import ActivationRefused, InvalidSerial
from stamps.life import scan
from stamps.life.spans import free_spans
from stamps.models import Roll, StampBatch

Ranges = list[tuple[int, int]]


def index_of(batch: StampBatch, text: str, field: str) -> int:
    """Return the running number of a stamp that was typed, pasted or scanned; -1 for one of another key.

    Raises ActivationRefused next to `field` for a text that is no serial of the batch's product.
    """
    try:
        serial, index = scan.read_stamp(text, batch.code)
    except InvalidSerial as error:
        raise ActivationRefused(str(error), field=field) from error
    return index if serial[0] == batch.key_version else -1


def between(batch: StampBatch, first: str, last: str) -> Ranges:
    """Return the range from serial `first` to `last`, both included. Raises ActivationRefused."""
    return [(index_of(batch, first, "first"), index_of(batch, last, "last") + 1)]


def of_roll(roll: Roll) -> Ranges:
    """Return what is still free of a roll. Raises ActivationRefused when nothing is."""
    free = [
        (max(start, roll.start), min(end, roll.end))
        for start, end in free_spans(roll.batch)
        if start < roll.end and end > roll.start
    ]
    if not free:
        raise ActivationRefused(
            _("No stamp of roll %(number)s is free any more; choose another roll.") % {"number": roll.number},
            field="roll",
        )
    return free


def next_free(batch: StampBatch, quantity: int) -> Ranges:
    """Return the next `quantity` free stamps, in the order of their numbers. Raises ActivationRefused for fewer."""
    free = free_spans(batch)
    available = sum(end - start for start, end in free)
    if not 1 <= quantity <= available:
        raise ActivationRefused(
            _("%(available)d stamps of this batch are free, so between 1 and %(available)d can be activated.")
            % {"available": available},
            field="quantity",
        )
    taken, left = [], quantity
    for start, end in free:
        if left:
            taken.append((start, min(end, start + left)))
            left -= taken[-1][1] - start
    return taken


def all_free(batch: StampBatch) -> Ranges:
    """Return all stamps of the batch that are free. Raises ActivationRefused when none is."""
    if not (free := free_spans(batch)):
        raise ActivationRefused(_("No stamp of this batch is free any more."), field="way")
    return free
