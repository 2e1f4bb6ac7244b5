"""The timeline of a project: every dated thing against a baseline, in working days, and where to draw it.

The facts (`Line`) feed the table and the drawing alike; the drawing is plain numbers in units of the
picture, so that a template writes them as attributes and nothing is measured in the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.models import Baseline, BaselineDate, Deliverable, Milestone, PilotProject, Stage
from worktime.working_days import Calendar

Kind = BaselineDate.Kind

# Units of the picture; one unit is one pixel where the page is wide enough.
WIDTH = 1200
LEFT, RIGHT = 344, 1076  # the plot between the titles and the slips
HEAD, FOOT = 46, 10
HEIGHTS = {Kind.PROJECT: 30, Kind.STAGE: 30, Kind.MILESTONE: 23, Kind.DELIVERABLE: 23}
LETTERS = 43  # of a title that fits beside the plot
MONTH_LABEL = 58  # units that the name of a month needs
MAX_MONTHS = 240  # a mistyped century must not draw for ever


@dataclass(frozen=True)
class Line:
    """One dated thing: what was promised, what holds now, what came or is to be expected."""

    kind: str
    title: str
    starts_on: date
    due_on: date  # the date in force
    ends_on: date  # when it was finished, else the date in force, but never before today
    is_done: bool
    promised_from: date
    promised: date  # by the baseline; the date in force where the baseline does not know the thing
    is_in_baseline: bool
    slip: int  # working days from promised to the end; negative when early
    is_legal: bool = False

    @property
    def tone(self) -> str:
        """The tone of the slip: late, or in time."""
        return "late" if self.slip > 0 else "ok"

    @property
    def slip_label(self) -> str:
        """The slip in words."""
        if self.slip > 0:
            return ngettext("%(days)d day later", "%(days)d days later", self.slip) % {"days": self.slip}
        if self.slip < 0 and self.is_done:
            return ngettext("%(days)d day earlier", "%(days)d days earlier", -self.slip) % {"days": -self.slip}
        if self.slip < 0:
            return ngettext("%(days)d day forward", "%(days)d days forward", -self.slip) % {"days": -self.slip}
        return _("As planned")


@dataclass(frozen=True)
class Mark:
    """A line as it is drawn: horizontal places in units of the picture; `None` where nothing is drawn."""

    line: Line
    y: int  # the middle of the row
    top: int
    height: int
    label: str
    start: int
    end: int
    promised_start: int
    promised_end: int

    @property
    def width(self) -> int:
        """The solid bar's width."""
        return max(self.end - self.start, 2)

    @property
    def promised_width(self) -> int:
        """The grey bar's width."""
        return max(self.promised_end - self.promised_start, 2)

    @property
    def tail(self) -> int:
        """The red tail's width, from the promised end on; 0 when in time."""
        return max(self.end - self.promised_end, 2) if self.line.slip > 0 else 0

    @property
    def is_milestone(self) -> bool:
        """Whether it is drawn as a diamond."""
        return self.line.kind == Kind.MILESTONE

    @property
    def is_wide(self) -> bool:
        """Whether it is a stage or the project itself, which head a group."""
        return self.line.kind in (Kind.PROJECT, Kind.STAGE)

    @property
    def bar_height(self) -> int:
        """How thick the bar is."""
        return 10 if self.is_wide else 6

    @property
    def bar_top(self) -> int:
        """The upper edge of the bar; the grey one lies under it."""
        return self.y - self.bar_height + 2

    @property
    def promised_top(self) -> int:
        """The upper edge of the grey bar."""
        return self.y + 4


@dataclass(frozen=True)
class Tick:
    """The beginning of a month on the axis; the year stands over the first one and over each January."""

    x: int
    label: str
    year: str


@dataclass(frozen=True)
class Drawing:
    """The whole picture."""

    marks: list[Mark]
    ticks: list[Tick]
    height: int
    today: int | None
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    head: int = HEAD
    lines: list[Line] = field(default_factory=list)

    @property
    def bottom(self) -> int:
        """The lower end of the plot."""
        return self.height - FOOT


