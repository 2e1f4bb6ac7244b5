"""The communication plan of a project against what was done: at least one event in each year (TH-T1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max

from projects.models import CommunicationEvent, PilotProject, PlannedEvent


@dataclass
class Year:
    """A year of the project: what was done with evidence, and which lines of the plan are still open."""

    number: int
    counted: int = 0
    waiting: list[CommunicationEvent] = field(default_factory=list)  # done, but they do not count yet
    planned: list[PlannedEvent] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        """Whether at least one event of the year counts."""
        return self.counted > 0

    def is_late(self, today: date) -> bool:
        """Whether the year has passed without one."""
        return not self.is_met and self.number < today.year


def years_of(project: PilotProject, events: Iterable[CommunicationEvent], today: date) -> list[Year]:
    """Return the years from the project's start to its last stage or to today, whichever is later."""
    known, planned = list(events), list(project.planned_events.all())
    ends = project.stages.aggregate(last=Max("due_on"))["last"] or today
    last = project.accepted_at.year if project.accepted_at else max(ends.year, today.year)
    dated = {project.starts_on.year, *(one.held_on.year for one in known), *(one.due_on.year for one in planned)}
    years = {number: Year(number) for number in sorted(dated | set(range(project.starts_on.year, last + 1)))}
    for event in known:
        if event.missing:
            years[event.held_on.year].waiting.append(event)
        else:
            years[event.held_on.year].counted += 1
    for line in planned:
        years[line.due_on.year].planned.append(line)
    return list(years.values())
