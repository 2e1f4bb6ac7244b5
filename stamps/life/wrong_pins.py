"""The answer to a hidden code: the rule of five tries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from stamps.codes.pins import DIGITS
from stamps.life.standing import Standing

_WANTED = re.compile(rf"[0-9]{{{DIGITS}}}")


class Outcome(StrEnum):
    """What became of a hidden code that was typed."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"
    MISTYPED = "mistyped"  # not eight digits: cannot be right, so that it is no try


@dataclass(frozen=True)
class Answer:
    """The outcome of one try; `left` are the wrong tries that are left after it."""

    outcome: Outcome
    left: int


def takes_pin(standing: Standing) -> bool:
    """Whether the stamp has a hidden code that a buyer may check: it was ordered with one, and it is on a lot."""
    return standing.activation is not None and standing.batch.order.has_pin


def is_well_formed(text: str) -> bool:
    """Whether the text is eight digits, spaces and hyphens aside."""
    return bool(_WANTED.fullmatch(re.sub(r"[ \u00a0-]", "", text)))
