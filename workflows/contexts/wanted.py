"""What a builder of a paper's data is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Wanted:
    """What a builder is asked for: a paper about `subject`, of that day.

    `occasion` says which of several ("" where there is one); `entries` is the cleaned data of the kind's form.
    """

    subject: Any
    day: date
    occasion: str = ""
    entries: Mapping[str, Any] = field(default_factory=dict)
