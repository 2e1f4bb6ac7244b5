"""Quarterly progress of a mission, and the list of its acceptance dossier (D13)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from documents.contexts.contracts import (
    AcceptanceFile,
    DoneWork,
    FiledPaper,
    PlannedWork,
    ProgressReport,
    ReportedDifficulty,
    SpentLine,
)
from documents.dossier import Place, places_of
from documents.models import DocumentVersion, RegisterEntry
from projects.models import Matter, Milestone, MilestoneReport, PilotProject
from workflows.contexts import case
from workflows.contexts.contracts import contract_of, first_issues, funding_of, owed_papers, source_of
from workflows.contexts.parties import paragraphs

DOSSIER = "acceptance_file"
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year; `key` is what a paper's occasion stores: "2026-Q3"."""

    year: int
    number: int

    @property
    def key(self) -> str:
        """As stored."""
        return f"{self.year}-Q{self.number}"

    @property
    def words(self) -> str:
        """As printed: "quý III năm 2026"."""
        return f"quý {ROMAN[self.number - 1]} năm {self.year}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 3 * self.number, calendar.monthrange(self.year, 3 * self.number)[1])

    @property
    def following(self) -> Quarter:
        """The next one."""
        return quarter_of(self.last + timedelta(days=1))


def quarter_of(day: date) -> Quarter:
    """Return the quarter of a day."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarter(key: str) -> Quarter:
    """Return the quarter that an occasion names. ValueError for any other text."""
    year, _q, number = key.partition("-Q")
    return Quarter(int(year), int(number))


def quarters_of(project: PilotProject, today: date) -> list[Quarter]:
    """Return the quarters in which the project runs, the newest first; one that runs late has this quarter too."""
    ended = timezone.localdate(project.accepted_at) if project.accepted_at else None
    last = min(today, ended or project.due_on)
    found, each = [], quarter_of(project.starts_on)
    while each.first <= last:
        found.append(each)
        each = each.following
    now = quarter_of(today)
    is_late = project.status == PilotProject.Status.RUNNING and today > project.due_on
    return [*([now] if is_late and now not in found else []), *reversed(found)]


@dataclass(frozen=True)
class _Work:
    """A milestone or deliverable: when it was due, when it was done, how far it is."""

    kind: str
    title: str
    due_on: date
    done_on: date | None = None
    number: str = ""
    percent: int = 0


# --- progress --------------------------------------------------------------------------------
def progress_report(project: PilotProject, day: date, typed: Mapping[str, Any], occasion: str) -> ProgressReport:
    """Return the quarter's plan against what was done by its end, or by today while it goes on."""
    period = quarter(occasion)
    until = min(period.last, day)
    works = [*_milestones(project, until), *_papers(project)]
    reported = [work for work in works if _is_of(work, period, until)]
    money = funding_of(project)
    return ProgressReport(
        project_title=project.title,
        project_code=project.code,
        contract=contract_of(project),
        addressee=typed["addressee"],
        host=project.owner.name,
        manager=project.manager.full_name,
        period=period.words,
        from_on=case.dated(period.first),
        to_on=case.dated(period.last),
        works=tuple(_reported(work, until) for work in _in_order(reported)),
        work_count=len(reported),
        done_count=sum(_is_done(work, until) for work in reported),
        results=paragraphs(typed["results"]),
        difficulties=_difficulties(project, period.first, until),
        funds=tuple(
            SpentLine(year=str(row.year), source=source_of(row), planned=row.planned, disbursed=row.disbursed)
            for row in money
        ),
        funds_planned=sum(row.planned for row in money),
        funds_disbursed=sum(row.disbursed for row in money),
        coming=tuple(
            PlannedWork(kind=work.kind, title=work.title, due_on=case.dated(work.due_on))
            for work in _in_order(works)
            if not _is_done(work, until) and work.due_on <= period.following.last
        ),
        next_steps=paragraphs(typed["next_steps"]),
        proposals=paragraphs(typed["proposals"]),
    )


def _milestones(project: PilotProject, until: date) -> Iterable[_Work]:
    """The milestones as they were on that day."""
    told = MilestoneReport.objects.filter(at__date__lte=until).order_by("-at", "-pk")
    rows = Milestone.objects.filter(stage__project=project).prefetch_related(Prefetch("reports", told, "told"))
    for row in rows:
        done_on = timezone.localdate(row.reached_at) if row.reached_at else None
        percent = row.told[0].percent if row.told else 0
        yield _Work("Công việc", row.title.rstrip("."), row.due_on, done_on, percent=percent)


