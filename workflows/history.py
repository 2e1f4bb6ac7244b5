"""The history of a case in plain words: one sentence for every verb of the audit log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from people import audit
from people.absence import acting_name
from people.models import AuditEvent, User
from privacy.models import DataRequest, Purpose
from projects.models import Council, CouncilMember, Matter, Review
from reports.models import IndicatorKey
from workflows.sentences import SENTENCES
from worktime.models import SpecialDay

# What the record says instead when a substitute did it ("duyệt thay").
FOR_ANOTHER: dict[str, str] = {
    "deliverable.approved": gettext_noop("Approved deliverable %(code)s “%(title)s” for %(absent)s, who is away."),
    "deliverable.reviewed": gettext_noop(
        "Reviewed deliverable %(code)s in round %(round)s for %(absent)s, who is away: %(verdict)s."
    ),
}
LATE = (
    "step.escalated", "deliverable.rejected", "deliverable.cancelled", "project.product_withdrawn",
    "onboarding.refused", "project.amendment_refused", "stamps.refused", "stamps.order_cancelled",
    "stamps.roll_cancelled", "stamps.void", "stamps.lost", "lot.recalled",
)  # fmt: skip
WAITING = ("matter.raised", "deliverable.returned", "onboarding.process_returned")
TONES = dict.fromkeys(LATE, "late") | dict.fromkeys(WAITING, "wait")


class _Facts(dict[str, Any]):
    """Facts of an old event may lack what today's sentence wants: a gap is shown, not an error."""

    def __missing__(self, key: str) -> str:
        return "…"


PEOPLE = {"to": "person", "absent": "absent", "acting_for": "absent"}  # fact → word in the sentence
DAYS = ("due", "day", "starts_on", "ends_on")
# Facts that are codes, and whose words they are.
CODES: tuple[tuple[str, Any], ...] = (
    ("verdict", Review.Verdict),
    ("kind", SpecialDay.Kind),
    ("result", Council.Result),
    ("seat", CouncilMember.Seat),
    ("purpose", Purpose),
    ("asked", DataRequest.Kind),
    ("outcome", DataRequest.Outcome),
    ("indicator", IndicatorKey),
)


def text(event: AuditEvent, people: Mapping[int, User] | None = None) -> str:
    """Return the event as a sentence; a verb that nobody knows is shown as it is."""
    words = SENTENCES.get(event.verb)
    if event.facts.get("acting_for") in (people or {}):
        words = FOR_ANOTHER.get(event.verb, words)
    return _(words) % _Facts(_shown(event.facts, people or {})) if words else event.verb


def lines(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    """Return events for `_history.html`: sentence, time, and who; a flow's own steps name nobody.

    People among the facts are ids there, so that the log holds no names; one query gives the names.
    """
    events = list(events)
    people = User.objects.in_bulk(
        {event.facts[fact] for event in events for fact in PEOPLE if isinstance(event.facts.get(fact), int)}
    )
    return [
        {
            "text": text(event, people),
            "when": event.at,
            "who": _who(event, people),
            "tone": TONES.get(event.verb, ""),
        }
        for event in events
    ]


def _who(event: AuditEvent, people: Mapping[int, User]) -> str:
    """Who did it, and for whom if they stood in."""
    if event.by is None:
        return ""
    return acting_name(event.by, people.get(event.facts.get("acting_for", 0)))


def reviewer_name(review: Review) -> str:
    """Return whose review it is, or "B (for A)" when B gave the verdict of A, who was away."""
    voter = review.decided_by
    return str(review.reviewer) if voter is None or voter == review.reviewer else acting_name(voter, review.reviewer)


def stood_in(target: models.Model, verb: str, *, case: models.Model) -> User | None:
    """Return for whom the last act of this verb on the thing was done; None if in somebody's own right."""
    acts = audit.history(case).filter(target=audit.label(target), verb=verb)
    facts = acts.values_list("facts", flat=True).first() or {}
    return User.objects.filter(pk=facts["acting_for"]).first() if "acting_for" in facts else None


def _shown(facts: dict[str, Any], people: Mapping[int, User]) -> dict[str, Any]:
    """Codes, days and ids among the facts in words."""
    shown = dict(facts)
    if facts.get("kind") in Matter.Kind.values:
        shown["kind"] = str(Matter.Kind(facts["kind"]).label)
    for fact, choices in CODES:
        if facts.get(fact) in choices.values:
            shown[fact] = str(choices(facts[fact]).label).lower()
    shown |= {day: f"{date.fromisoformat(facts[day]):%d/%m/%Y}" for day in DAYS if _is_day(facts.get(day))}
    return shown | {word: str(people[facts[fact]]) for fact, word in PEOPLE.items() if facts.get(fact) in people}


def _is_day(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", value))
