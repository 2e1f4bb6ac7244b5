"""Questions about the rolls of a batch, and how stamps are divided into rolls."""

from __future__ import annotations

from collections.abc import Iterator

from stamps.life.ranges import painted
from stamps.models import StampBatch


def unplanned(batch: StampBatch) -> list[tuple[int, int]]:
    """Return the ranges (start, end) of the batch that are on no roll in force, in order."""
    rolls = batch.rolls.in_force().values_list("start", "end")
    divided = painted(batch.start, batch.end, [(start, end, "planned") for start, end in rolls], "left")
    return [(start, end) for start, end, word in divided if word == "left"]


def divided(left: list[tuple[int, int]], per_roll: int, quantity: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of `per_roll` stamps, shorter where a stretch ends, until `quantity` is reached."""
    for start, end in left:
        while start < end and quantity:
            size = min(per_roll, end - start, quantity)
            yield start, start + size
            start, quantity = start + size, quantity - size