# --- the facts -------------------------------------------------------------------------------
def lines_of(project: PilotProject, baseline: Baseline | None, *, today: date, calendar: Calendar) -> list[Line]:
    """Return every dated thing of a project in the order of its stages, compared with a baseline."""
    promised = {(row.kind, row.subject): row for row in baseline.dates.all()} if baseline else {}
    finished = timezone.localdate(project.accepted_at) if project.accepted_at else None

    def line(kind: str, row: Any, title: str, starts_on: date, done_on: date | None) -> Line:
        known = promised.get((kind, row.pk))
        due = known.due_on if known else row.due_on
        begun = promised.get((Kind.STAGE, getattr(row, "stage_id", row.pk)))
        ends = done_on or max(row.due_on, today)
        return Line(
            kind=kind,
            title=title,
            starts_on=min(starts_on, ends),
            due_on=row.due_on,
            ends_on=ends,
            is_done=done_on is not None,
            promised_from=(known and known.starts_on) or (begun and begun.starts_on) or starts_on,
            promised=due,
            is_in_baseline=known is not None,
            slip=calendar.between(due, ends),
            is_legal=getattr(row, "is_legal", False),
        )

    lines = [line(Kind.PROJECT, project, _("The project"), project.starts_on, finished)]
    for stage in project.stages.prefetch_related("milestones", "deliverables").order_by("position"):
        starts_on = _day(stage.opened_at) or stage.starts_on
        lines.append(line(Kind.STAGE, stage, f"{stage.position}. {stage.title}", starts_on, _day(stage.closed_at)))
        inside = [line(kind, row, title, starts_on, done) for kind, row, title, done in _inside(stage)]
        lines += sorted(inside, key=lambda one: (one.promised, one.kind))
    return lines


def _inside(stage: Stage) -> Iterator[tuple[str, Milestone | Deliverable, str, date | None]]:
    for milestone in stage.milestones.all():
        yield Kind.MILESTONE, milestone, milestone.title, _day(milestone.reached_at)
    for paper in stage.deliverables.all():
        if paper.status == Deliverable.Status.CANCELLED:
            continue
        issued = _day(paper.approved_at) if paper.status == Deliverable.Status.ISSUED else None
        yield Kind.DELIVERABLE, paper, str(paper), issued


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


# --- the picture -----------------------------------------------------------------------------
@dataclass(frozen=True)
class Scale:
    """From days to places between LEFT and RIGHT."""

    first: date
    days: int

    @classmethod
    def over(cls, lines: Iterable[Line]) -> Scale:
        """A scale of whole months that holds every line."""
        lines = list(lines)
        first = min(min(line.starts_on, line.promised_from) for line in lines).replace(day=1)
        last = max(max(line.ends_on, line.due_on, line.promised) for line in lines)
        end = next_month(last)
        return cls(first, max((end - first).days, 1))

    def place(self, day: date) -> int:
        """The place of the beginning of a day."""
        return LEFT + round((day - self.first).days * (RIGHT - LEFT) / self.days)

    @property
    def last(self) -> date:
        """The first day that is not shown."""
        return self.first + timedelta(days=self.days)


def draw(lines: list[Line], *, today: date) -> Drawing:
    """Return where each line is drawn."""
    scale = Scale.over(lines)
    marks, top = [], HEAD
    for line in lines:
        height = HEIGHTS[Kind(line.kind)]
        marks.append(_mark(line, scale, top, height))
        top += height
    shown = scale.first <= today < scale.last
    return Drawing(marks, _ticks(scale), top + FOOT, scale.place(today) if shown else None, lines=lines)


def _mark(line: Line, scale: Scale, top: int, height: int) -> Mark:
    one_day = timedelta(days=1)
    return Mark(
        line=line,
        y=top + height // 2,
        top=top,
        height=height,
        label=Truncator(line.title).chars(LETTERS),
        start=scale.place(line.starts_on),
        end=scale.place(line.ends_on + one_day),
        promised_start=scale.place(min(line.promised_from, line.promised)),
        promised_end=scale.place(line.promised + one_day),
    )


def _ticks(scale: Scale) -> list[Tick]:
    """The months; where they stand close, only every second, third, sixth or twelfth has a name."""
    months = list(_months(scale))
    width = (RIGHT - LEFT) / max(len(months), 1)
    step = next((step for step in (1, 2, 3, 6) if width * step >= MONTH_LABEL), 12)
    return [
        Tick(
            scale.place(month),
            date_format(month, "M") if (month.month - 1) % step == 0 else "",
            str(month.year) if number == 0 or month.month == 1 else "",
        )
        for number, month in enumerate(months)
    ]


def _months(scale: Scale) -> Iterator[date]:
    month = scale.first
    for _number in range(MAX_MONTHS):
        if month >= scale.last:
            return
        yield month
        month = next_month(month)


def next_month(day: date) -> date:
    """Return the first day of the month after the day's."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
