"""How each event is told: the office's rules (rows), and the built-in way where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from notices.events import EVENTS
from notices.models import Channel, Rule


@dataclass(frozen=True)
class Way:
    """The channels of an event, and when and to whom it is told on them."""

    channels: tuple[str, ...]
    is_digest: bool
    is_mandatory: bool
    is_urgent: bool


def ways() -> dict[str, Way]:
    """Return how each event is told now, in one query."""
    rules = {rule.event: rule for rule in Rule.objects.filter(is_active=True)}
    return {event: _by_rule(rules[event]) if event in rules else built_in(event) for event in EVENTS}


def content_of(known: Mapping[str, Way]) -> dict[str, dict[str, Any]]:
    """Return the ways as two savings of them are compared (people.editions)."""
    return {event: asdict(way) for event, way in known.items()}


def built_in(event: str) -> Way:
    """Return how an event is told where the office has made no rule."""
    words = EVENTS[event]
    return Way(_known(words.channels), words.is_digest, words.is_mandatory, words.is_urgent)


def _by_rule(rule: Rule) -> Way:
    channels = rule.channels if isinstance(rule.channels, list) else []
    return Way(_known(tuple(channels)), rule.is_digest, rule.is_mandatory, rule.is_urgent)


def _known(names: tuple[str, ...]) -> tuple[str, ...]:
    """A rule is data: names that are no channels are left out."""
    return tuple(str(channel) for channel in Channel.values if channel in names)
