"""Red, amber, green: the colour of a project, with the reasons that anybody can check.

Green: nothing slips. Amber: 1 to 10 working days of slip, or a difficulty that waits for a decision.
Red: more than 10 working days, or a missed legal date (product rule of milestones and time). A manager's
judgement goes before the computed colour for a while, and both are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.models import (
    Amendment,
    Baseline,
    BaselineDate,
    Deliverable,
    Judgement,
    Matter,
    MilestoneReport,
    PilotProject,
    Stage,
)
from worktime.working_days import Calendar

Colour = Judgement.Colour
Kind = BaselineDate.Kind

MOST_AMBER = 10  # working days of slip; more is red
TONES = {Colour.GREEN: "ok", Colour.AMBER: "wait", Colour.RED: "late"}
WORSE = [Colour.GREEN, Colour.AMBER, Colour.RED]


@dataclass(frozen=True)
class Rag:
    """A project's colour on a day. All colours are "" for a project that is not running."""

    colour: str  # what counts: the judgement's colour while one holds, else the computed one
    reasons: tuple[str, ...]  # of the computed colour, the worst first
    computed: str
    judgement: Judgement | None = None  # the one that holds
    slip: int = 0  # working days of the worst thing; 0 when in time

    @property
    def tone(self) -> str:
        """The tone of the chip for `_status.html`."""
        return TONES[Colour(self.colour)] if self.colour else "no"

    @property
    def label(self) -> str:
        """The colour in words."""
        return str(Colour(self.colour).label) if self.colour else ""

    @property
    def computed_tone(self) -> str:
        """The tone of the computed colour."""
        return TONES[Colour(self.computed)] if self.computed else "no"

    @property
    def computed_label(self) -> str:
        """The computed colour in words."""
        return str(Colour(self.computed).label) if self.computed else ""


@dataclass(frozen=True)
class Owed:
    """A dated thing that is not finished: stage, milestone, deliverable, or the project itself."""

    kind: str
    subject: int
    title: str
    due_on: date


def with_rag(projects: QuerySet[PilotProject]) -> QuerySet[PilotProject]:
    """Fetch what `rag` looks at; the number of queries is the same however many projects there are."""
    newest = Baseline.objects.filter(project=OuterRef("project")).order_by("-made_at", "-pk").values("pk")[:1]
    baselines = Baseline.objects.filter(pk=Subquery(newest)).prefetch_related("dates")
    blockers = Matter.objects.filter(kind=Matter.Kind.BLOCKER, answered_at=None, withdrawn_at=None)
    reports = MilestoneReport.objects.filter(milestone__stage__project=OuterRef("pk")).order_by()
    amendments = Amendment.objects.filter(project=OuterRef("pk")).order_by()
    return projects.annotate(
        last_report_at=Subquery(reports.values("milestone__stage__project").annotate(last=Max("at")).values("last")),
        last_amended_at=Subquery(amendments.values("project").annotate(last=Max("requested_at")).values("last")),
        last_decided_at=Subquery(amendments.values("project").annotate(last=Max("decided_at")).values("last")),
    ).prefetch_related(
        "stages__deliverables",
        "stages__milestones",
        Prefetch("baselines", baselines, to_attr="newest_baselines"),
        Prefetch("matters", blockers, to_attr="open_blockers"),
        Prefetch("judgements", Judgement.objects.select_related("by")),
    )


def rag_of(project: PilotProject, today: date | None = None, calendar: Calendar | None = None) -> Rag:
    """Return the colour of one project that was not fetched by `with_rag`."""
    fetched = with_rag(PilotProject.objects.filter(pk=project.pk)).get()
    return rag(fetched, today or timezone.localdate(), calendar or Calendar())


def rag(project: Any, today: date, calendar: Calendar) -> Rag:
    """Return the colour of a project that was fetched by `with_rag`; asks the database nothing."""
    if project.status != PilotProject.Status.RUNNING:
        return Rag("", (), "")
    slips = sorted(_slips(project, today, calendar), key=lambda slip: -slip[0])
    missed = _missed_legal_dates(project, today)
    blockers = len(project.open_blockers)
    worst = slips[0][0] if slips else 0
    computed = Colour.GREEN
    if worst > 0 or blockers:
        computed = Colour.AMBER
    if worst > MOST_AMBER or missed:
        computed = Colour.RED
    reasons = [*missed, *(reason for _days, reason in slips), *_blocked(blockers)]
    judgement = _in_force(project, computed, today)
    return Rag(judgement.colour if judgement else computed, tuple(reasons), computed, judgement, worst)


