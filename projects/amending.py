"""The dates of a project as one schedule: what may be moved, what a move must keep, and how it is carried out.

Rules: stages end in their order, milestones and deliverables lie inside their stage, the project ends
with or after its last stage, and no date is moved before today unless it lay before today already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from projects.models import BaselineDate, Deliverable, Milestone, PilotProject, Stage

Kind = BaselineDate.Kind
Key = tuple[str, int]  # kind of the row and its primary key
FINISHED_PAPERS = (Deliverable.Status.ISSUED, Deliverable.Status.CANCELLED)


@dataclass(frozen=True)
class Entry:
    """One date that a project has promised, and its row."""

    kind: str
    row: PilotProject | Stage | Milestone | Deliverable
    title: str
    due_on: date
    is_finished: bool
    stage: Stage | None = None  # the stage that a milestone or a deliverable belongs to

    @property
    def key(self) -> Key:
        """What names it in a form and in an amendment."""
        return (self.kind, self.row.pk)


@dataclass(frozen=True)
class Schedule:
    """All dates of a project, stage by stage."""

    project: PilotProject
    stages: list[Stage]
    entries: Mapping[Key, Entry]

    def open_entries(self) -> list[Entry]:
        """What may still be moved."""
        return [entry for entry in self.entries.values() if not entry.is_finished]

    def is_change(self, key: Key, day: date) -> bool:
        """Whether the day differs from the one in force; an unknown key is a change, so that it is refused."""
        entry = self.entries.get(key)
        return entry is None or entry.due_on != day

    def as_change(self, key: Key, after: date) -> dict[str, Any]:
        """One change as an amendment keeps it."""
        entry = self.entries[key]
        return {
            "kind": entry.kind,
            "subject": entry.row.pk,
            "title": entry.title,
            "before": entry.due_on.isoformat(),
            "after": after.isoformat(),
        }


def reread(project: PilotProject) -> PilotProject:
    """Return the project with nothing fetched beside it, so that changed dates are read again."""
    return PilotProject.objects.select_related("province", "manager").get(pk=project.pk)


def schedule_of(project: PilotProject) -> Schedule:
    """Read all dates of a project."""
    stages = list(project.stages.prefetch_related("milestones", "deliverables").order_by("position"))
    entries = [Entry(Kind.PROJECT, project, _("End of the project"), project.due_on, is_finished=False)]
    for stage in stages:
        entries.append(Entry(Kind.STAGE, stage, stage.title, stage.due_on, stage.closed_at is not None))
        entries += _inside(stage)
    return Schedule(project, stages, {entry.key: entry for entry in entries})


def _inside(stage: Stage) -> list[Entry]:
    milestones = [
        Entry(Kind.MILESTONE, row, row.title, row.due_on, row.reached_at is not None, stage)
        for row in stage.milestones.all()
    ]
    papers = [
        Entry(Kind.DELIVERABLE, row, str(row), row.due_on, row.status in FINISHED_PAPERS, stage)
        for row in stage.deliverables.all()
    ]
    return sorted(milestones + papers, key=lambda entry: (entry.due_on, entry.kind, entry.row.pk))


# --- what a move must keep -------------------------------------------------------------------
def problems(schedule: Schedule, changed: Mapping[Key, date], *, today: date) -> list[str]:
    """Return everything that is wrong with the new dates."""
    if not changed:
        return [_("No date is changed; enter at least one new date.")]
    unknown = [key for key in changed if key not in schedule.entries]
    if unknown:
        return [_("One of the dates does not belong to project %(code)s.") % {"code": schedule.project.code}]
    found = [*_of_single_dates(schedule, changed, today)]
    days = {key: changed.get(key, entry.due_on) for key, entry in schedule.entries.items()}
    return [*found, *_of_order(schedule, days, changed), *_of_containment(schedule, days, changed)]


def _of_single_dates(schedule: Schedule, changed: Mapping[Key, date], today: date) -> Iterator[str]:
    for key, day in changed.items():
        entry = schedule.entries[key]
        if entry.is_finished:
            yield _("“%(title)s” is finished; its date stays.") % {"title": entry.title}
        elif day < today <= entry.due_on:
            yield _("“%(title)s”: %(day)s is past; choose a day from today on.") % _names(entry, day)


def _of_order(schedule: Schedule, days: Mapping[Key, date], changed: Mapping[Key, date]) -> Iterator[str]:
    """Stages end one after the other, and the project not before the last of them."""
    ends = [schedule.entries[(Kind.STAGE, stage.pk)] for stage in schedule.stages]
    end = schedule.entries[(Kind.PROJECT, schedule.project.pk)]
    for earlier, later in [*pairwise(ends), *((stage, end) for stage in ends[-1:])]:
        if earlier.key not in changed and later.key not in changed:
            continue
        if days[later.key] < days[earlier.key]:
            yield _("“%(later)s” (%(day)s) would end before “%(earlier)s” (%(other)s).") % {
                "later": later.title,
                "day": _day(days[later.key]),
                "earlier": earlier.title,
                "other": _day(days[earlier.key]),
            }
    first = schedule.project.starts_on
    for entry in ends[:1]:
        if entry.key in changed and days[entry.key] < first:
            yield _("“%(title)s”: %(day)s lies before the start of the project.") % _names(entry, days[entry.key])


def _of_containment(schedule: Schedule, days: Mapping[Key, date], changed: Mapping[Key, date]) -> Iterator[str]:
    """What is still open lies inside its stage, as the stage would be."""
    starts = starts_after(schedule, days)
    for entry in schedule.open_entries():
        stage = entry.stage
        if stage is None:
            continue
        first, last, day = starts[stage.pk], days[(Kind.STAGE, stage.pk)], days[entry.key]
        is_touched = entry.key in changed or (first, last) != (stage.starts_on, stage.due_on)
        if is_touched and not first <= day <= last:
            yield _("“%(title)s” (%(day)s) would lie outside stage “%(stage)s” (%(first)s – %(last)s).") % {
                **_names(entry, day),
                "stage": stage.title,
                "first": _day(first),
                "last": _day(last),
            }


def starts_after(schedule: Schedule, days: Mapping[Key, date]) -> dict[int, date]:
    """Return when each stage starts: one that has not opened follows the end of the one before it."""
    starts: dict[int, date] = {}
    before: Stage | None = None
    for stage in schedule.stages:
        starts[stage.pk] = stage.starts_on
        if before and stage.opened_at is None and stage.starts_on == before.due_on:
            starts[stage.pk] = days[(Kind.STAGE, before.pk)]
        before = stage
    return starts


# --- an amendment's changes ------------------------------------------------------------------
def dates_of(changes: Iterable[Mapping[str, Any]]) -> dict[Key, date]:
    """Return the new dates of an amendment by the row's key."""
    return {(change["kind"], change["subject"]): date.fromisoformat(change["after"]) for change in changes}


