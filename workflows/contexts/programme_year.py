"""What the records say about a programme in one year: its lines and what came of them, counts, open difficulties."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from documents.contexts.programmes import DifficultyRow, IndicatorRow, ResultRow, YearFigures
from projects.models import (
    Attendance,
    CommunicationEvent,
    Deliverable,
    Enrolment,
    Matter,
    PilotProject,
    PlanLine,
    Programme,
    TrainingSession,
)
from projects.periods import YEARLY, parse
from reports.indicators import INDICATORS, Measure, Records
from reports.models import IndicatorTarget
from reports.verdicts import value_text, verdict
from stamps.models import Activation
from workflows.contexts import case

NOTHING_RECORDED = "Chưa ghi nhận kết quả trên hệ thống."
Event = CommunicationEvent.Kind


def lines_of_year(programme: Programme, year: int) -> list[PlanLine]:
    """Return the plans' lines that fall into the year, in printed order; one without dates belongs to every year.

    "Hàng năm" and "Quý IV" without a year come back in each year of their phase, as its heading prints it: both
    phases of seed 002 name 2025.
    """
    lines = PlanLine.objects.filter(plan__programme=programme).select_related("plan").order_by("plan", "position")
    return [line for line in lines if _falls_into(line, year)]


def result_rows(lines: Iterable[PlanLine], year: int, part_of: Callable[[PlanLine], str]) -> tuple[ResultRow, ...]:
    """Return the lines with what came of each in the year; `part_of` fills the cell of who does it."""
    return tuple(
        ResultRow(
            number=line.printed_number,
            content=line.title,
            part=part_of(line),
            period=line.period_text,
            result=_result(line, year),
        )
        for line in lines
    )


def figures_of(projects: QuerySet[PilotProject], year: int) -> YearFigures:
    """Return what the projects' records count in the year; events count with their evidence only."""
    came = Attendance.objects.filter(session__project__in=projects, session__held_on__year=year)
    events = CommunicationEvent.objects.counted().filter(project__in=projects, held_on__year=year)
    kinds = dict(events.order_by().values_list("kind").annotate(Count("pk")))
    enrolled = Enrolment.objects.filter(project__in=projects, withdrawn_at=None)
    stamps = Activation.objects.filter(
        batch__product__in=enrolled.values("product"), activated_at__year=year
    ).aggregate(total=Sum(F("end") - F("start")))
    return YearFigures(
        classes=TrainingSession.objects.filter(project__in=projects, held_on__year=year).count(),
        people=came.count(),
        producers=came.exclude(producer=None).values("producer").distinct().count(),
        conferences=kinds.get(Event.CONFERENCE, 0),
        workshops=kinds.get(Event.WORKSHOP, 0),
        broadcasts=kinds.get(Event.TELEVISION, 0),
        articles=kinds.get(Event.ARTICLE, 0),
        projects_running=projects.filter(status=PilotProject.Status.RUNNING).count(),
        projects_accepted=projects.filter(status=PilotProject.Status.ACCEPTED).count(),
        products=enrolled.values("product").distinct().count(),
        producers_enrolled=enrolled.values("product__producer").distinct().count(),
        stamps_activated=stamps["total"] or 0,
    )


def difficulties_of(projects: QuerySet[PilotProject]) -> tuple[DifficultyRow, ...]:
    """Return the difficulties that nobody has answered yet; each stands in every report until then (BK-V.10)."""
    rows = Matter.objects.filter(
        project__in=projects, kind=Matter.Kind.BLOCKER, answered_at=None, withdrawn_at=None
    ).select_related("project", "addressee")
    return tuple(
        DifficultyRow(
            project=matter.project.code,
            text=matter.text,
            needed=matter.needed,
            raised_on=case.dated(matter.raised_at),
            addressee=matter.addressee.full_name,
        )
        for matter in rows.order_by("raised_at", "pk")
    )


def measures_of(programme: Programme, day: date) -> list[tuple[IndicatorTarget, Measure]]:
    """Return the programme's targets with what is measured on the day, in the order of the indicators."""
    targets = {target.indicator: target for target in programme.indicator_targets.all()}
    records = Records(programme.province, day)
    return [(targets[key], one.measure(records)) for key, one in INDICATORS.items() if key in targets]


def indicator_rows(measures: Iterable[tuple[IndicatorTarget, Measure]]) -> tuple[IndicatorRow, ...]:
    """Return the indicators as the reports print them."""
    with case.in_its_language():
        return tuple(
            IndicatorRow(
                name=INDICATORS[target.indicator].name,
                definition=str(INDICATORS[target.indicator].definition),
                value=value_text(measure) if measure.denominator != 0 else str(_("No data yet")),
                target=target.figures(),
                due_on=case.dated(target.due_on),
                verdict=str(verdict(measure, target).label),
            )
            for target, measure in measures
        )


def _falls_into(line: PlanLine, year: int) -> bool:
    if line.recurrence == YEARLY:
        phase = parse(re.sub(r"^[IVX]+\. ", "", line.section))
        if phase.starts_on and phase.ends_on:
            return phase.starts_on.year <= year <= phase.ends_on.year
        return True
    begins = line.starts_on.year if line.starts_on else year
    return begins <= year <= (line.ends_on.year if line.ends_on else year)


def _result(line: PlanLine, year: int) -> str:
    """What the records say of a line: its classes of the year, and how far its projects are."""
    classes = line.training_sessions.filter(held_on__year=year)
    found = []
    if held := classes.count():
        people = Attendance.objects.filter(session__in=classes).count()
        found.append(f"{case.counted(held)} lớp, {case.counted(people)} lượt người.")
    issued = Count("stages__deliverables", filter=Q(stages__deliverables__status=Deliverable.Status.ISSUED))
    projects: QuerySet[Any] = line.projects.annotate(owed=Count("stages__deliverables"), issued=issued)
    with case.in_its_language():
        for project in projects.order_by("code"):
            found.append(
                f"Nhiệm vụ {project.code}: {project.get_status_display().lower()}, đã ban hành "
                f"{project.issued}/{project.owed} sản phẩm giao nộp."
            )
    return "\n".join(found) or NOTHING_RECORDED
