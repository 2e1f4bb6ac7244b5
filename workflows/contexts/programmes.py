"""The yearly reports of a programme: a unit's, the consolidated one, and the one on indicators (BK-V.1i, BK-V.9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from documents.contexts.programmes import (
    ConsolidatedReport,
    IndicatorDetail,
    IndicatorReport,
    LeftOutRow,
    UnitReport,
    UnitRow,
)
from documents.models import DocumentVersion, RegisterEntry
from people.models import Organisation
from projects.models import PilotProject, PlanLine, Programme
from reports.indicators import Measure
from reports.models import IndicatorTarget
from workflows.contexts import case
from workflows.contexts.plan_texts import or_dots, typed_lines
from workflows.contexts.programme_year import (
    difficulties_of,
    figures_of,
    indicator_rows,
    lines_of_year,
    measures_of,
    result_rows,
)
from workflows.contexts.standing import is_named, leads, standing_agency, units_named

# Seed 002, part V: units report before 30 November; "trước" excludes the day itself.
UNITS_DUE = (11, 30)
UNIT_REPORT = "unit_report"
RECIPIENTS = 2  # the ministry and the people's committee (BK-V.1i)


def unit_report(programme: Programme, year: int, unit: Organisation, entries: Mapping[str, Any]) -> UnitReport:
    """Return what one unit did in the year: the lines that name it, its projects, its open difficulties.

    Raises NotReady when the plans name no such unit in the year, or no department that gathers the reports.
    """
    day = date(year, 12, 31)
    standing = standing_agency(programme, day)
    lines = [line for line in lines_of_year(programme, year) if is_named(unit, line, day)]
    missing = [] if standing else [_no_standing_agency()]
    if not lines:
        missing.append(
            _("No line of the programme's plans names “%(unit)s” in %(year)s.") % {"unit": unit, "year": year}
        )
    case.refuse_if(missing)
    projects = _projects(programme).filter(owner=unit)
    return UnitReport(
        programme=programme.title,
        year=year,
        unit=unit.name,
        addressee=str(standing),
        tasks=result_rows(lines, year, lambda line: "Chủ trì" if leads(unit, line, day) else "Phối hợp"),
        results=typed_lines(entries, "results"),
        figures=figures_of(projects, year),
        difficulties=difficulties_of(projects),
        causes=or_dots(typed_lines(entries, "causes")),
        proposals=or_dots(typed_lines(entries, "proposals")),
        next_year=or_dots(typed_lines(entries, "next_year")),
    )


def consolidated_report(programme: Programme, year: int, day: date, entries: Mapping[str, Any]) -> ConsolidatedReport:
    """Return all units together: lines and results, counts, indicators, difficulties, and who reported when.

    Raises NotReady without both recipients: the ministry and the people's committee (BK-V.1i).
    """
    addressees = typed_lines(entries, "addressees")
    lines = lines_of_year(programme, year)
    missing = []
    if len(addressees) < RECIPIENTS:
        missing.append(_("The report goes to the ministry and to the people's committee: write each on its own line."))
    if not lines:
        missing.append(_("No line of the programme's plans falls into %(year)s.") % {"year": year})
    case.refuse_if(missing)
    projects, units = _projects(programme), _units(programme, lines, year)
    return ConsolidatedReport(
        programme=programme.title,
        year=year,
        place=_place(programme),
        addressees=addressees,
        directions=or_dots(typed_lines(entries, "directions")),
        tasks=result_rows(lines, year, lambda line: line.lead),
        figures=figures_of(projects, year),
        indicators=indicator_rows(measures_of(programme, day)),
        difficulties=difficulties_of(projects),
        assessment=or_dots(typed_lines(entries, "assessment")),
        proposals=or_dots(typed_lines(entries, "proposals")),
        next_year=or_dots(typed_lines(entries, "next_year")),
        units=units,
        unit_count=len(units),
        reported_count=sum(bool(unit.number) for unit in units),
        units_due_on=case.dated(date(year, *UNITS_DUE)),
    )


def indicator_report(programme: Programme, day: date, entries: Mapping[str, Any]) -> IndicatorReport:
    """Return the programme's indicators on the day, and who is not counted and why. NotReady without targets."""
    measures = measures_of(programme, day)
    case.refuse_if([] if measures else [_("The programme has no targets: enter them on the page of its indicators.")])
    with case.in_its_language():
        details = tuple(_detail(target, measure) for target, measure in measures)
    return IndicatorReport(
        programme=programme.title,
        place=_place(programme),
        as_of=case.dated(day),
        indicators=indicator_rows(measures),
        details=details,
        remarks=or_dots(typed_lines(entries, "remarks")),
    )


def _detail(target: IndicatorTarget, measure: Measure) -> IndicatorDetail:
    return IndicatorDetail(
        name=target.get_indicator_display(),
        counted=measure.numerator,
        left_out_count=len(measure.left_out),
        left_out=tuple(LeftOutRow(name=row.name, reason=row.reason) for row in measure.left_out),
    )


def occasion_of(year: int, unit: Organisation) -> str:
    """Return the occasion of a unit's report: "2026-bk-sct"."""
    return f"{year}-{unit.code}"


def _projects(programme: Programme) -> Any:
    return PilotProject.objects.filter(line__plan__programme=programme)


def _place(programme: Programme) -> str:
    return f"trên địa bàn {programme.province.name}"


def _no_standing_agency() -> str:
    return str(_("No department of the province is in the lead of the programme's plans: enter their lines."))


def _units(programme: Programme, lines: list[PlanLine], year: int) -> tuple[UnitRow, ...]:
    """Every unit that the year's lines name, with its issued report; what came on the day itself is late."""
    units = units_named(programme, lines, date(year, 12, 31))
    issued = RegisterEntry.objects.filter(
        version__document__programme=programme,
        version__document__kind=UNIT_REPORT,
        version__state=DocumentVersion.State.ISSUED,
    ).select_related("series__organisation", "version__document")
    entries = {entry.version.document.occasion: entry for entry in issued}
    return tuple(_unit(unit, entries.get(occasion_of(year, unit)), year) for unit in units)


def _unit(unit: Organisation, entry: RegisterEntry | None, year: int) -> UnitRow:
    if entry is None:
        return UnitRow(name=unit.name, number="", issued_on="", state="Chưa gửi báo cáo")
    state = "Đúng hạn" if entry.issued_on < date(year, *UNITS_DUE) else "Gửi chậm"
    return UnitRow(name=unit.name, number=entry.full_number, issued_on=case.dated(entry.issued_on), state=state)