def is_worse(colour: str, than: str) -> bool:
    """Whether a colour is worse than another one."""
    return WORSE.index(Colour(colour)) > WORSE.index(Colour(than))


def owed(project: PilotProject) -> Iterator[Owed]:
    """Everything unfinished that counts now: the project's end, the open stage, its deliverables and milestones."""
    yield Owed(Kind.PROJECT, project.pk, project.code, project.due_on)
    for stage in project.stages.all():
        if stage.is_open:
            yield from _owed_in(stage)


def _owed_in(stage: Stage) -> Iterator[Owed]:
    yield Owed(Kind.STAGE, stage.pk, stage.title, stage.due_on)
    for paper in stage.deliverables.all():
        if paper.status not in (Deliverable.Status.ISSUED, Deliverable.Status.CANCELLED):
            yield Owed(Kind.DELIVERABLE, paper.pk, str(paper), paper.due_on)
    for milestone in stage.milestones.all():
        if milestone.reached_at is None:
            yield Owed(Kind.MILESTONE, milestone.pk, milestone.title, milestone.due_on)


def _slips(project: Any, today: date, calendar: Calendar) -> Iterator[tuple[int, str]]:
    """Yield (working days, reason) for all that is late, or was moved behind what was promised last."""
    baseline: Baseline | None = next(iter(project.newest_baselines), None)
    promised = {(row.kind, row.subject): row.due_on for row in baseline.dates.all()} if baseline else {}
    for thing in owed(project):
        first = promised.get((thing.kind, thing.subject), thing.due_on)
        late = calendar.between(thing.due_on, today) if thing.due_on < today else 0
        forecast = max(thing.due_on, today)
        moved = calendar.between(first, forecast) if first < thing.due_on else 0
        if moved > late and baseline:
            yield moved, _moved(thing, moved, baseline)
        elif late:
            yield late, _late(thing, late)


def _late(thing: Owed, days: int) -> str:
    words = ngettext(
        "%(kind)s “%(title)s” is %(days)d working day late (due %(due)s).",
        "%(kind)s “%(title)s” is %(days)d working days late (due %(due)s).",
        days,
    )
    due = date_format(thing.due_on, "SHORT_DATE_FORMAT")
    return words % {"kind": Kind(thing.kind).label, "title": thing.title, "days": days, "due": due}


def _moved(thing: Owed, days: int, baseline: Baseline) -> str:
    words = ngettext(
        "%(kind)s “%(title)s” is %(days)d working day behind baseline “%(baseline)s”.",
        "%(kind)s “%(title)s” is %(days)d working days behind baseline “%(baseline)s”.",
        days,
    )
    return words % {"kind": Kind(thing.kind).label, "title": thing.title, "days": days, "baseline": baseline.name}


def _missed_legal_dates(project: PilotProject, today: date) -> list[str]:
    return [
        _("The legal deadline “%(title)s” of %(due)s is missed.")
        % {"title": milestone.title, "due": date_format(milestone.due_on, "SHORT_DATE_FORMAT")}
        for stage in project.stages.all()
        for milestone in stage.milestones.all()
        if milestone.is_legal and milestone.reached_at is None and milestone.due_on < today
    ]


def _blocked(count: int) -> list[str]:
    if not count:
        return []
    words = ngettext("%(count)d difficulty waits for a decision.", "%(count)d difficulties wait for a decision.", count)
    return [words % {"count": count}]


def _in_force(project: Any, computed: str, today: date) -> Judgement | None:
    """The newest judgement, if its days are not over, nothing was recorded since, and nothing got worse."""
    newest: Judgement | None = max(project.judgements.all(), key=lambda row: (row.at, row.pk), default=None)
    if newest is None or newest.expires_on < today or is_worse(computed, than=newest.computed):
        return None
    return None if any(newest.at < moment for moment in _updates(project)) else newest


def _updates(project: Any) -> Iterator[datetime]:
    """When something was recorded that a judgement could not know: reports, amendments, stages."""
    moments = [project.last_report_at, project.last_amended_at, project.last_decided_at]
    for stage in project.stages.all():
        moments += [stage.opened_at, stage.closed_at]
        moments += [milestone.reached_at for milestone in stage.milestones.all()]
    return (moment for moment in moments if moment is not None)
