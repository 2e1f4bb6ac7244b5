"""Where products stand on their seven steps, and since when: read from what each step left behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from onboarding.models import Onboarding, Step
from projects.models import PilotProject
from registry.models import OcopRecognition

DONE, NOW, AHEAD, ENDED = "done", "now", "ahead", "ended"


def journeys_of(project: PilotProject) -> QuerySet[Onboarding]:
    """The journeys of products that take part, with all that the matrix shows; one query."""
    in_force = OcopRecognition.objects.filter(
        product=OuterRef("enrolment__product"),
        decided_on__lte=timezone.localdate(),
        valid_until__gt=timezone.localdate(),
    ).order_by("-decided_on")
    rows: QuerySet[Onboarding] = (
        Onboarding.objects.filter(enrolment__project=project, enrolment__withdrawn_at=None)
        .select_related(
            "enrolment__product__group",
            "enrolment__product__producer__commune",
            "group__product_group",
            "group__module_order",
            "dossier",
        )
        .annotate(stars=Subquery(in_force.values("stars")[:1]))
        .order_by(F("enrolment__product__producer__search_text"), "enrolment__product__search_text", "pk")
    )
    return rows


@dataclass(frozen=True)
class Cell:
    """One product at one step."""

    step: Step
    state: str
    days: int | None = None  # calendar days at the step so far; None where nobody is at it
    on: date | None = None  # when it was done


class Progress:
    """One product's way. Asks the database nothing when the journey came from `journeys_of`."""

    def __init__(self, journey: Onboarding, now: datetime | None = None) -> None:
        self.journey, self.now = journey, now or timezone.now()

    @cached_property
    def done(self) -> dict[Step, datetime | None]:
        """When each step was done. Steps 4 and 5 are done by the group; before step 3 there is none."""
        journey, group = self.journey, self.journey.group
        order = getattr(group, "module_order", None)
        return {
            Step.SURVEY: journey.surveyed_at,
            Step.SELECTION: journey.selected_at,
            Step.GROUPING: journey.grouped_at,
            Step.PROCESS: group.approved_at if group else None,
            Step.MODULE: _moment(order.answered_on) if order and order.answered_on else None,
            Step.TRAINING: journey.trained_at,
            Step.STAMPS: journey.supplied_at,
        }

    @cached_property
    def is_refused(self) -> bool:
        """Whether the product was not selected."""
        return self.journey.selection == Onboarding.Selection.REFUSED

    @cached_property
    def step(self) -> Step | None:
        """The step that the product is at; None once its way has ended."""
        if self.is_refused:
            return None
        return next((step for step in Step if self.done[step] is None), None)

    @cached_property
    def days(self) -> int:
        """Calendar days at the present step; 0 once the way has ended."""
        return self._days() if self.step else 0

    def _days(self) -> int:
        """Since the last of the earlier steps was done: a group may be ahead of a product that joined it late."""
        earlier = [moment for step, moment in self.done.items() if moment and self.step and step < self.step]
        since = max([self.journey.started_at, *earlier])
        return max((timezone.localdate(self.now) - timezone.localdate(since)).days, 0)

    @cached_property
    def cells(self) -> list[Cell]:
        """The seven cells."""
        return [self._cell(step) for step in Step]

    def _cell(self, step: Step) -> Cell:
        moment = self.done[step]
        if self.is_refused:
            is_here = step == Step.SELECTION
            state = ENDED if is_here else DONE if step < Step.SELECTION else AHEAD
            return Cell(step, state, on=timezone.localdate(moment) if moment else None)
        if step == self.step:
            return Cell(step, NOW, days=self.days)
        if moment is not None and (self.step is None or step < self.step):
            return Cell(step, DONE, on=timezone.localdate(moment))
        return Cell(step, AHEAD)


def counts(rows: Iterable[Progress]) -> list[tuple[Step, int]]:
    """How many products have each step behind them, in the order of the steps."""
    known: Sequence[Progress] = list(rows)
    return [(step, sum(row.cells[step - 1].state == DONE for row in known)) for step in Step]


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