def stale(schedule: Schedule, changes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what has changed since the amendment was asked for, so that it cannot be carried out any more."""
    found = []
    for change in changes:
        entry = schedule.entries.get((change["kind"], change["subject"]))
        before = date.fromisoformat(change["before"])
        if entry is None or entry.is_finished:
            found.append(_("“%(title)s” was finished meanwhile; ask for a new amendment.") % {"title": change["title"]})
        elif entry.due_on != before:
            found.append(
                _("The date of “%(title)s” was changed meanwhile from %(before)s to %(day)s; ask for a new amendment.")
                % {**_names(entry, entry.due_on), "before": _day(before)}
            )
    return found


def apply(schedule: Schedule, dates: Mapping[Key, date]) -> None:
    """Write the new dates; stages that have not opened move with the end of the one before them."""
    days = {key: dates.get(key, entry.due_on) for key, entry in schedule.entries.items()}
    starts = starts_after(schedule, days)
    for key, entry in schedule.entries.items():
        row: Any = entry.row
        columns = []
        if row.due_on != days[key]:
            row.due_on = days[key]
            columns.append("due_on")
        if entry.kind == Kind.STAGE and row.starts_on != starts[row.pk]:
            row.starts_on = starts[row.pk]
            columns.append("starts_on")
        if columns:
            row.save(update_fields=columns)


def _names(entry: Entry, day: date) -> dict[str, str]:
    return {"title": entry.title, "day": _day(day)}


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
