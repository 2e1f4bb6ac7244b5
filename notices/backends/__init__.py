"""What a backend is given and what it answers; the backends themselves are named in the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Item:
    """One notice inside something that goes out."""

    subject: str
    text: str
    short_text: str
    url: str  # absolute; empty when the notice leads nowhere
    event: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outgoing:
    """What goes to one address: one notice, several about the same thing, or a day's digest."""

    key: str  # the same again when a try is repeated, so that a provider may drop the second
    address: str
    subject: str
    short_text: str
    items: tuple[Item, ...]
    is_digest: bool = False


@dataclass(frozen=True)
class Result:
    """What became of a message; `is_final` says that another try would be no better."""

    is_sent: bool
    provider_id: str = ""
    error: str = ""
    is_final: bool = False