def _papers(project: PilotProject) -> Iterable[_Work]:
    issues = first_issues(project)
    for paper in owed_papers(project):
        entry = issues.get(paper.pk)
        title = f"{paper.code}. {paper.title.rstrip('.')}"
        number = entry.full_number if entry else ""
        yield _Work("Sản phẩm", title, paper.due_on, entry.issued_on if entry else None, number)


def _is_of(work: _Work, period: Quarter, until: date) -> bool:
    """Whether a report on the period tells of it: it was done then, or it was due by then and still to be done."""
    if work.done_on and work.done_on <= until:
        return work.done_on >= period.first
    return work.due_on <= period.last


def _is_done(work: _Work, until: date) -> bool:
    return work.done_on is not None and work.done_on <= until


def _in_order(works: Iterable[_Work]) -> list[_Work]:
    return sorted(works, key=lambda work: (work.due_on, work.kind, work.title))


def _reported(work: _Work, until: date) -> DoneWork:
    return DoneWork(kind=work.kind, title=work.title, due_on=case.dated(work.due_on), state=_state(work, until))


def _state(work: _Work, until: date) -> str:
    if work.done_on and work.done_on <= until:
        number = f", số {work.number}" if work.number else ""
        return f"Hoàn thành ngày {case.dated(work.done_on)}{number}{_late(work.done_on, work.due_on)}"
    how_far = f"Đạt {work.percent} %" if work.percent else "Chưa hoàn thành"
    return how_far + _late(until, work.due_on)


def _late(day: date, due_on: date) -> str:
    return f", chậm {case.counted((day - due_on).days)} ngày" if day > due_on else ""


def _difficulties(project: PilotProject, first: date, until: date) -> tuple[ReportedDifficulty, ...]:
    """The difficulties that were open in the period, with the answers given by its end."""
    raised = Matter.objects.filter(
        project=project, kind=Matter.Kind.BLOCKER, withdrawn_at=None, raised_at__date__lte=until
    ).order_by("raised_at", "pk")
    answered = {row.pk: timezone.localdate(row.answered_at) for row in raised if row.answered_at}
    return tuple(
        ReportedDifficulty(
            text=row.text.rstrip("."),
            needed=row.needed.rstrip("."),
            answer=row.answer if answered.get(row.pk, date.max) <= until else "Chưa có",
        )
        for row in raised
        if answered.get(row.pk, date.max) >= first
    )


# --- dossier ---------------------------------------------------------------------------------
def acceptance_file(project: PilotProject, day: date, typed: Mapping[str, Any]) -> AcceptanceFile:
    """Return the dossier as the project's page lists it, without this very list."""
    with case.in_its_language():
        places = [place for place in places_of(project) if not _is_itself(place)]
        missing = tuple(place.title.rstrip(".") for place in places if place.is_missing)
        rows = tuple(_filed(place) for place in places)
    return AcceptanceFile(
        project_title=project.title,
        project_code=project.code,
        contract=contract_of(project),
        addressee=typed["addressee"],
        host=project.owner.name,
        manager=project.manager.full_name,
        ends_on=case.dated(project.due_on),
        dossier=rows,
        dossier_count=len(rows),
        filled_count=sum(bool(place.versions) for place in places),
        missing=missing,
        missing_count=len(missing),
        remarks=paragraphs(typed["remarks"]),
    )


def _is_itself(place: Place) -> bool:
    return bool(place.versions) and all(version.document.kind == DOSSIER for version in place.versions)


def _filed(place: Place) -> FiledPaper:
    return FiledPaper(
        title=place.title.rstrip("."),
        need="Bắt buộc" if place.is_required else "Nếu có",
        papers=tuple(_cited(version) for version in place.versions),
        state="Đã có" if place.versions else f"{'Thiếu' if place.is_required else 'Chưa có'}: {place.why_missing}",
    )


def _cited(version: DocumentVersion) -> str:
    entry: RegisterEntry | None = getattr(version, "register_entry", None)
    return f"{entry.full_number}, ngày {case.dated(entry.issued_on)}" if entry else f"Bản {version.number}"
